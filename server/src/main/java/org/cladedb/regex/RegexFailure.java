package org.cladedb.regex;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What can be wrong with an expression, in PostgreSQL's words.
enum RegexFailure {
    COLLATING_ELEMENT("invalid collating element"),
    CHARACTER_CLASS("invalid character class"),
    ESCAPE("invalid escape \\ sequence"),
    BACK_REFERENCE("invalid backreference number"),
    BRACKETS("brackets [] not balanced"),
    PARENTHESES("parentheses () not balanced"),
    BRACES("braces {} not balanced"),
    REPETITION("invalid repetition count(s)"),
    RANGE("invalid character range"),
    QUANTIFIER("quantifier operand invalid"),
    OPTION("invalid embedded option"),
    VERSION("invalid regexp (reg version 0.8)"),
    ARGUMENT("invalid argument to regex function"),
    TOO_COMPLEX("regular expression is too complex");

    private final String text;

    RegexFailure(String text) {
        this.text = text;
    }

    DatabaseException exception() {
        return new DatabaseException(
                SqlState.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + text);
    }
}
