package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.plan.ir.OutputColumn;
import org.jspecify.annotations.Nullable;

/// One row of a table under names: the new row that checks and RETURNING see, `excluded`, and so
/// on.
final class RowScope {
    private RowScope() {}

    /// New columns for a row of `columns`, one a slot.
    static List<OutputColumn> newRow(StatementState state, int tableOid, List<Column> columns) {
        List<OutputColumn> row = new ArrayList<>();
        for (Column column : columns) {
            row.add(state.column(column, tableOid));
        }
        return row;
    }

    /// Names for a row: a range variable whose columns are those of `row`, dropped ones left out.
    static RangeItem item(
            QueryScope scope,
            String alias,
            @Nullable Relation relation,
            List<Column> columns,
            List<OutputColumn> row) {
        List<ScopeColumn> visible = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).dropped()) {
                OutputColumn column = row.get(i);
                visible.add(
                        new ScopeColumn(
                                columns.get(i).name(),
                                column.type(),
                                column.tableOid(),
                                column.columnNumber(),
                                column::reference));
            }
        }
        boolean aliased = relation == null || !relation.name().equals(alias);
        RangeItem item = new RangeItem(alias, relation, aliased, visible);
        if (scope.state().resolutions() != null) {
            scope.state().resolutions().row(item);
        }
        for (int i = 0; i < columns.size(); i++) {
            scope.state()
                    .own(
                            row.get(i).id(),
                            new ColumnOwner(
                                    scope,
                                    ColumnOwner.Kind.SOURCE,
                                    item,
                                    columns.get(i).number(),
                                    columns.get(i).name()));
        }
        return item;
    }
}
