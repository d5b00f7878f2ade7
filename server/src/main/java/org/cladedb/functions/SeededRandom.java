package org.cladedb.functions;

/// Random numbers that a seed repeats: the generator xoroshiro128** (Blackman and Vigna), seeded
/// and cut to ranges as PostgreSQL does it, so that `setseed` gives the same numbers. Not for
/// secrets. Owned by one session's thread.
public final class SeededRandom {
    private static final int DOUBLE_BITS = 52;

    /// How far the states of splitmix64 are apart.
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private long low;
    private long high;

    public SeededRandom(long seed) {
        seed(seed);
    }

    /// Begins anew with a number from -1 to 1.
    void seed(double seed) {
        seed((long) (((1L << DOUBLE_BITS) - 1) * seed));
    }

    private void seed(long seed) {
        low = mixed(seed + STEP);
        high = mixed(seed + STEP + STEP);
    }

    /// A step of the generator splitmix64. No two seeds give the same, so the state is not zero.
    private static long mixed(long seed) {
        long value = (seed ^ (seed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        value = (value ^ (value >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return value ^ (value >>> 31);
    }

    private long nextLong() {
        long difference = high ^ low;
        long value = Long.rotateLeft(low * 5, 7) * 9;
        low = Long.rotateLeft(low, 24) ^ difference ^ (difference << 16);
        high = Long.rotateLeft(difference, 37);
        return value;
    }

    /// From 0 up to but without 1.
    double nextDouble() {
        return (nextLong() >>> (Long.SIZE - DOUBLE_BITS)) * 0x1p-52;
    }

    /// Normally distributed around 0, with standard deviation 1 (Box and Muller).
    double nextNormal() {
        double radius = 1 - nextDouble();
        double angle = 1 - nextDouble();
        return Math.sqrt(-2 * Math.log(radius)) * Math.sin(2 * Math.PI * angle);
    }

    /// From 0 to `last`, which has no sign.
    long nextUpTo(long last) {
        if (last == 0) {
            return 0;
        }
        int shift = Long.numberOfLeadingZeros(last);
        long value;
        do {
            value = nextLong() >>> shift;
        } while (Long.compareUnsigned(value, last) > 0);
        return value;
    }
}
