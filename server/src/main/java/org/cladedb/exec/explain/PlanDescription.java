package org.cladedb.exec.explain;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.exec.NodeProfile;
import org.jspecify.annotations.Nullable;

/// One node of a plan, ready to be printed. Filled by [PlanDescriber], then only read.
final class PlanDescription {
    /// A line below the node's own, such as `Filter`.
    record Property(String name, String value) {}

    /// A plan that belongs to the node but is no input of it: `SubPlan 1`, `CTE t`.
    record Attached(String title, PlanDescription plan) {}

    private final String label;
    private final List<Property> properties = new ArrayList<>();
    private final List<Attached> attached = new ArrayList<>();
    private final List<PlanDescription> inputs = new ArrayList<>();
    private @Nullable NodeProfile profile;

    PlanDescription(String label) {
        this.label = label;
    }

    PlanDescription with(String name, String value) {
        properties.add(new Property(name, value));
        return this;
    }

    PlanDescription withInput(PlanDescription input) {
        inputs.add(input);
        return this;
    }

    void attach(Attached plan) {
        attached.add(plan);
    }

    void setProfile(@Nullable NodeProfile newProfile) {
        profile = newProfile;
    }

    String label() {
        return label;
    }

    List<Property> properties() {
        return properties;
    }

    List<Attached> attached() {
        return attached;
    }

    List<PlanDescription> inputs() {
        return inputs;
    }

    /// What the node did; null when that was not asked for.
    @Nullable NodeProfile profile() {
        return profile;
    }
}
