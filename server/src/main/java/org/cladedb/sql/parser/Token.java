package org.cladedb.sql.parser;

import org.cladedb.error.DatabaseException;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// A token of a statement's text.
///
/// @param keyword given for [TokenKind#KEYWORD] only
/// @param text a name as folded, a literal's value, a symbol, a key word in lower case
/// @param start offset of its first char
/// @param end offset after its last char
/// @param error given for [TokenKind#ERROR] only
record Token(
        TokenKind kind,
        @Nullable Keyword keyword,
        String text,
        int start,
        int end,
        @Nullable DatabaseException error) {

    boolean is(Keyword wanted) {
        return keyword == wanted;
    }

    boolean is(String symbol) {
        return kind == TokenKind.SYMBOL && text.equals(symbol);
    }

    boolean is(TokenKind wanted) {
        return kind == wanted;
    }
}
