package org.cladedb.analysis;

import java.util.List;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// A query whose names are resolved but whose plan is not yet built, because the types of untyped
/// literals in its select list depend on what surrounds it (UNION, INSERT, or nothing).
interface PendingQuery {
    /// Its columns.
    List<TargetItem> items();

    /// Makes the column `index`, whose type is still open, one of type `type`.
    void resolve(int index, SqlType type);

    /// The plan; called once, when nothing will refer to the query's sources any more.
    LogicalNode build();

    /// Makes columns whose type is still open text, and builds the plan.
    default LogicalNode buildSettled() {
        settle();
        return build();
    }

    default void settle() {
        for (int i = 0; i < items().size(); i++) {
            if (items().get(i).type().kind() == TypeKind.UNKNOWN) {
                resolve(i, SqlType.TEXT);
            }
        }
    }
}
