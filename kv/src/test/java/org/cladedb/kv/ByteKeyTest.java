package org.cladedb.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of two counted parts, wherever these lie among the eight bytes that are hashed at once,
/// have different hashes: a lock table of equal ones takes the square of its keys.
final class ByteKeyTest {
    private static final int KEYS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11})
    void neighboursDiffer(int prefixBytes) {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            ByteBuffer key = ByteBuffer.allocate(prefixBytes + 2 * Integer.BYTES);
            key.putInt(prefixBytes, i / 4).putInt(prefixBytes + Integer.BYTES, i % 4);
            hashes.add(new ByteKey(key.array()).hashCode());
        }
        assertThat(hashes).hasSizeGreaterThan(KEYS * 99 / 100);
    }
}
