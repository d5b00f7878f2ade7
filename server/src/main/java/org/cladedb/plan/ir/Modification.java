package org.cladedb.plan.ir;

import java.util.List;
import org.cladedb.catalog.Table;
import org.jspecify.annotations.Nullable;

/// What INSERT, UPDATE and DELETE do with each row of their input; shared by logical and physical
/// plans.
///
/// `rowColumns` has one column per slot of the table: the new row (the old one for DELETE), that
/// checks, generated columns and RETURNING refer to.
public sealed interface Modification {
    Table table();

    List<Assignment> returning();

    /// The columns of RETURNING; none without it.
    default List<OutputColumn> returningColumns() {
        return returning().stream().map(Assignment::column).toList();
    }

    /// A CHECK constraint, or NOT NULL; violated when `expression` is false.
    record Check(String name, TypedExpression expression) {}

    /// A stored generated column, computed after all others.
    record Generated(int slot, TypedExpression expression) {}

    /// @param values the value of each slot over the input's columns (defaults filled in; NULL
    ///   constants for dropped columns)
    record Insert(
            Table table,
            List<TypedExpression> values,
            List<OutputColumn> rowColumns,
            List<Generated> generated,
            List<Check> checks,
            @Nullable OnConflict onConflict,
            List<Assignment> returning)
            implements Modification {
        public Insert {
            values = List.copyOf(values);
            rowColumns = List.copyOf(rowColumns);
            generated = List.copyOf(generated);
            checks = List.copyOf(checks);
            returning = List.copyOf(returning);
        }
    }

    /// ON CONFLICT.
    ///
    /// @param indexOid the unique index that arbitrates; 0 for any (DO NOTHING only)
    /// @param update null for DO NOTHING
    /// @param excludedColumns one per slot: the row proposed for insertion, as `excluded` in
    ///   `update`
    record OnConflict(int indexOid, @Nullable Update update, List<OutputColumn> excludedColumns) {
        public OnConflict {
            excludedColumns = List.copyOf(excludedColumns);
        }
    }

    /// @param locator the input column with the row's hkey (for ON CONFLICT: ignored)
    /// @param oldColumns one per slot: input columns with the row before the change
    /// @param sets new values over the input's columns
    /// @param condition rows for which it is not true stay (ON CONFLICT … WHERE); null otherwise
    record Update(
            Table table,
            OutputColumn locator,
            List<OutputColumn> oldColumns,
            List<SetSlot> sets,
            @Nullable TypedExpression condition,
            List<OutputColumn> rowColumns,
            List<Generated> generated,
            List<Check> checks,
            List<Assignment> returning)
            implements Modification {
        public Update {
            oldColumns = List.copyOf(oldColumns);
            sets = List.copyOf(sets);
            rowColumns = List.copyOf(rowColumns);
            generated = List.copyOf(generated);
            checks = List.copyOf(checks);
            returning = List.copyOf(returning);
        }
    }

    /// `column = expression`.
    record SetSlot(int slot, TypedExpression expression) {}

    /// @param rowColumns input columns with the row, one per slot
    record Delete(
            Table table,
            OutputColumn locator,
            List<OutputColumn> rowColumns,
            List<Assignment> returning)
            implements Modification {
        public Delete {
            rowColumns = List.copyOf(rowColumns);
            returning = List.copyOf(returning);
        }
    }
}
