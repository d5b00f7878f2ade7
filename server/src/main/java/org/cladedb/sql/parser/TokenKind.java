package org.cladedb.sql.parser;

/// What the lexer can tell without grammar.
enum TokenKind {
    /// A name without quotes that is no key word, or a quoted one.
    IDENTIFIER,
    KEYWORD,
    /// A number that fits 32 bits.
    INTEGER,
    /// Any other number.
    DECIMAL,
    STRING,
    /// `B'…'`.
    BINARY_BITS,
    /// `X'…'`.
    HEXADECIMAL_BITS,
    /// `$n`.
    PARAMETER,
    /// Operators, and punctuation: each is known by its text.
    SYMBOL,
    /// Text that is no token; carries the error to throw.
    ERROR,
    END
}
