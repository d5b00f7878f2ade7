package org.cladedb.regex;

/// What a part of an expression prefers, and what is inside it: a set of bits.
final class Preference {
    static final int LONGER = 1;
    static final int SHORTER = 2;

    /// Parts inside that prefer differently.
    static final int MIXED = 4;

    static final int CAPTURE = 8;
    static final int REFERENCE = 16;

    private static final int OWN = LONGER | SHORTER;

    private Preference() {}

    /// Whether matching it as a whole does not tell all.
    static boolean needsDissection(int bits) {
        return (bits & (MIXED | CAPTURE | REFERENCE)) != 0;
    }

    /// What the part around it takes over.
    static int inherited(int bits) {
        return (bits & ~OWN) | ((bits & OWN) == OWN ? MIXED : 0);
    }

    static int own(int bits) {
        return bits & OWN;
    }

    /// Of two parts of which the first decides, if it prefers anything.
    static int combined(int first, int second) {
        return inherited(first | second) | (own(first) != 0 ? own(first) : own(second));
    }
}
