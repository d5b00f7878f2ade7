package org.cladedb.session;

import org.cladedb.types.Datum;

/// The next rows of a cursor, as FETCH gives them; closing it leaves the cursor open.
final class CursorRows implements RowSource {
    private final Portal cursor;
    private final long rowsMax;
    private long given;

    CursorRows(Portal cursor, long rowsMax) {
        this.cursor = cursor;
        this.rowsMax = rowsMax;
    }

    @Override
    public boolean next() {
        RowSource rows = cursor.rows();
        if (given >= rowsMax || rows == null) {
            return false;
        }
        if (!rows.next()) {
            return false;
        }
        given++;
        cursor.advance();
        return true;
    }

    @Override
    public Datum[] row() {
        RowSource rows = cursor.rows();
        if (rows == null) {
            throw new IllegalStateException("the cursor is closed");
        }
        return rows.row();
    }

    @Override
    public void close() {
        given = rowsMax;
    }
}
