package org.cladedb.pgwire.protocol;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.FieldDescription;
import org.cladedb.pgwire.message.Report;
import org.cladedb.session.Notice;
import org.cladedb.session.ResultColumn;
import org.cladedb.session.ResultReceiver;
import org.cladedb.session.ResultShape;
import org.cladedb.session.copy.CopyInput;
import org.cladedb.session.copy.CopyOutput;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;

/// Sends the results of statements as messages. Owned by the connection's thread.
final class WireReceiver implements ResultReceiver {
    private final WireInput input;
    private final WireOutput output;
    private final ByteWriter buffer;
    private final BackendWriter writer;
    private final ConnectionEnd ending;
    private ColumnEncoder[] encoders = {};

    WireReceiver(WireInput input, WireOutput output, BackendWriter writer, ConnectionEnd ending) {
        this.input = input;
        this.output = output;
        this.buffer = output.buffer();
        this.writer = writer;
        this.ending = ending;
    }

    @Override
    public void startRows(ResultShape shape, TypeContext types, boolean announce) {
        if (announce) {
            writer.rowDescription(fields(shape));
        }
        encoders = new ColumnEncoder[shape.columns().size()];
        for (int i = 0; i < encoders.length; i++) {
            encoders[i] =
                    ColumnEncoder.of(shape.columns().get(i).type(), shape.formats().get(i), types);
        }
    }

    static List<FieldDescription> fields(ResultShape shape) {
        List<FieldDescription> fields = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            ResultColumn column = shape.columns().get(i);
            fields.add(
                    new FieldDescription(
                            column.name(),
                            column.tableOid(),
                            column.columnNumber(),
                            column.type().oid(),
                            column.type().kind().length(),
                            column.type().modifier(),
                            shape.formats().get(i)));
        }
        return fields;
    }

    @Override
    public void row(Datum[] cells) {
        int start = buffer.size();
        boolean whole = false;
        try {
            buffer.writeByte('D');
            buffer.writeInt(0);
            buffer.writeShort(encoders.length);
            for (int i = 0; i < encoders.length; i++) {
                Datum cell = cells[i];
                if (cell.isNull()) {
                    buffer.writeInt(-1);
                } else {
                    encoders[i].encode(cell, buffer);
                }
            }
            buffer.setInt(start + 1, buffer.size() - start - 1);
            whole = true;
        } finally {
            if (!whole) {
                buffer.truncate(start);
            }
        }
        output.flushIfLarge();
    }

    @Override
    public void complete(String commandTag) {
        writer.commandComplete(commandTag);
    }

    @Override
    public void emptyQuery() {
        writer.emptyQueryResponse();
    }

    @Override
    public void suspended() {
        writer.portalSuspended();
    }

    @Override
    public void notice(Notice notice) {
        writer.notice(
                new Report(
                        notice.severity().name(),
                        notice.state().code(),
                        notice.message(),
                        notice.fields(),
                        notice.origin()));
    }

    @Override
    public CopyInput copyIn(int columns, boolean binary) {
        writer.copyResponse(true, binary, columns);
        output.flush();
        return new WireCopyInput(input, ending);
    }

    @Override
    public CopyOutput copyOut(int columns, boolean binary) {
        writer.copyResponse(false, binary, columns);
        return new WireCopyOutput(output, writer);
    }
}
