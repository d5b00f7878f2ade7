package org.cladedb.session.copy;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeContext;

/// COPY's binary format, as [BinaryCopyForm] draws it.
///
/// The header is sent together with what comes next, and the end by itself: as PostgreSQL does, and
/// some clients take a message for a row.
final class BinaryRowWriter implements CopyRowWriter {
    private final TypeCodec[] codecs;
    private final TypeContext context;
    private boolean headed;

    BinaryRowWriter(List<SqlType> types, TypeContext context) {
        this.codecs = types.stream().map(Codecs::of).toArray(TypeCodec[]::new);
        this.context = context;
    }

    @Override
    public void begin(CopyOutput output) {
        // With the first row.
    }

    @Override
    public void row(Datum[] cells, CopyOutput output) {
        ByteWriter out = start(output);
        out.writeShort(codecs.length);
        for (int i = 0; i < codecs.length; i++) {
            if (cells[i].isNull()) {
                out.writeInt(BinaryCopyForm.NULL);
            } else {
                int length = out.size();
                out.writeInt(0);
                codecs[i].writeBinary(cells[i], context, out);
                out.setInt(length, out.size() - length - Integer.BYTES);
            }
        }
        output.endRow();
    }

    @Override
    public void end(CopyOutput output) {
        start(output).writeShort(BinaryCopyForm.END);
        output.endRow();
    }

    private ByteWriter start(CopyOutput output) {
        ByteWriter out = output.beginRow();
        if (!headed) {
            headed = true;
            out.writeBytes(BinaryCopyForm.signature());
            out.writeInt(0);
            out.writeInt(0);
        }
        return out;
    }
}
