package org.cladedb.txn;

import org.cladedb.kv.KvException;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// A writer whose failures are SQLSTATEs.
final class TranslatingWriter implements TableWriter {
    private final TableWriter writer;

    TranslatingWriter(TableWriter writer) {
        this.writer = writer;
    }

    @Override
    public void insert(Datum[] row) {
        try {
            writer.insert(row);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public byte @Nullable [] findConflict(Datum[] row, int indexOid) {
        try {
            return writer.findConflict(row, indexOid);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void update(byte[] hkey, Datum[] oldRow, Datum[] newRow) {
        try {
            writer.update(hkey, oldRow, newRow);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void delete(byte[] hkey, Datum[] oldRow) {
        try {
            writer.delete(hkey, oldRow);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public boolean read(byte[] hkey, Datum[] out) {
        try {
            return writer.read(hkey, out);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }
}
