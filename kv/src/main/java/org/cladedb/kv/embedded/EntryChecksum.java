package org.cladedb.kv.embedded;

import java.util.zip.CRC32C;
import org.cladedb.common.BigEndian;

/// One number for a sequence of entries: two stores with equal content have equal numbers, wherever
/// their pages are.
final class EntryChecksum {
    private final CRC32C checksum = new CRC32C();
    private final byte[] lengths = new byte[2 * Integer.BYTES];
    private long entries;

    void add(
            byte[] key,
            int keyStart,
            int keyLength,
            byte[] value,
            int valueStart,
            int valueLength) {
        BigEndian.putInt(lengths, 0, keyLength);
        BigEndian.putInt(lengths, Integer.BYTES, valueLength);
        checksum.update(lengths);
        checksum.update(key, keyStart, keyLength);
        checksum.update(value, valueStart, valueLength);
        entries++;
    }

    StoreBackup.Content content(long sequence) {
        return new StoreBackup.Content(sequence, entries, checksum.getValue());
    }
}
