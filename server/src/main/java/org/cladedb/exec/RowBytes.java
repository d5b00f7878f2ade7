package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Rows of given types as bytes that stand for themselves, for temporary files.
///
/// ```
///   the row as RowFormat writes it
///   if a column may be an object:  4 length of the row   4 number of objects   row   objects
/// ```
final class RowBytes {
    private static final int HEADER_BYTES = 2 * Integer.BYTES;

    private final RowFormat format;
    private final ObjectBytes objectBytes = new ObjectBytes();
    private final List<Object> objects = new ArrayList<>();

    RowBytes(List<SqlType> types) {
        this(new RowFormat(types));
    }

    RowBytes(RowFormat format) {
        this.format = format;
    }

    int columnCount() {
        return format.columnCount();
    }

    void append(Datum[] row, ByteWriter out) {
        int size = format.size(row);
        if (!format.mayHaveObjects()) {
            format.write(row, out.reserve(size), out.size(), objects);
            out.advance(size);
            return;
        }
        objects.clear();
        byte[] array = out.reserve(HEADER_BYTES + size);
        int start = out.size();
        format.write(row, array, start + HEADER_BYTES, objects);
        BigEndian.putInt(array, start, size);
        BigEndian.putInt(array, start + Integer.BYTES, objects.size());
        out.advance(HEADER_BYTES + size);
        for (Object object : objects) {
            objectBytes.append(object, out);
        }
        objects.clear();
    }

    /// Fills `out` with the row at `position`; text shares the bytes of `source`.
    void read(byte[] source, int position, Datum[] out) {
        if (!format.mayHaveObjects()) {
            format.read(source, position, objects, out);
            return;
        }
        objects.clear();
        int size = BigEndian.getInt(source, position);
        int count = BigEndian.getInt(source, position + Integer.BYTES);
        int start = position + HEADER_BYTES;
        if (count > 0) {
            objectBytes.startReading(source, start + size);
            for (int i = 0; i < count; i++) {
                objects.add(objectBytes.next());
            }
        }
        format.read(source, start, objects, out);
    }
}
