package org.cladedb.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hash codes of byte sequences. Keys of neighbouring rows differ in few bits of their last bytes;
/// their hashes must not.
final class ByteHash {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteHash() {}

    static int of(byte[] bytes, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = step(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return DatumHasher.mix(step(hash, rest));
    }

    private static long step(long hash, long part) {
        long mixed = (hash ^ part) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
