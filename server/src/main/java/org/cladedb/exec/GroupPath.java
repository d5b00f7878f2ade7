package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.storage.group.GroupCursor;
import org.cladedb.storage.group.MemberRead;
import org.cladedb.storage.group.ScanBounds;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Opens group scans by the access path of their first table.
final class GroupPath {
    private final TableGroup group;
    private final List<MemberRead> members;
    private final @Nullable Table ancestor;
    private final Evaluator[] key;
    private final @Nullable KeyBounds bounds;

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
                bounds = new KeyBounds(range.bounds(), expressions, scope);
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

    /// Opens the scan; null when a key value is NULL, so that there is nothing to read.
    @Nullable GroupCursor open(ExecutionContext context) {
        if (ancestor == null) {
            ScanBounds range = bounds == null ? ScanBounds.ALL : bounds.evaluate(context);
            return range == null ? null : context.groups().scanGroup(group, members, range);
        }
        List<Datum> values = KeyBounds.values(key, context);
        return values == null
                ? null
                : context.groups()
                        .scanGroupBelow(
                                context.catalogSnapshot(), group, members, ancestor, values);
    }
}
