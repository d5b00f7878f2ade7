package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Computes columns of which some are set-returning calls: each input row gives as many rows as the
/// longest of these, in which the other columns repeat.
final class ProjectSetOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final List<Column> columns;
    private final PlanState state;
    private final Datum[] row;
    private boolean inRow;
    private int work;

    ProjectSetOperator(Operator input, List<Column> columns, PlanState state) {
        this.input = input;
        this.columns = List.copyOf(columns);
        this.state = state;
        row = columns.stream().map(Column::cell).toArray(Datum[]::new);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        inRow = false;
        input.open(context);
    }

    @Override
    public boolean next() {
        while (true) {
            if (inRow && nextOfRow()) {
                return true;
            }
            if (!input.next()) {
                inRow = false;
                return false;
            }
            for (Column column : columns) {
                column.rows().start(state.context());
                column.takeSingle();
            }
            inRow = true;
        }
    }

    /// Goes on with the sets of the current input row.
    private boolean nextOfRow() {
        if ((++work & CANCEL_CHECK_MASK) == 0) {
            state.context().checkCancelled();
        }
        boolean any = false;
        for (Column column : columns) {
            if (column.rows().isSet()) {
                any |= column.takeNext();
            }
        }
        inRow = any;
        return any;
    }

    @Override
    public void close() {
        inRow = false;
        input.close();
        columns.forEach(column -> column.rows().stop());
    }

    /// A column: a set, or a plain expression, which gives one row.
    static final class Column {
        private final FunctionRows rows;
        private final SqlType.@Nullable Row rowType;
        private final Datum cell;

        Column(FunctionRows rows, SqlType type) {
            this.rows = rows;
            rowType = type instanceof SqlType.Row row && rows.isSet() ? row : null;
            cell = rowType == null ? rows.cells()[0] : new Datum();
        }

        FunctionRows rows() {
            return rows;
        }

        Datum cell() {
            return cell;
        }

        /// Takes the value of a plain expression, which stays for all rows of the input row.
        void takeSingle() {
            if (!rows.isSet()) {
                rows.next();
            }
        }

        /// Takes the next row of a set; false, and NULL, at its end.
        boolean takeNext() {
            boolean more = rows.next();
            SqlType.Row type = rowType;
            if (type != null) {
                if (more) {
                    cell.setObject(new RowValue(type, fields(type)));
                } else {
                    cell.setNull();
                }
            }
            return more;
        }

        private List<Datum> fields(SqlType.Row type) {
            List<Datum> fields = new ArrayList<>(type.fields().size());
            for (int i = 0; i < type.fields().size(); i++) {
                ValueForm form = type.fields().get(i).type().form();
                fields.add(CompositeEvaluators.frozen(rows.cells()[i], form));
            }
            return fields;
        }
    }
}
