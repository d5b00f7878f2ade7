package org.cladedb.regex;

/// Conditions on the characters on both sides of a place.
///
/// A side is told by bits: [#EDGE] where the text ends there, else what kind of character it is.
enum Anchor {
    TEXT_START(Anchor.EDGE),
    TEXT_END(Anchor.EDGE),
    LINE_START(Anchor.EDGE | Anchor.NEWLINE),
    LINE_END(Anchor.EDGE | Anchor.NEWLINE),
    WORD_START(Anchor.WORD),
    WORD_END(Anchor.WORD),
    WORD_EDGE(Anchor.WORD),
    NO_WORD_EDGE(Anchor.WORD);

    static final int EDGE = 1;
    static final int NEWLINE = 2;
    static final int WORD = 4;

    /// The number of different sides.
    static final int SIDES = 8;

    private final int bits;

    Anchor(int bits) {
        this.bits = bits;
    }

    /// The bits of a side that this looks at.
    int bits() {
        return bits;
    }

    boolean holds(int before, int after) {
        boolean wordBefore = (before & WORD) != 0;
        boolean wordAfter = (after & WORD) != 0;
        return switch (this) {
            case TEXT_START, LINE_START -> (before & bits) != 0;
            case TEXT_END, LINE_END -> (after & bits) != 0;
            case WORD_START -> !wordBefore && wordAfter;
            case WORD_END -> wordBefore && !wordAfter;
            case WORD_EDGE -> wordBefore != wordAfter;
            case NO_WORD_EDGE -> wordBefore == wordAfter;
        };
    }
}
