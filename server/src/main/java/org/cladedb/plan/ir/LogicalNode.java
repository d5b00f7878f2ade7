package org.cladedb.plan.ir;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.jspecify.annotations.Nullable;

/// What rows a statement wants, before it is decided how to get them.
public sealed interface LogicalNode extends PlanNode {
    /// One row without columns: a SELECT without FROM.
    record SingleRow() implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return List.of();
        }
    }

    /// Rows of a table. `slots` pairs with `columns`.
    ///
    /// @param locator a column of type bytea that gives the row's hkey, for UPDATE and DELETE; it
    ///   is the last of the node's columns; null when not needed
    record TableScan(
            Table table,
            List<Integer> slots,
            List<OutputColumn> slotColumns,
            @Nullable OutputColumn locator)
            implements LogicalNode {
        public TableScan {
            slots = List.copyOf(slots);
            slotColumns = List.copyOf(slotColumns);
        }

        @Override
        public List<OutputColumn> columns() {
            if (locator == null) {
                return slotColumns;
            }
            List<OutputColumn> all = new ArrayList<>(slotColumns);
            all.add(locator);
            return all;
        }
    }

    /// Rows of a system table, or a sequence read as a table. `slots` pairs with `columns`.
    record SystemScan(SystemTable table, List<Integer> slots, List<OutputColumn> columns)
            implements LogicalNode {
        public SystemScan {
            slots = List.copyOf(slots);
            columns = List.copyOf(columns);
        }
    }

    /// VALUES.
    record Values(List<List<TypedExpression>> rows, List<OutputColumn> columns)
            implements LogicalNode {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
            columns = List.copyOf(columns);
        }
    }

    /// Functions in FROM, side by side (ROWS FROM); columns of all in order, then the ordinality if
    /// any. Calls of set-returning functions are `FunctionCall`s whose definition says so; scalar
    /// ones give one row. Arguments may be correlated.
    record FunctionScan(List<TypedExpression> calls, boolean ordinality, List<OutputColumn> columns)
            implements LogicalNode {
        public FunctionScan {
            calls = List.copyOf(calls);
            columns = List.copyOf(columns);
        }
    }

    /// Rows for which the predicate is true.
    record Filter(LogicalNode input, TypedExpression predicate) implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// Exactly the assigned columns.
    record Project(LogicalNode input, List<Assignment> assignments) implements LogicalNode {
        public Project {
            assignments = List.copyOf(assignments);
        }

        @Override
        public List<OutputColumn> columns() {
            return assignments.stream().map(Assignment::column).toList();
        }
    }

    /// Like [Project], but expressions that are calls of set-returning functions (at top level)
    /// give several rows: as many as the longest gives, shorter ones are NULL.
    record ProjectSet(LogicalNode input, List<Assignment> assignments) implements LogicalNode {
        public ProjectSet {
            assignments = List.copyOf(assignments);
        }

        @Override
        public List<OutputColumn> columns() {
            return assignments.stream().map(Assignment::column).toList();
        }
    }

    /// A join; `lateral` means that the right side refers to columns of the left.
    record Join(
            JoinKind kind,
            LogicalNode left,
            LogicalNode right,
            @Nullable TypedExpression condition,
            boolean lateral)
            implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
                return left.columns();
            }
            List<OutputColumn> all = new ArrayList<>(left.columns());
            all.addAll(right.columns());
            return all;
        }
    }

    /// Groups and aggregates; without groups exactly one row. Columns: groups, then aggregates.
    record Aggregate(LogicalNode input, List<Assignment> groups, List<AggregateCall> calls)
            implements LogicalNode {
        public Aggregate {
            groups = List.copyOf(groups);
            calls = List.copyOf(calls);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>();
            groups.forEach(group -> all.add(group.column()));
            calls.forEach(call -> all.add(call.column()));
            return all;
        }
    }

    /// Adds columns computed by window functions.
    record Window(LogicalNode input, List<WindowCall> calls) implements LogicalNode {
        public Window {
            calls = List.copyOf(calls);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>(input.columns());
            calls.forEach(call -> all.add(call.call().column()));
            return all;
        }
    }

    /// Stable order.
    record Sort(LogicalNode input, List<SortKey> keys) implements LogicalNode {
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// LIMIT and OFFSET, both bigint; null for none.
    record Limit(
            LogicalNode input,
            @Nullable TypedExpression count,
            @Nullable TypedExpression offset,
            boolean withTies)
            implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// DISTINCT over all columns, or DISTINCT ON `on` (first row of each; input is sorted
    /// accordingly).
    record Distinct(LogicalNode input, List<TypedExpression> on) implements LogicalNode {
        public Distinct {
            on = List.copyOf(on);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// UNION, INTERSECT, EXCEPT of inputs with equal types; columns pair by position.
    record SetOperation(
            Kind kind, boolean all, LogicalNode left, LogicalNode right, List<OutputColumn> columns)
            implements LogicalNode {
        public SetOperation {
            columns = List.copyOf(columns);
        }

        /// Which operation.
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /// Defines common tables for `body`; each is computed at most once per execution.
    record With(List<CommonTable> tables, LogicalNode body) implements LogicalNode {
        public With {
            tables = List.copyOf(tables);
        }

        @Override
        public List<OutputColumn> columns() {
            return body.columns();
        }
    }

    /// A common table. For a recursive one `plan` is the first part and `recursive` the part that
    /// reads the rows found last through a [CommonTableScan] of the same id.
    ///
    /// @param materialized whether it must be computed by itself, even if it is read only once
    record CommonTable(
            int id,
            String name,
            LogicalNode plan,
            @Nullable LogicalNode recursive,
            boolean unionAll,
            boolean materialized) {}

    /// Reads a common table; columns pair by position with the plan's.
    record CommonTableScan(int id, String name, List<OutputColumn> columns) implements LogicalNode {
        public CommonTableScan {
            columns = List.copyOf(columns);
        }
    }

    /// INSERT: see [Modification].
    record Insert(LogicalNode input, Modification.Insert modification) implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }

    /// UPDATE: see [Modification].
    record Update(LogicalNode input, Modification.Update modification) implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }

    /// DELETE: see [Modification].
    record Delete(LogicalNode input, Modification.Delete modification) implements LogicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }
}
