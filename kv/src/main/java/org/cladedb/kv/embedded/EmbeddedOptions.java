package org.cladedb.kv.embedded;

/// Settings of an embedded store.
///
/// @param cacheBytes memory for pages; data may be much larger
/// @param checkpointLogBytes how large the log grows before a checkpoint makes it unnecessary;
///   bounds the time that recovery takes
public record EmbeddedOptions(long cacheBytes, long checkpointLogBytes) {
    /// The smallest cache: a few paths from root to leaf.
    public static final long CACHE_BYTES_MIN = 64 * 1024;

    public EmbeddedOptions {
        if (cacheBytes < CACHE_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "cacheBytes must be at least " + CACHE_BYTES_MIN + ", not " + cacheBytes);
        }
        if (checkpointLogBytes < 1) {
            throw new IllegalArgumentException("checkpointLogBytes must be positive");
        }
    }

    /// A cache of a quarter of the heap, and up to 256 MiB of log.
    public static EmbeddedOptions defaults() {
        long cacheBytes = Math.max(CACHE_BYTES_MIN, Runtime.getRuntime().maxMemory() / 4);
        return new EmbeddedOptions(cacheBytes, 256L * 1024 * 1024);
    }
}
