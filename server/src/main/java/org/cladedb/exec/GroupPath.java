package org.cladedb.exec;

import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.storage.group.GroupCursor;
import org.cladedb.storage.group.MemberRead;
import org.cladedb.storage.group.ScanBounds;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Opens group scans by the access path of their first table.
final class GroupPath {
    private final TableGroup group;
    private final List<MemberRead> members;
    private final @Nullable Table ancestor;
    private final Evaluator[] key;
    private final @Nullable BoundsEvaluator bounds;

    GroupPath(
            TableGroup group,
            Table first,
            List<MemberRead> members,
            AccessPath path,
            ExpressionCompiler expressions,
            Scope scope) {
        this.group = group;
        this.members = List.copyOf(members);
        switch (path) {
            case AccessPath.Full _ -> {
                ancestor = null;
                key = new Evaluator[0];
                bounds = null;
            }
            case AccessPath.KeyRange range -> {
                ancestor = null;
                key = new Evaluator[0];
                bounds = new BoundsEvaluator(range.bounds(), expressions, scope);
            }
            case AccessPath.Below below -> {
                ancestor = below.ancestor();
                key = expressions.compileAll(below.key(), scope);
                bounds = null;
            }
            case AccessPath.IndexRange _, AccessPath.Each _ ->
                    throw new IllegalStateException(
                            "no group scan of " + first.name() + " by " + path);
        }
    }

    GroupCursor open(ExecutionContext context) {
        if (ancestor == null) {
            return context.groups()
                    .scanGroup(
                            context.transaction().kv(),
                            group,
                            members,
                            bounds == null ? ScanBounds.ALL : bounds.evaluate(context));
        }
        List<Datum> values = new ArrayList<>(key.length);
        for (Evaluator part : key) {
            values.add(part.evaluate(context));
        }
        return context.groups()
                .scanGroupBelow(
                        context.transaction().kv(),
                        context.catalogSnapshot(),
                        group,
                        members,
                        ancestor,
                        values);
    }
}
