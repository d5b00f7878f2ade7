package org.cladedb.functions;

/// What an advisory lock is of: one number of 64 bits, or two of 32, which are never the same.
///
/// @param isPair whether `number` is made of two, the first of them in its upper half
public record AdvisoryKey(long number, boolean isPair) {
    static AdvisoryKey of(long number) {
        return new AdvisoryKey(number, false);
    }

    static AdvisoryKey of(int first, int second) {
        return new AdvisoryKey((long) first << 32 | Integer.toUnsignedLong(second), true);
    }

    public int upper() {
        return (int) (number >>> 32);
    }

    public int lower() {
        return (int) number;
    }
}
