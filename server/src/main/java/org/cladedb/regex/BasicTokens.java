package org.cladedb.regex;

/// The tokens of basic regular expressions, in which a backslash makes parentheses and bounds
/// special.
final class BasicTokens {
    private BasicTokens() {}

    /// Sets the token that begins with `character`, which has been read.
    static void next(Lexer lexer, int character) {
        switch (character) {
            case '*' -> {
                boolean first = isAtStart(lexer) || isAfterStartAnchor(lexer);
                lexer.set(first ? Token.CHARACTER : Token.STAR, first ? character : 1);
            }
            case '[' -> lexer.openBracket();
            case '.' -> lexer.set(Token.ANY, 0);
            case '^' -> {
                if (isAtStart(lexer)) {
                    lexer.setPlace(lexer.lineStart());
                } else {
                    lexer.set(Token.CHARACTER, character);
                }
            }
            case '$' -> dollar(lexer);
            case '\\' -> escape(lexer);
            default -> lexer.set(Token.CHARACTER, character);
        }
    }

    private static boolean isAtStart(Lexer lexer) {
        return lexer.lastToken() == Token.NONE || lexer.lastToken() == Token.OPEN;
    }

    private static boolean isAfterStartAnchor(Lexer lexer) {
        return lexer.lastToken() == Token.PLACE && lexer.anchor == lexer.lineStart();
    }

    private static void dollar(Lexer lexer) {
        if (lexer.options.expanded()) {
            lexer.skipSpace();
        }
        boolean beforeClose =
                lexer.follows('\\')
                        && lexer.at + 1 < lexer.text.length
                        && lexer.text[lexer.at + 1] == ')';
        if (lexer.atEnd() || beforeClose) {
            lexer.setPlace(lexer.lineEnd());
        } else {
            lexer.set(Token.CHARACTER, '$');
        }
    }

    private static void escape(Lexer lexer) {
        if (lexer.atEnd()) {
            throw RegexFailure.ESCAPE.exception();
        }
        int character = lexer.text[lexer.at++];
        switch (character) {
            case '{' -> {
                lexer.enterBound();
                lexer.set(Token.OPEN_BOUND, 0);
            }
            case '(' -> lexer.set(Token.OPEN, 1);
            case ')' -> lexer.set(Token.CLOSE, character);
            case '<' -> lexer.setPlace(Anchor.WORD_START);
            case '>' -> lexer.setPlace(Anchor.WORD_END);
            default -> {
                boolean reference = character >= '1' && character <= '9';
                lexer.set(
                        reference ? Token.REFERENCE : Token.CHARACTER,
                        reference ? character - '0' : character);
            }
        }
    }
}
