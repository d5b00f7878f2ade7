package org.cladedb.plan.physical;

import java.util.List;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// How the rows of one table are found. Expressions refer to parameters, constants and outer
/// columns only.
public sealed interface AccessPath {
    /// All rows in hkey order.
    record Full(boolean reverse) implements AccessPath {}

    /// A range of the hkey from the root down (of a root table: of its primary key).
    record KeyRange(Bounds bounds, boolean reverse) implements AccessPath {}

    /// The rows at or below one row of `ancestor` (the table itself, or an ancestor), named by the
    /// values of that table's primary key: a primary key lookup, or `WHERE fk = ?`.
    record Below(Table ancestor, List<TypedExpression> key, boolean reverse) implements AccessPath {
        public Below {
            key = List.copyOf(key);
        }
    }

    /// A range of a secondary index, in index order.
    record IndexRange(Index index, Bounds bounds, boolean reverse) implements AccessPath {}

    /// Several lookups, one per distinct element of an array, in key order: `= ANY (array)` and IN
    /// lists. `template` is the path of one lookup, in which a [TypedExpression.ColumnReference] to
    /// `keyColumnId` stands for the element.
    record Each(TypedExpression array, int keyColumnId, AccessPath template)
            implements AccessPath {}

    /// Leading key columns equal to values, then a range of the next.
    ///
    /// @param notNull whether the next column is not NULL, which bounds imply
    record Bounds(
            List<TypedExpression> equal,
            @Nullable TypedExpression lower,
            boolean lowerInclusive,
            @Nullable TypedExpression upper,
            boolean upperInclusive,
            boolean notNull) {
        public Bounds {
            equal = List.copyOf(equal);
        }

        /// The bounds of one key.
        static Bounds equalTo(List<TypedExpression> key) {
            return new Bounds(key, null, false, null, false, false);
        }
    }
}
