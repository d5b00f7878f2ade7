package org.cladedb.kv;

/// Tells keys that were surely not added from those that probably were: of the others it takes one
/// in a thousand for added. Sixteen to thirty-two bits a key. Owned by one thread until all are
/// added, then safe for any number.
public final class KeyFilter {
    private static final int BITS_PER_KEY = 16;
    private static final int PROBES = 5;
    private static final long WORDS_MIN = 1L << 10;
    private static final long WORDS_MAX = 1L << 23;

    private final long[] words;
    private final int shift;

    /// @param keysExpected more of them make more mistakes
    public KeyFilter(long keysExpected) {
        long wanted = Math.clamp(keysExpected * BITS_PER_KEY / Long.SIZE, WORDS_MIN, WORDS_MAX);
        int count = (int) Long.highestOneBit(2 * wanted - 1);
        words = new long[count];
        shift = Long.SIZE - Long.numberOfTrailingZeros((long) count * Long.SIZE);
    }

    public void add(byte[] key) {
        long hash = KeyHash.of(key);
        long step = Long.rotateLeft(hash, Integer.SIZE) | 1;
        for (int probe = 0; probe < PROBES; probe++) {
            int word = (int) (hash >>> shift >>> 6);
            words[word] |= 1L << (hash >>> shift);
            hash += step;
        }
    }

    public boolean mayContain(byte[] key) {
        long hash = KeyHash.of(key);
        long step = Long.rotateLeft(hash, Integer.SIZE) | 1;
        for (int probe = 0; probe < PROBES; probe++) {
            int word = (int) (hash >>> shift >>> 6);
            if ((words[word] >>> (hash >>> shift) & 1) == 0) {
                return false;
            }
            hash += step;
        }
        return true;
    }

    /// What it takes in memory.
    public long bytes() {
        return (long) words.length * Long.BYTES;
    }
}
