package org.cladedb.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every key that was added is known, and hardly any other.
final class KeyFilterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 100_000})
    void tellsKeysApart(int keys) {
        KeyFilter filter = new KeyFilter(keys);
        for (int i = 0; i < keys; i++) {
            filter.add(key(i));
        }
        int wrong = 0;
        for (int i = 0; i < keys; i++) {
            assertThat(filter.mayContain(key(i))).isTrue();
            wrong += filter.mayContain(key(keys + i)) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(keys / 100);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(2 + Integer.BYTES).putShort((short) 7).putInt(number).array();
    }
}
