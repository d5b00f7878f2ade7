package org.cladedb.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.session.Notice;
import org.cladedb.session.ResultColumn;
import org.cladedb.session.ResultReceiver;
import org.cladedb.session.ResultShape;
import org.cladedb.session.copy.CopyInput;
import org.cladedb.session.copy.CopyOutput;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;

/// Collects the rows of the last statement as text, for use inside the process.
final class TextResults implements ResultReceiver {
    private final List<String> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private List<ResultColumn> shape = List.of();
    private TypeContext context = TypeContext.DEFAULT;

    List<String> columns() {
        return columns;
    }

    List<List<String>> rows() {
        return rows;
    }

    @Override
    public void startRows(ResultShape newShape, TypeContext types, boolean announce) {
        shape = newShape.columns();
        context = types;
        columns.clear();
        rows.clear();
        shape.forEach(column -> columns.add(column.name()));
    }

    @Override
    public void row(Datum[] cells) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            row.add(text(cells[i], shape.get(i)));
        }
        rows.add(row);
    }

    private String text(Datum cell, ResultColumn column) {
        if (cell.isNull()) {
            return "";
        }
        ByteWriter out = new ByteWriter();
        Codecs.of(column.type()).writeText(cell, context, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Override
    public void complete(String commandTag) {}

    @Override
    public void emptyQuery() {}

    @Override
    public void suspended() {}

    @Override
    public void notice(Notice notice) {}

    @Override
    public CopyInput copyIn(int columnCount, boolean binary) {
        throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, "there is no client to copy");
    }

    @Override
    public CopyOutput copyOut(int columnCount, boolean binary) {
        throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, "there is no client to copy");
    }
}
