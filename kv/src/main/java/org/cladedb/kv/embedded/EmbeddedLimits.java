package org.cladedb.kv.embedded;

import org.cladedb.kv.LimitExceededException;
import org.cladedb.kv.Limits;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// What the engine can take.
final class EmbeddedLimits {
    static final Limits LIMITS =
            new Limits(8 * 1024, 256 * 1024 * 1024, 8L * 1024 * 1024 * 1024, true);

    private EmbeddedLimits() {}

    /// @throws LimitExceededException a key or value is too long
    static void require(SortedChanges changes) {
        for (int index = 0; index < changes.size(); index++) {
            require(changes.key(index), changes.value(index));
        }
    }

    /// @throws LimitExceededException the key or the value is too long
    static void require(byte[] key, byte @Nullable [] value) {
        if (key.length == 0 || key.length > LIMITS.keyBytesMax()) {
            throw new LimitExceededException(
                    "key of " + key.length + " bytes; allowed are 1 to " + LIMITS.keyBytesMax());
        }
        if (value != null && value.length > LIMITS.valueBytesMax()) {
            throw new LimitExceededException(
                    "value of %d bytes; allowed are %d"
                            .formatted(value.length, LIMITS.valueBytesMax()));
        }
    }
}
