package org.cladedb.regex;

/// The kinds of tokens of an expression; some come with a value.
enum Token {
    /// Before the first token.
    NONE,
    END,
    /// A character that stands for itself: the value.
    CHARACTER,
    /// A digit of a bound: its value.
    DIGIT,
    COMMA,
    /// The value is the group's number.
    REFERENCE,
    ANY,
    BAR,
    /// Value 1 for a group that captures.
    OPEN,
    CLOSE,
    /// Value 0 when negated.
    OPEN_BRACKET,
    CLOSE_BRACKET,
    COLLATING_ELEMENT,
    EQUIVALENCE_CLASS,
    CHARACTER_CLASS,
    /// The end of one of these three.
    CLOSE_ELEMENT,
    /// `-` between two characters in brackets.
    RANGE,
    /// `\d` and so on; the class comes with it.
    CLASS,
    /// `\D` and so on.
    CLASS_COMPLEMENT,
    /// Value 1 for a greedy quantifier; the same for the others.
    STAR,
    PLUS,
    QUESTION_MARK,
    OPEN_BOUND,
    CLOSE_BOUND,
    /// An [Anchor] comes with it.
    PLACE,
    /// Bit 1 of the value for ahead, bit 0 for negated.
    LOOK
}
