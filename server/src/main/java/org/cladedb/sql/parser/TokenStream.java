package org.cladedb.sql.parser;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.words.Keyword;

/// The tokens of one text and a cursor over them, with PostgreSQL's syntax errors.
final class TokenStream {
    private final String text;
    private final Token[] tokens;
    private int index;

    TokenStream(String text) {
        this(text, Lexer.tokenize(text));
    }

    /// @param tokens of `text`; the last is of kind END or ERROR
    TokenStream(String text, Token[] tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /// The next token; throws if the text there is none.
    Token peek() {
        Token token = tokens[index];
        if (token.error() != null) {
            throw token.error();
        }
        return token;
    }

    /// The token `ahead` places after the next one; the last token of the text if past it.
    Token peek(int ahead) {
        return tokens[Math.min(index + ahead, tokens.length - 1)];
    }

    Token next() {
        Token token = peek();
        if (index < tokens.length - 1) {
            index++;
        }
        return token;
    }

    /// Offset of the next token.
    int position() {
        return peek().start();
    }

    /// Offset after the token passed last.
    int previousEnd() {
        return index == 0 ? 0 : tokens[index - 1].end();
    }

    boolean at(Keyword keyword) {
        return peek().is(keyword);
    }

    boolean at(String symbol) {
        return peek().is(symbol);
    }

    boolean at(TokenKind kind) {
        return peek().is(kind);
    }

    /// Whether the next tokens are these words, in this order.
    boolean atAll(Keyword... keywords) {
        peek();
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).is(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAny(Keyword... keywords) {
        Token token = peek();
        for (Keyword keyword : keywords) {
            if (token.is(keyword)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the next token is this word, which is no key word of PostgreSQL.
    boolean atWord(String word) {
        Token token = peek();
        return token.is(TokenKind.IDENTIFIER)
                && token.text().equals(word)
                && Characters.isNameStart(text.charAt(token.start()));
    }

    /// Whether a statement ends here.
    boolean atEnd() {
        return at(TokenKind.END) || at(";");
    }

    boolean accept(Keyword keyword) {
        boolean found = at(keyword);
        if (found) {
            index++;
        }
        return found;
    }

    boolean accept(String symbol) {
        boolean found = at(symbol);
        if (found) {
            index++;
        }
        return found;
    }

    /// Passes these words if all of them follow, else nothing.
    boolean acceptAll(Keyword... keywords) {
        boolean found = atAll(keywords);
        if (found) {
            index += keywords.length;
        }
        return found;
    }

    /// Passes these words if the first follows; the others must then.
    boolean acceptPhrase(Keyword first, Keyword... rest) {
        boolean found = accept(first);
        if (found) {
            expectAll(rest);
        }
        return found;
    }

    boolean acceptWord(String word) {
        boolean found = atWord(word);
        if (found) {
            index++;
        }
        return found;
    }

    Token expect(Keyword keyword) {
        if (!at(keyword)) {
            throw syntaxError();
        }
        return next();
    }

    Token expect(String symbol) {
        if (!at(symbol)) {
            throw syntaxError();
        }
        return next();
    }

    Token expect(TokenKind kind) {
        if (!at(kind)) {
            throw syntaxError();
        }
        return next();
    }

    void expectAll(Keyword... keywords) {
        for (Keyword keyword : keywords) {
            expect(keyword);
        }
    }

    /// The words are those of the text between two offsets.
    String text(int start, int end) {
        return text.substring(start, end);
    }

    /// A syntax error at the next token.
    DatabaseException syntaxError() {
        return syntaxError(peek());
    }

    DatabaseException syntaxError(Token token) {
        if (token.error() != null) {
            return token.error();
        }
        return error("syntax error", token);
    }

    /// An error of the grammar that names the token's text.
    DatabaseException error(String message, Token token) {
        if (token.is(TokenKind.END)) {
            return new DatabaseException(SqlState.SYNTAX_ERROR, message + " at end of input")
                    .at(token.start());
        }
        return Lexer.error(message, text, token.start(), token.end());
    }

    /// A breach of a rule that the grammar cannot say: the message stands alone.
    static DatabaseException complaint(String message, int position) {
        return new DatabaseException(SqlState.SYNTAX_ERROR, message).at(position);
    }

    /// A feature that PostgreSQL's grammar has and this server has not.
    DatabaseException unsupported(String feature, Token token) {
        return Unsupported.of(feature, feature + " is not supported").at(token.start());
    }

    /// Throws 0A000 when one of these words is next.
    void refuse(List<Keyword> keywords, String feature) {
        Token token = peek();
        if (token.keyword() != null && keywords.contains(token.keyword())) {
            throw unsupported(feature, token);
        }
    }
}
