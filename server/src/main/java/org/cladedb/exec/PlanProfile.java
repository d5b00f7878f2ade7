package org.cladedb.exec;

import java.util.IdentityHashMap;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/// What each node of a plan did, counted while it runs. Made for one execution of a plan that was
/// compiled with it.
public final class PlanProfile {
    private final IdentityHashMap<PhysicalNode, NodeProfile> nodes = new IdentityHashMap<>();

    NodeProfile start(PhysicalNode node) {
        return nodes.computeIfAbsent(node, _ -> new NodeProfile());
    }

    /// What was counted for this node (the very instance); null when it was not compiled.
    public @Nullable NodeProfile of(PhysicalNode node) {
        return nodes.get(node);
    }
}
