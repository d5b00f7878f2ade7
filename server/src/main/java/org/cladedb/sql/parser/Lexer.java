package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.Keyword;

/// Cuts a text into tokens. An error becomes the last token, so that a syntax error that stands
/// before it is reported first, as in PostgreSQL, whose lexer runs along with its grammar.
final class Lexer {
    private static final int OPERATOR_LENGTH_MAX = 63;

    private final String text;
    private final QuotedText quoted;
    private final NumberText numbers;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String text) {
        this.text = text;
        this.quoted = new QuotedText(text);
        this.numbers = new NumberText(text);
    }

    /// The tokens of `text`; the last is of kind END or ERROR.
    static Token[] tokenize(String text) {
        return new Lexer(text).run();
    }

    /// A syntax error at the text between `start` and `end`.
    static DatabaseException error(String message, String text, int start, int end) {
        String where =
                start >= text.length()
                        ? " at end of input"
                        : " at or near \"" + text.substring(start, end) + "\"";
        return new DatabaseException(SqlState.SYNTAX_ERROR, message + where).at(start);
    }

    private Token[] run() {
        try {
            skipSpace();
            while (position < text.length()) {
                scanToken();
                skipSpace();
            }
            tokens.add(new Token(TokenKind.END, null, "", text.length(), text.length(), null));
        } catch (DatabaseException error) {
            int start = Math.max(error.fields().position(), 0);
            tokens.add(new Token(TokenKind.ERROR, null, "", start, text.length(), error));
        }
        return tokens.toArray(Token[]::new);
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Characters.isSpace(c)) {
                position++;
            } else if (c == '-' && at(position + 1) == '-') {
                skipLine();
            } else if (c == '/' && at(position + 1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (position < text.length() && !Characters.isNewline(text.charAt(position))) {
            position++;
        }
    }

    private void skipComment() {
        int start = position;
        int depth = 0;
        do {
            if (position >= text.length()) {
                throw error("unterminated /* comment", text, start, text.length());
            }
            if (at(position) == '/' && at(position + 1) == '*') {
                depth++;
                position += 2;
            } else if (at(position) == '*' && at(position + 1) == '/') {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0);
    }

    private void scanToken() {
        char c = text.charAt(position);
        if (Characters.isNameStart(c)) {
            scanWord(c);
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(at(position + 1)))) {
            add(numbers.scan(position));
        } else if (c == '\'') {
            addQuoted(TokenKind.STRING, quoted.plain(position, position + 1));
        } else if (c == '"' || c == '`') {
            addQuotedName(position, position, c);
        } else if (c == '$') {
            scanDollar();
        } else if (Characters.isOperator(c)) {
            scanOperator();
        } else {
            scanPunctuation(c);
        }
    }

    private void scanWord(char first) {
        char next = at(position + 1);
        if (next == '\'') {
            switch (first) {
                case 'e', 'E' -> {
                    addQuoted(TokenKind.STRING, quoted.escaped(position));
                    return;
                }
                case 'b', 'B' -> {
                    addQuoted(TokenKind.BINARY_BITS, quoted.plain(position, position + 2));
                    return;
                }
                case 'x', 'X' -> {
                    addQuoted(TokenKind.HEXADECIMAL_BITS, quoted.plain(position, position + 2));
                    return;
                }
                case 'n', 'N' -> {
                    int start = position++;
                    add(keyword(Keyword.NCHAR, start));
                    return;
                }
                default -> {}
            }
        }
        if ((first == 'u' || first == 'U') && next == '&') {
            if (at(position + 2) == '\'') {
                addQuoted(TokenKind.STRING, quoted.unicode(position, '\''));
                return;
            }
            if (at(position + 2) == '"') {
                QuotedText.Value value = quoted.unicode(position, '"');
                addName(position, value);
                return;
            }
        }
        scanName();
    }

    private void scanName() {
        int start = position;
        while (position < text.length() && Characters.isNamePart(text.charAt(position))) {
            position++;
        }
        String name = Characters.fold(text.substring(start, position));
        Keyword keyword = Keyword.find(name);
        if (keyword != null) {
            add(keyword(keyword, start));
        } else {
            String cut = Characters.cut(name);
            add(new Token(TokenKind.IDENTIFIER, null, cut, start, position, null));
        }
    }

    private Token keyword(Keyword keyword, int start) {
        return new Token(TokenKind.KEYWORD, keyword, keyword.word(), start, position, null);
    }

    private void addQuotedName(int start, int quote, char delimiter) {
        addName(start, quoted.name(quote, delimiter));
    }

    private void addName(int start, QuotedText.Value value) {
        if (value.text().isEmpty()) {
            throw error("zero-length delimited identifier", text, start, value.end());
        }
        String name = Characters.cut(value.text());
        add(new Token(TokenKind.IDENTIFIER, null, name, start, value.end(), null));
    }

    private void addQuoted(TokenKind kind, QuotedText.Value value) {
        add(new Token(kind, null, value.text(), position, value.end(), null));
    }

    private void add(Token token) {
        tokens.add(token);
        position = token.end();
    }

    private void scanDollar() {
        if (Characters.isDigit(at(position + 1))) {
            add(numbers.scanParameter(position));
            return;
        }
        QuotedText.Value value = quoted.dollar(position);
        if (value == null) {
            throw error("syntax error", text, position, position + 1);
        }
        addQuoted(TokenKind.STRING, value);
    }

    private void scanOperator() {
        int start = position;
        int end = start;
        while (Characters.isOperator(at(end)) && !startsComment(end)) {
            end++;
        }
        end = withoutTrailingSigns(start, end);
        if (end - start > OPERATOR_LENGTH_MAX) {
            throw error("operator too long", text, start, end);
        }
        String symbol = text.substring(start, end);
        add(symbol(symbol.equals("!=") ? "<>" : symbol, start, end));
    }

    private boolean startsComment(int index) {
        char c = at(index);
        char next = at(index + 1);
        return (c == '-' && next == '-') || (c == '/' && next == '*');
    }

    /// An operator of several chars ends in + or - only if it contains a char that no operator of
    /// the SQL standard has, so that `a=-1` is what it looks like.
    private int withoutTrailingSigns(int start, int end) {
        for (int i = start; i < end; i++) {
            if ("~!@#^&|?%".indexOf(text.charAt(i)) >= 0) {
                return end;
            }
        }
        int shorter = end;
        while (shorter > start + 1
                && (text.charAt(shorter - 1) == '+' || text.charAt(shorter - 1) == '-')) {
            shorter--;
        }
        return shorter;
    }

    private void scanPunctuation(char c) {
        char next = at(position + 1);
        if ((c == ':' && (next == ':' || next == '=')) || (c == '.' && next == '.')) {
            add(symbol(text.substring(position, position + 2), position, position + 2));
        } else if ("()[],;:.".indexOf(c) >= 0) {
            add(symbol(String.valueOf(c), position, position + 1));
        } else {
            throw error("syntax error", text, position, position + 1);
        }
    }

    private static Token symbol(String symbol, int start, int end) {
        return new Token(TokenKind.SYMBOL, null, symbol, start, end, null);
    }
}
