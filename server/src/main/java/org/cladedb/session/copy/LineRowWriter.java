package org.cladedb.session.copy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeContext;

/// Writes rows in COPY's text and CSV formats. Owned by one thread.
///
/// Values are written where they go and looked through afterwards; only those with special bytes
/// are written a second time.
final class LineRowWriter implements CopyRowWriter {
    private final CopyFormat format;
    private final TypeContext context;
    private final List<String> names;
    private final TypeCodec[] codecs;
    private final boolean[] quoteAlways;
    private final byte[] nullBytes;

    LineRowWriter(CopyFormat format, List<String> names, List<SqlType> types, TypeContext context) {
        this.format = format;
        this.context = context;
        this.names = List.copyOf(names);
        this.codecs = types.stream().map(Codecs::of).toArray(TypeCodec[]::new);
        this.quoteAlways = new boolean[codecs.length];
        for (int i = 0; i < codecs.length; i++) {
            quoteAlways[i] = format.forceQuoteAll() || format.forceQuote().contains(names.get(i));
        }
        nullBytes = format.nullBytes();
    }

    @Override
    public void begin(CopyOutput output) {
        if (format.header() == CopyFormat.Header.NONE) {
            return;
        }
        ByteWriter out = output.beginRow();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.writeByte(format.delimiter());
            }
            int start = out.size();
            out.writeBytes(names.get(i).getBytes(StandardCharsets.UTF_8));
            protect(out, start, false);
        }
        out.writeByte('\n');
        output.endRow();
    }

    @Override
    public void row(Datum[] cells, CopyOutput output) {
        ByteWriter out = output.beginRow();
        for (int i = 0; i < codecs.length; i++) {
            if (i > 0) {
                out.writeByte(format.delimiter());
            }
            if (cells[i].isNull()) {
                out.writeBytes(nullBytes);
            } else {
                int start = out.size();
                codecs[i].writeText(cells[i], context, out);
                protect(out, start, quoteAlways[i]);
            }
        }
        out.writeByte('\n');
        output.endRow();
    }

    @Override
    public void end(CopyOutput output) {
        // Nothing follows the last line.
    }

    private void protect(ByteWriter out, int start, boolean always) {
        if (format.kind() == CopyFormat.Kind.CSV) {
            if (always || needsQuotes(out, start)) {
                quote(out, start);
            }
        } else if (needsEscapes(out, start)) {
            escape(out, start);
        }
    }

    private boolean needsEscapes(ByteWriter out, int start) {
        byte[] array = out.array();
        for (int i = start; i < out.size(); i++) {
            byte b = array[i];
            if (b == '\\' || b == format.delimiter() || (b >= 8 && b <= 13)) {
                return true;
            }
        }
        return false;
    }

    private void escape(ByteWriter out, int start) {
        byte[] plain = takeBack(out, start);
        for (byte b : plain) {
            switch (b) {
                case '\b' -> pair(out, 'b');
                case '\f' -> pair(out, 'f');
                case '\n' -> pair(out, 'n');
                case '\r' -> pair(out, 'r');
                case '\t' -> pair(out, 't');
                case 0x0B -> pair(out, 'v');
                default -> {
                    if (b == '\\' || b == format.delimiter()) {
                        pair(out, b);
                    } else {
                        out.writeByte(b);
                    }
                }
            }
        }
    }

    private static void pair(ByteWriter out, int b) {
        out.writeByte('\\');
        out.writeByte(b);
    }

    private boolean needsQuotes(ByteWriter out, int start) {
        byte[] array = out.array();
        int length = out.size() - start;
        if (length == nullBytes.length && startsWithNull(array, start)) {
            return true;
        }
        if (codecs.length == 1 && length == 2 && array[start] == '\\' && array[start + 1] == '.') {
            return true;
        }
        for (int i = start; i < out.size(); i++) {
            byte b = array[i];
            if (b == format.delimiter() || b == format.quote() || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private boolean startsWithNull(byte[] array, int start) {
        for (int i = 0; i < nullBytes.length; i++) {
            if (array[start + i] != nullBytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void quote(ByteWriter out, int start) {
        byte[] plain = takeBack(out, start);
        out.writeByte(format.quote());
        for (byte b : plain) {
            if (b == format.quote() || b == format.escape()) {
                out.writeByte(format.escape());
            }
            out.writeByte(b);
        }
        out.writeByte(format.quote());
    }

    private static byte[] takeBack(ByteWriter out, int start) {
        byte[] plain = java.util.Arrays.copyOfRange(out.array(), start, out.size());
        out.truncate(start);
        return plain;
    }
}
