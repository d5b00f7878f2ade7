package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// A statement's text without the literals that could as well be parameters: what texts have in
/// common that clients make by writing values into them. A plan for the shape serves them all.
///
/// A literal is taken out only where a parameter of its type surely means the same: beside a
/// comparison or a sum whose other side is no literal, as a bound of BETWEEN, and as a value of a
/// single row of INSERT. All other literals, as in LIMIT or LIKE, are part of the shape. Immutable.
public final class StatementShape {
    /// Longer texts are seldom sent twice.
    private static final int TEXT_LENGTH_MAX = 16_384;

    private static final int LITERALS_MAX = 256;

    /// Stands in [#key] for a literal, before the letter of its kind; no text contains it.
    private static final char MARK = '\0';

    /// What a literal is by itself.
    public enum LiteralKind {
        /// A number that fits 32 bits.
        INTEGER('i'),
        /// Digits that fit 64 bits only.
        BIGINT('l'),
        NUMERIC('n'),
        /// A string, of a type yet unknown.
        STRING('s');

        private final char letter;

        LiteralKind(char letter) {
            this.letter = letter;
        }
    }

    /// A literal that was taken out; `text` is its value.
    public record Literal(LiteralKind kind, String text) {}

    private final String text;
    private final Token[] tokens;
    private final List<Literal> literals = new ArrayList<>();
    private final StringBuilder key = new StringBuilder();
    private int copied;

    private StatementShape(String text, Token[] tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /// The shape of `text`; null when no literal can be taken out, when it has parameters already,
    /// when it cannot be cut into tokens, and for other statements than queries and modifications.
    public static @Nullable StatementShape of(String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return null;
        }
        Token[] tokens = Lexer.tokenize(text);
        if (!tokens[tokens.length - 1].is(TokenKind.END) || !isQuery(tokens[0])) {
            return null;
        }
        StatementShape shape = new StatementShape(text, tokens);
        return shape.takeOut() ? shape : null;
    }

    private static boolean isQuery(Token first) {
        Keyword keyword = first.keyword();
        return keyword == Keyword.SELECT
                || keyword == Keyword.INSERT
                || keyword == Keyword.UPDATE
                || keyword == Keyword.DELETE
                || keyword == Keyword.WITH;
    }

    /// The same for all texts that differ in the literals taken out only.
    public String key() {
        return key.toString();
    }

    /// What was taken out, in the order of the text.
    public List<Literal> literals() {
        return List.copyOf(literals);
    }

    /// The statements of the text, with `$1` … instead of the literals.
    ///
    /// @throws org.cladedb.error.DatabaseException like [SqlParser#parse]
    public List<ParsedStatement> parse() {
        return SqlParser.parse(new Grammar(new TokenStream(text, tokens)));
    }

    /// Replaces tokens and writes the key; false if nothing came of it.
    private boolean takeOut() {
        int firstValue = firstValue();
        int lastValue = firstValue < 0 ? -1 : lastValue(firstValue);
        int depth = 0;
        boolean bound = false;
        for (int i = 0; i < tokens.length; i++) {
            Token token = tokens[i];
            if (token.is(TokenKind.PARAMETER)) {
                return false;
            }
            if (token.is("(")) {
                depth++;
            } else if (token.is(")")) {
                depth--;
            } else if (isLiteral(token)) {
                boolean inRow = i >= firstValue && i <= lastValue;
                if (inRow ? depth == 1 && isValue(i) : isOperand(i, bound)) {
                    bound = tokens[beforeSign(i)].is(Keyword.BETWEEN);
                    if (!replace(i)) {
                        return false;
                    }
                }
            } else if (!token.is(Keyword.AND)) {
                bound = false;
            }
        }
        key.append(text, copied, text.length());
        return !literals.isEmpty();
    }

    private static boolean isLiteral(Token token) {
        return isNumber(token) || token.is(TokenKind.STRING);
    }

    private static boolean isNumber(Token token) {
        return token.is(TokenKind.INTEGER) || token.is(TokenKind.DECIMAL);
    }

    /// Index of the first token in the parentheses of `INSERT … VALUES (`; -1 when there is none.
    /// Its depth of parentheses is 1.
    private int firstValue() {
        if (!tokens[0].is(Keyword.INSERT)) {
            return -1;
        }
        int depth = 0;
        for (int i = 1; i < tokens.length - 1; i++) {
            if (tokens[i].is("(")) {
                depth++;
            } else if (tokens[i].is(")")) {
                depth--;
            } else if (depth == 0 && tokens[i].is(Keyword.VALUES) && tokens[i + 1].is("(")) {
                return i + 2;
            }
        }
        return -1;
    }

    /// Index of the last token in the parentheses; -1 when more rows follow, whose values share
    /// their types.
    private int lastValue(int first) {
        int depth = 1;
        for (int i = first; i < tokens.length - 1; i++) {
            if (tokens[i].is("(")) {
                depth++;
            } else if (tokens[i].is(")") && --depth == 0) {
                return tokens[i + 1].is(",") ? -1 : i - 1;
            }
        }
        return -1;
    }

    private boolean isValue(int index) {
        Token next = tokens[index + 1];
        if (!next.is(",") && !next.is(")")) {
            return false;
        }
        Token before = tokens[beforeSign(index)];
        return before.is("(") || before.is(",");
    }

    /// @param bound whether this may be the second bound of a BETWEEN whose first was taken out
    private boolean isOperand(int index, boolean bound) {
        Token literal = tokens[index];
        if (!endsOperand(tokens[index + 1])) {
            return false;
        }
        int operator = beforeSign(index);
        if (operator < 1) {
            return false;
        }
        Token word = tokens[operator];
        if (word.is(Keyword.AND)) {
            return bound;
        }
        boolean fits =
                isComparison(word)
                        || word.is(Keyword.BETWEEN)
                        || (isSum(word) && isNumber(literal));
        return fits && endsReference(tokens[operator - 1]);
    }

    /// Index of the token before a literal and its sign, which stays where it is. The sign of a
    /// number over 32 bits belongs to it, as only together they may fit.
    private int beforeSign(int index) {
        int before = Math.max(0, index - 1);
        if (before == 0 || !tokens[before].is("-") || !tokens[index].is(TokenKind.INTEGER)) {
            return before;
        }
        Token other = tokens[before - 1];
        boolean sign =
                isComparison(other)
                        || isSum(other)
                        || other.is(Keyword.BETWEEN)
                        || other.is(Keyword.AND)
                        || other.is("(")
                        || other.is(",");
        return sign ? before - 1 : before;
    }

    private static boolean isSum(Token token) {
        return token.is("+") || token.is("-");
    }

    private static boolean isComparison(Token token) {
        return token.is(TokenKind.SYMBOL)
                && switch (token.text()) {
                    case "=", "<>", "<", ">", "<=", ">=" -> true;
                    default -> false;
                };
    }

    /// Whether an operand that is no literal may end with this token. What follows BY begins one.
    private static boolean endsReference(Token token) {
        Keyword keyword = token.keyword();
        return token.is(TokenKind.IDENTIFIER)
                || token.is(")")
                || (keyword != null
                        && keyword != Keyword.BY
                        && keyword.category() == Keyword.Category.UNRESERVED);
    }

    /// Whether what stands before this token is whole: nothing here binds tighter than a comparison
    /// or a sum.
    private boolean endsOperand(Token next) {
        if (next.is(TokenKind.END) || next.is(";") || next.is(")") || next.is(",")) {
            return true;
        }
        Keyword keyword = next.keyword();
        return keyword != null
                && switch (keyword) {
                    case AND, OR, WHERE, GROUP, ORDER, LIMIT, OFFSET, RETURNING, FOR, FROM -> true;
                    default -> false;
                };
    }

    /// Puts a parameter into the place of a literal; false if there would be too many.
    private boolean replace(int index) {
        if (literals.size() == LITERALS_MAX) {
            return false;
        }
        Token token = tokens[index];
        Literal literal = new Literal(kind(token), token.text());
        literals.add(literal);
        key.append(text, copied, token.start()).append(MARK).append(literal.kind().letter);
        copied = token.end();
        tokens[index] =
                new Token(
                        TokenKind.PARAMETER,
                        null,
                        Integer.toString(literals.size()),
                        token.start(),
                        token.end(),
                        null);
        return true;
    }

    private static LiteralKind kind(Token token) {
        return switch (token.kind()) {
            case INTEGER -> LiteralKind.INTEGER;
            case DECIMAL -> isBigint(token.text()) ? LiteralKind.BIGINT : LiteralKind.NUMERIC;
            default -> LiteralKind.STRING;
        };
    }

    private static boolean isBigint(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
