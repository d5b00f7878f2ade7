package org.cladedb.pgwire.message;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.jspecify.annotations.Nullable;

/// Appends messages of the server to a buffer. Owned by one thread.
///
/// Rows are not written here but by those who know the types: between [#begin(int)] and [#end()].
public final class BackendWriter {
    private final ByteWriter out;

    /// Where the message begun and not ended starts; negative when there is none.
    private int unfinished = -1;

    public BackendWriter(ByteWriter out) {
        this.out = out;
    }

    /// Starts a message; its length is filled in by [#end()]. One begun before and not ended, since
    /// something failed meanwhile, is forgotten.
    public void begin(int type) {
        if (unfinished >= 0) {
            out.truncate(unfinished);
        }
        unfinished = out.size();
        out.writeByte(type);
        out.writeInt(0);
    }

    public void end() {
        out.setInt(unfinished + 1, out.size() - unfinished - 1);
        unfinished = -1;
    }

    private void empty(int type) {
        begin(type);
        end();
    }

    private void string(String text) {
        out.writeUtf8(text);
        out.writeByte(0);
    }

    public void authenticationOk() {
        begin('R');
        out.writeInt(0);
        end();
    }

    public void negotiateProtocolVersion(int minor, List<String> unknownOptions) {
        begin('v');
        out.writeInt((3 << 16) | minor);
        out.writeInt(unknownOptions.size());
        unknownOptions.forEach(this::string);
        end();
    }

    public void parameterStatus(String name, String value) {
        begin('S');
        string(name);
        string(value);
        end();
    }

    public void backendKeyData(int processId, byte[] secret) {
        begin('K');
        out.writeInt(processId);
        out.writeBytes(secret);
        end();
    }

    /// @param status I, T or E
    public void readyForQuery(char status) {
        begin('Z');
        out.writeByte(status);
        end();
    }

    public void rowDescription(List<FieldDescription> fields) {
        begin('T');
        out.writeShort(fields.size());
        for (FieldDescription field : fields) {
            string(field.name());
            out.writeInt(field.tableOid());
            out.writeShort(field.columnNumber());
            out.writeInt(field.typeOid());
            out.writeShort(field.typeLength());
            out.writeInt(field.modifier());
            out.writeShort(field.format());
        }
        end();
    }

    public void parameterDescription(List<Integer> typeOids) {
        begin('t');
        out.writeShort(typeOids.size());
        typeOids.forEach(out::writeInt);
        end();
    }

    public void commandComplete(String tag) {
        begin('C');
        string(tag);
        end();
    }

    public void parseComplete() {
        empty('1');
    }

    public void bindComplete() {
        empty('2');
    }

    public void closeComplete() {
        empty('3');
    }

    public void noData() {
        empty('n');
    }

    public void emptyQueryResponse() {
        empty('I');
    }

    public void portalSuspended() {
        empty('s');
    }

    /// Starts COPY, to the server when `in`.
    public void copyResponse(boolean in, boolean binary, int columns) {
        begin(in ? 'G' : 'H');
        int format = binary ? 1 : 0;
        out.writeByte(format);
        out.writeShort(columns);
        for (int i = 0; i < columns; i++) {
            out.writeShort(format);
        }
        end();
    }

    public void copyDone() {
        empty('c');
    }

    public void notification(int processId, String channel, String payload) {
        begin('A');
        out.writeInt(processId);
        string(channel);
        string(payload);
        end();
    }

    public void error(Report report) {
        report('E', report);
    }

    public void notice(Report report) {
        report('N', report);
    }

    private void report(char type, Report report) {
        begin(type);
        field('S', report.severity());
        field('V', report.severity());
        field('C', report.code());
        field('M', report.message());
        field('D', report.fields().detail());
        field('H', report.fields().hint());
        if (report.fields().position() >= 0) {
            field('P', Integer.toString(report.fields().position() + 1));
        }
        field('W', report.fields().where());
        field('s', report.fields().schema());
        field('t', report.fields().table());
        field('c', report.fields().column());
        field('n', report.fields().constraint());
        field('F', report.origin().file());
        field('L', Integer.toString(report.origin().line()));
        String routine = report.fields().routine();
        field('R', routine != null ? routine : report.origin().routine());
        out.writeByte(0);
        end();
    }

    private void field(char code, @Nullable String value) {
        if (value != null) {
            out.writeByte(code);
            string(value);
        }
    }
}
