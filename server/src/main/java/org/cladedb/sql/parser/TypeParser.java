package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Type names, with the spellings that are grammar and not names.
final class TypeParser {
    private static final int SINGLE_PRECISION_BITS_MAX = 24;
    private static final int DOUBLE_PRECISION_BITS_MAX = 53;

    private final Grammar grammar;
    private final TokenStream tokens;

    TypeParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// A type with its array bounds.
    TypeName parse() {
        if (tokens.at(Keyword.SETOF)) {
            throw tokens.unsupported("SETOF", tokens.peek());
        }
        TypeName known = parseKnown(false);
        TypeName simple = known != null ? known : parseNamed();
        List<Integer> dimensions = arrayDimensions();
        return new TypeName(
                simple.name(),
                simple.modifiers(),
                dimensions,
                simple.intervalFields(),
                simple.position());
    }

    List<TypeName> parseList() {
        List<TypeName> types = new ArrayList<>();
        do {
            types.add(parse());
        } while (tokens.accept(","));
        return types;
    }

    /// Whether the next token starts a type that only grammar knows, so that a string after it
    /// makes a typed literal.
    boolean atKnown() {
        return switch (tokens.peek().keyword()) {
            case INT,
                    INTEGER,
                    SMALLINT,
                    BIGINT,
                    REAL,
                    FLOAT,
                    DECIMAL,
                    DEC,
                    NUMERIC,
                    BOOLEAN,
                    BIT,
                    CHARACTER,
                    CHAR,
                    VARCHAR,
                    NATIONAL,
                    NCHAR,
                    TIMESTAMP,
                    TIME,
                    INTERVAL,
                    JSON ->
                    true;
            case DOUBLE -> tokens.peek(1).is(Keyword.PRECISION);
            case null, default -> false;
        };
    }

    /// A type that only grammar knows, without array bounds; null if none starts here.
    ///
    /// @param literal whether a string follows: no length means any length then
    @Nullable TypeName parseKnown(boolean literal) {
        if (!atKnown()) {
            return null;
        }
        Token token = tokens.next();
        int position = token.start();
        return switch (token.keyword()) {
            case INT, INTEGER -> system("int4", position);
            case SMALLINT -> system("int2", position);
            case BIGINT -> system("int8", position);
            case REAL -> system("float4", position);
            case FLOAT -> floatType(position);
            case DOUBLE -> {
                tokens.expect(Keyword.PRECISION);
                yield system("float8", position);
            }
            case DECIMAL, DEC, NUMERIC -> system("numeric", modifiers(), position);
            case BOOLEAN -> system("bool", position);
            case JSON -> system("json", position);
            case BIT -> bitType(literal, position);
            case NATIONAL -> {
                if (!tokens.accept(Keyword.CHARACTER)) {
                    tokens.expect(Keyword.CHAR);
                }
                yield characterType(false, literal, position);
            }
            case CHARACTER, CHAR, NCHAR -> characterType(false, literal, position);
            case VARCHAR -> characterType(true, literal, position);
            case TIMESTAMP -> timeType("timestamp", position);
            case TIME -> timeType("time", position);
            case INTERVAL -> intervalType(position);
            case null, default -> throw tokens.syntaxError(token);
        };
    }

    private TypeName parseNamed() {
        int position = tokens.position();
        List<String> parts = new ArrayList<>();
        parts.add(grammar.names.typeOrFunctionName());
        while (tokens.accept(".")) {
            parts.add(grammar.names.label());
        }
        return named(new QualifiedName(parts, position), modifiers());
    }

    static TypeName named(QualifiedName name, List<Expression> modifiers) {
        return new TypeName(name, modifiers, List.of(), null, name.position());
    }

    private static TypeName system(String name, int position) {
        return system(name, List.of(), position);
    }

    private static TypeName system(String name, List<Expression> modifiers, int position) {
        return named(QualifiedName.system(name, position), modifiers);
    }

    private List<Expression> modifiers() {
        if (!tokens.accept("(")) {
            return List.of();
        }
        List<Expression> modifiers = grammar.expressions.parseList();
        tokens.expect(")");
        return modifiers;
    }

    /// `(n)` with a plain number.
    private List<Expression> precision() {
        if (!tokens.accept("(")) {
            return List.of();
        }
        Token number = tokens.expect(TokenKind.INTEGER);
        tokens.expect(")");
        return List.of(integer(number));
    }

    private static Expression integer(Token number) {
        return new Expression.IntegerLiteral(Integer.parseInt(number.text()), number.start());
    }

    private TypeName floatType(int position) {
        if (!tokens.accept("(")) {
            return system("float8", position);
        }
        Token number = tokens.expect(TokenKind.INTEGER);
        tokens.expect(")");
        int bits = Integer.parseInt(number.text());
        if (bits < 1) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "precision for type float must be at least 1 bit")
                    .at(number.start());
        }
        if (bits > DOUBLE_PRECISION_BITS_MAX) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "precision for type float must be less than 54 bits")
                    .at(number.start());
        }
        return system(bits <= SINGLE_PRECISION_BITS_MAX ? "float4" : "float8", position);
    }

    private TypeName bitType(boolean literal, int position) {
        boolean varying = tokens.accept(Keyword.VARYING);
        List<Expression> length = modifiers();
        return system(
                varying ? "varbit" : "bit",
                withDefaultLength(length, varying || literal, position),
                position);
    }

    private TypeName characterType(boolean alwaysVarying, boolean literal, int position) {
        boolean varying = alwaysVarying || tokens.accept(Keyword.VARYING);
        List<Expression> length = precision();
        return system(
                varying ? "varchar" : "bpchar",
                withDefaultLength(length, varying || literal, position),
                position);
    }

    /// The length is 1 where it must be given and is not.
    private static List<Expression> withDefaultLength(
            List<Expression> length, boolean unlimited, int position) {
        if (!length.isEmpty() || unlimited) {
            return length;
        }
        return List.of(new Expression.IntegerLiteral(1, position));
    }

    private TypeName timeType(String name, int position) {
        List<Expression> precision = precision();
        boolean zone = false;
        if (tokens.acceptAll(Keyword.WITH, Keyword.TIME)) {
            tokens.expect(Keyword.ZONE);
            zone = true;
        } else if (tokens.acceptAll(Keyword.WITHOUT, Keyword.TIME)) {
            tokens.expect(Keyword.ZONE);
        }
        return system(zone ? name + "tz" : name, precision, position);
    }

    private TypeName intervalType(int position) {
        List<Expression> precision = precision();
        if (!precision.isEmpty()) {
            return system("interval", precision, position);
        }
        return intervalWithFields(precision, position);
    }

    private TypeName intervalWithFields(List<Expression> precision, int position) {
        IntervalFields fields = intervalFields(precision);
        return new TypeName(
                QualifiedName.system("interval", position),
                fields.precision(),
                List.of(),
                fields.words(),
                position);
    }

    private record IntervalFields(@Nullable String words, List<Expression> precision) {}

    private IntervalFields intervalFields(List<Expression> precision) {
        Keyword first = tokens.peek().keyword();
        if (first == null || !isIntervalField(first)) {
            return new IntervalFields(null, precision);
        }
        tokens.next();
        if (first == Keyword.SECOND) {
            return new IntervalFields("second", precision());
        }
        if (!tokens.at(Keyword.TO)) {
            return new IntervalFields(first.word(), precision);
        }
        tokens.next();
        Token last = tokens.next();
        Keyword end = last.keyword();
        boolean valid =
                switch (first) {
                    case YEAR -> end == Keyword.MONTH;
                    case DAY ->
                            end == Keyword.HOUR || end == Keyword.MINUTE || end == Keyword.SECOND;
                    case HOUR -> end == Keyword.MINUTE || end == Keyword.SECOND;
                    case MINUTE -> end == Keyword.SECOND;
                    default -> false;
                };
        if (!valid || end == null) {
            throw tokens.syntaxError(last);
        }
        List<Expression> seconds = end == Keyword.SECOND ? precision() : precision;
        return new IntervalFields(first.word() + " to " + end.word(), seconds);
    }

    private static boolean isIntervalField(Keyword keyword) {
        return switch (keyword) {
            case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> true;
            default -> false;
        };
    }

    /// The type of `INTERVAL '…' fields`, whose fields follow the string.
    TypeName intervalLiteralType(TypeName written) {
        if (!written.modifiers().isEmpty() || written.intervalFields() != null) {
            return written;
        }
        return intervalWithFields(List.of(), written.position());
    }

    private List<Integer> arrayDimensions() {
        List<Integer> dimensions = new ArrayList<>();
        if (tokens.accept(Keyword.ARRAY)) {
            dimensions.add(tokens.at("[") ? dimension() : -1);
            return dimensions;
        }
        while (tokens.at("[")) {
            dimensions.add(dimension());
        }
        return dimensions;
    }

    private int dimension() {
        tokens.expect("[");
        int bound = tokens.at(TokenKind.INTEGER) ? Integer.parseInt(tokens.next().text()) : -1;
        tokens.expect("]");
        return bound;
    }
}
