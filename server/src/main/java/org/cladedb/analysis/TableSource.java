package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A table in FROM. Its scan will have the columns that were read, in slot order.
final class TableSource implements FromSource {
    private final StatementState state;
    private final Relation relation;
    private final Map<Integer, OutputColumn> columns = new HashMap<>();
    private final TreeSet<Integer> used = new TreeSet<>();
    private @Nullable OutputColumn locator;

    /// @param relation a [Table] or [SystemTable]
    TableSource(StatementState state, Relation relation) {
        this.state = state;
        this.relation = relation;
        for (Column column : relation.columns()) {
            columns.put(column.number(), state.column(column, relation.oid()));
        }
    }

    /// The columns that can be named, under a range variable of this source.
    List<ScopeColumn> scopeColumns() {
        List<ScopeColumn> result = new ArrayList<>();
        for (Column column : relation.columns()) {
            if (!column.dropped()) {
                result.add(
                        new ScopeColumn(
                                column.name(),
                                column.type(),
                                relation.oid(),
                                column.number(),
                                () -> column(column.number()).reference()));
            }
        }
        return result;
    }

    /// Says whose columns these are.
    void own(QueryScope scope, RangeItem item) {
        for (Column column : relation.columns()) {
            state.own(
                    column(column.number(), false).id(),
                    new ColumnOwner(
                            scope, ColumnOwner.Kind.SOURCE, item, column.number(), column.name()));
        }
    }

    /// The column of a slot, which is read from now on.
    OutputColumn column(int slot) {
        return column(slot, true);
    }

    private OutputColumn column(int slot, boolean read) {
        if (read) {
            used.add(slot);
        }
        OutputColumn column = columns.get(slot);
        if (column == null) {
            throw new IllegalArgumentException("no slot " + slot + " in " + relation.name());
        }
        return column;
    }

    /// All columns in slot order, dropped ones too.
    List<OutputColumn> allColumns() {
        return relation.columns().stream().map(column -> column(column.number())).toList();
    }

    /// The column that finds a row again.
    OutputColumn locator() {
        OutputColumn column = locator;
        if (column == null) {
            column = state.column("locator", SqlType.BYTEA);
            locator = column;
        }
        return column;
    }

    /// Something that is never NULL in a row of the table.
    TypedExpression presence() {
        for (Column column : relation.columns()) {
            boolean isNeverNull =
                    relation instanceof Table table ? table.isNeverNull(column) : column.notNull();
            if (isNeverNull && !column.dropped()) {
                return column(column.number()).reference();
            }
        }
        return locator().reference();
    }

    @Override
    public LogicalNode build() {
        List<Integer> slots = List.copyOf(used);
        List<OutputColumn> scanned = slots.stream().map(slot -> column(slot, false)).toList();
        return switch (relation) {
            case Table table -> new LogicalNode.TableScan(table, slots, scanned, locator);
            case SystemTable table -> new LogicalNode.SystemScan(table, slots, scanned);
            case View view ->
                    throw new IllegalStateException("view " + view.name() + " is no table");
        };
    }
}
