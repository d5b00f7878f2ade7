package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonText;
import org.cladedb.types.JsonWriter;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// Runs a subquery and writes all its rows as JSON text, byte for byte as PostgreSQL's json_agg
/// does with rows: `[{"a":1,"b":"x"}, \n {"a":2,"b":"y"}]`, and `[]` for no rows.
///
/// Names and punctuation are encoded once; values go from their cells straight into one buffer,
/// which is used again for the next row. A nested column inside is JSON text already.
final class NestedEvaluator implements CellEvaluator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Subplan plan;
    private final List<OutputColumn> columns;
    private final byte[][] prefixes;
    private final PlanState state;
    private final NestedBuffer buffer;
    private final ByteWriter out;
    private final Datum cell = new Datum();
    private JsonWriter[] writers = {};
    private @Nullable TypeContext writersFor;
    private long preparedFor;
    private long computedFor;
    private int work;

    NestedEvaluator(Subplan plan, List<OutputColumn> columns, PlanState state) {
        this.plan = plan;
        this.columns = columns;
        this.state = state;
        prefixes = new byte[columns.size()][];
        for (int i = 0; i < prefixes.length; i++) {
            ByteWriter prefix = new ByteWriter();
            prefix.writeByte(i == 0 ? '{' : ',');
            prefix.writeBytes(JsonText.memberName(columns.get(i).name()));
            prefixes[i] = prefix.toByteArray();
        }
        buffer = new NestedBuffer(state);
        out = buffer.bytes();
    }

    /// A writer of values of the type; a nested result, whose type is an array of rows, is written
    /// as the text that it is.
    static JsonWriter writerFor(SqlType type, TypeContext context) {
        JsonWriter writer = JsonText.writerFor(type, context);
        boolean mayBeNested =
                type instanceof SqlType.Array array && array.element() instanceof SqlType.Row;
        return mayBeNested
                ? (value, target) -> {
                    if (value.isNull() || value.object() instanceof ArrayValue) {
                        writer.write(value, target);
                    } else {
                        target.writeBytes(value.bytes(), value.offset(), value.length());
                    }
                }
                : writer;
    }

    @Override
    public Datum evaluate(ExecutionContext context) {
        if (plan.correlated() || computedFor != state.execution()) {
            prepareWriters(context.types());
            out.clear();
            try {
                plan.operator().open(context);
                writeRows(context);
            } finally {
                plan.operator().close();
            }
            cell.setBytes(out.array(), 0, out.size());
            computedFor = state.execution();
        }
        return cell;
    }

    private void prepareWriters(TypeContext context) {
        if (preparedFor == state.execution()) {
            return;
        }
        preparedFor = state.execution();
        if (!context.equals(writersFor)) {
            writersFor = context;
            writers =
                    columns.stream()
                            .map(column -> writerFor(column.type(), context))
                            .toArray(JsonWriter[]::new);
        }
    }

    private void writeRows(ExecutionContext context) {
        Operator operator = plan.operator();
        Datum[] row = plan.row();
        out.writeByte('[');
        boolean first = true;
        while (operator.next()) {
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            if (!first) {
                out.writeBytes(NestedJson.ROW_SEPARATOR);
            }
            first = false;
            writeRow(row);
            buffer.account();
        }
        out.writeByte(']');
    }

    private void writeRow(Datum[] row) {
        for (int i = 0; i < prefixes.length; i++) {
            out.writeBytes(prefixes[i]);
            writers[i].write(row[i], out);
        }
        out.writeByte('}');
    }

    @Override
    public Datum cell() {
        return cell;
    }
}
