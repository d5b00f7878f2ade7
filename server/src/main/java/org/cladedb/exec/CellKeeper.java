package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.ValueForm;

/// Copies the bytes that some cells point at into a buffer of its own, so that the cells outlive
/// the cursor's batch. One row at a time; allocates nothing once the buffer has grown.
final class CellKeeper {
    private final Datum[] cells;
    private final ByteWriter bytes = new ByteWriter(256);

    /// A keeper for those of `row` whose values are bytes.
    CellKeeper(List<OutputColumn> columns, Datum[] row) {
        cells =
                java.util.stream.IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).type().form() == ValueForm.BYTES)
                        .mapToObj(i -> row[i])
                        .toArray(Datum[]::new);
    }

    void keep() {
        if (cells.length == 0) {
            return;
        }
        bytes.clear();
        for (Datum cell : cells) {
            if (!cell.isNull()) {
                bytes.writeBytes(cell.bytes(), cell.offset(), cell.length());
            }
        }
        byte[] array = bytes.array();
        int offset = 0;
        for (Datum cell : cells) {
            if (!cell.isNull()) {
                int length = cell.length();
                cell.setBytes(array, offset, length);
                offset += length;
            }
        }
    }
}
