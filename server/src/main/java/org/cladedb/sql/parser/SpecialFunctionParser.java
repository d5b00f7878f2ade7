package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.Cast;
import org.cladedb.sql.ast.Expression.Coalesce;
import org.cladedb.sql.ast.Expression.GreatestLeast;
import org.cladedb.sql.ast.Expression.IntegerLiteral;
import org.cladedb.sql.ast.Expression.NullIf;
import org.cladedb.sql.ast.Expression.StringLiteral;
import org.cladedb.sql.ast.Expression.ValueFunction;
import org.cladedb.sql.ast.Expression.ValueFunctionKind;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Functions whose syntax is not a call's: CURRENT_DATE, CAST, EXTRACT, SUBSTRING, TRIM, …
final class SpecialFunctionParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    SpecialFunctionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// Whether a special function starts here. Words that may name columns need their parenthesis.
    boolean atSpecial() {
        Keyword keyword = tokens.peek().keyword();
        if (keyword == null) {
            return false;
        }
        boolean called = tokens.peek(1).is("(");
        return switch (keyword) {
            case CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    CURRENT_ROLE,
                    CURRENT_USER,
                    USER,
                    SESSION_USER,
                    SYSTEM_USER,
                    CURRENT_CATALOG,
                    CAST ->
                    true;
            case CURRENT_SCHEMA -> !called;
            case COLLATION -> tokens.peek(1).is(Keyword.FOR);
            case COALESCE,
                    EXTRACT,
                    GREATEST,
                    LEAST,
                    NORMALIZE,
                    NULLIF,
                    OVERLAY,
                    POSITION,
                    SUBSTRING,
                    TRIM,
                    TREAT,
                    GROUPING,
                    JSON,
                    JSON_ARRAY,
                    JSON_ARRAYAGG,
                    JSON_EXISTS,
                    JSON_OBJECT,
                    JSON_OBJECTAGG,
                    JSON_QUERY,
                    JSON_SCALAR,
                    JSON_SERIALIZE,
                    JSON_VALUE,
                    MERGE_ACTION,
                    XMLCONCAT,
                    XMLELEMENT,
                    XMLEXISTS,
                    XMLFOREST,
                    XMLPARSE,
                    XMLPI,
                    XMLROOT,
                    XMLSERIALIZE ->
                    called;
            default -> false;
        };
    }

    Expression parse() {
        Token token = tokens.next();
        int position = token.start();
        return switch (token.keyword()) {
            case CURRENT_DATE -> value(ValueFunctionKind.CURRENT_DATE, position);
            case CURRENT_TIME -> timeValue(ValueFunctionKind.CURRENT_TIME, position);
            case CURRENT_TIMESTAMP -> timeValue(ValueFunctionKind.CURRENT_TIMESTAMP, position);
            case LOCALTIME -> timeValue(ValueFunctionKind.LOCALTIME, position);
            case LOCALTIMESTAMP -> timeValue(ValueFunctionKind.LOCALTIMESTAMP, position);
            case CURRENT_ROLE -> value(ValueFunctionKind.CURRENT_ROLE, position);
            case CURRENT_USER -> value(ValueFunctionKind.CURRENT_USER, position);
            case USER -> value(ValueFunctionKind.USER, position);
            case SESSION_USER -> value(ValueFunctionKind.SESSION_USER, position);
            case SYSTEM_USER -> value(ValueFunctionKind.SYSTEM_USER, position);
            case CURRENT_CATALOG -> value(ValueFunctionKind.CURRENT_CATALOG, position);
            case CURRENT_SCHEMA -> value(ValueFunctionKind.CURRENT_SCHEMA, position);
            case null -> throw tokens.syntaxError(token);
            default -> parenthesized(token);
        };
    }

    private Expression parenthesized(Token token) {
        if (token.is(Keyword.COLLATION)) {
            tokens.expect(Keyword.FOR);
        }
        tokens.expect("(");
        int position = token.start();
        int outer = grammar.nesting.enter(position);
        Expression result =
                switch (token.keyword()) {
                    case CAST -> cast(position);
                    case COLLATION ->
                            call("pg_collation_for", position, grammar.expressions.parse());
                    case COALESCE -> new Coalesce(grammar.expressions.parseList(), position);
                    case GREATEST, LEAST ->
                            new GreatestLeast(
                                    token.is(Keyword.GREATEST),
                                    grammar.expressions.parseList(),
                                    position);
                    case NULLIF -> nullIf(position);
                    case EXTRACT -> extract(position);
                    case NORMALIZE -> normalize(position);
                    case OVERLAY -> overlay(token);
                    case POSITION -> position(position);
                    case SUBSTRING -> substring(token);
                    case TRIM -> trim(position);
                    case JSON_OBJECT -> jsonObject(token);
                    case null, default ->
                            throw tokens.unsupported(token.text().toUpperCase(Locale.ROOT), token);
                };
        tokens.expect(")");
        grammar.nesting.leave(outer, position);
        return result;
    }

    private static Expression value(ValueFunctionKind kind, int position) {
        return new ValueFunction(kind, null, position);
    }

    private Expression timeValue(ValueFunctionKind kind, int position) {
        return new ValueFunction(kind, optionalPrecision(), position);
    }

    private @Nullable Integer optionalPrecision() {
        if (!tokens.accept("(")) {
            return null;
        }
        int precision = Integer.parseInt(tokens.expect(TokenKind.INTEGER).text());
        tokens.expect(")");
        return precision;
    }

    private static Expression call(String name, int position, Expression... arguments) {
        return ExpressionParser.systemCall(name, List.of(arguments), position);
    }

    /// The function of one or two arrays; the standard's constructor is not there.
    private Expression jsonObject(Token token) {
        if (tokens.at(")")) {
            throw tokens.unsupported("JSON_OBJECT", token);
        }
        List<Expression> arguments = grammar.expressions.parseList();
        if (!tokens.at(")")) {
            throw tokens.unsupported("JSON_OBJECT", token);
        }
        return ExpressionParser.systemCall("json_object", arguments, token.start());
    }

    private Expression cast(int position) {
        Expression operand = grammar.expressions.parse();
        tokens.expect(Keyword.AS);
        return new Cast(operand, grammar.types.parse(), position);
    }

    private Expression nullIf(int position) {
        Expression left = grammar.expressions.parse();
        tokens.expect(",");
        return new NullIf(left, grammar.expressions.parse(), position);
    }

    private Expression extract(int position) {
        Token field = tokens.next();
        boolean named =
                field.is(TokenKind.IDENTIFIER)
                        || field.is(TokenKind.STRING)
                        || field.is(Keyword.YEAR)
                        || field.is(Keyword.MONTH)
                        || field.is(Keyword.DAY)
                        || field.is(Keyword.HOUR)
                        || field.is(Keyword.MINUTE)
                        || field.is(Keyword.SECOND);
        if (!named) {
            throw tokens.syntaxError(field);
        }
        tokens.expect(Keyword.FROM);
        Expression source = grammar.expressions.parse();
        return call("extract", position, new StringLiteral(field.text(), field.start()), source);
    }

    private Expression normalize(int position) {
        Expression source = grammar.expressions.parse();
        if (!tokens.accept(",")) {
            return call("normalize", position, source);
        }
        Token form = tokens.next();
        if (form.keyword() == null) {
            throw tokens.syntaxError(form);
        }
        return switch (form.keyword()) {
            case NFC, NFD, NFKC, NFKD ->
                    call(
                            "normalize",
                            position,
                            source,
                            new StringLiteral(form.text(), form.start()));
            default -> throw tokens.syntaxError(form);
        };
    }

    private Expression position(int position) {
        Expression searched = grammar.expressions.parseRestricted();
        tokens.expect(Keyword.IN);
        return call("position", position, grammar.expressions.parseRestricted(), searched);
    }

    private Expression overlay(Token word) {
        if (tokens.at(")")) {
            return ordinaryCall(word, List.of());
        }
        Expression source = grammar.expressions.parse();
        if (!tokens.accept(Keyword.PLACING)) {
            return ordinaryCall(word, restOfList(source));
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(source);
        arguments.add(grammar.expressions.parse());
        tokens.expect(Keyword.FROM);
        arguments.add(grammar.expressions.parse());
        if (tokens.accept(Keyword.FOR)) {
            arguments.add(grammar.expressions.parse());
        }
        return ExpressionParser.systemCall("overlay", arguments, word.start());
    }

    /// A call by an unqualified name: another schema may have a function of that name.
    private static Expression ordinaryCall(Token word, List<Expression> arguments) {
        return Expression.FunctionCall.of(
                QualifiedName.of(word.text(), word.start()),
                arguments,
                Expression.CallSyntax.CALL,
                word.start());
    }

    private List<Expression> restOfList(Expression first) {
        List<Expression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(",")) {
            list.add(grammar.expressions.parse());
        }
        return list;
    }

    private Expression substring(Token word) {
        if (tokens.at(")")) {
            return ordinaryCall(word, List.of());
        }
        int position = word.start();
        Expression source = grammar.expressions.parse();
        if (tokens.accept(Keyword.SIMILAR)) {
            Expression pattern = grammar.expressions.parse();
            tokens.expect(Keyword.ESCAPE);
            return call("substring", position, source, pattern, grammar.expressions.parse());
        }
        if (tokens.accept(Keyword.FROM)) {
            Expression start = grammar.expressions.parse();
            return tokens.accept(Keyword.FOR)
                    ? call("substring", position, source, start, grammar.expressions.parse())
                    : call("substring", position, source, start);
        }
        if (tokens.accept(Keyword.FOR)) {
            Expression length = grammar.expressions.parse();
            if (tokens.accept(Keyword.FROM)) {
                Expression start = grammar.expressions.parse();
                return call("substring", position, source, start, length);
            }
            return fromStart(source, length, position);
        }
        return ordinaryCall(word, restOfList(source));
    }

    /// FOR without FROM: the length must be an integer, or a pattern would be looked for.
    private static Expression fromStart(Expression source, Expression length, int position) {
        TypeName integer =
                TypeParser.named(QualifiedName.system("int4", length.position()), List.of());
        return call(
                "substring",
                position,
                source,
                new IntegerLiteral(1, position),
                new Cast(length, integer, length.position()));
    }

    private Expression trim(int position) {
        String function = "btrim";
        if (tokens.accept(Keyword.LEADING)) {
            function = "ltrim";
        } else if (tokens.accept(Keyword.TRAILING)) {
            function = "rtrim";
        } else {
            tokens.accept(Keyword.BOTH);
        }
        if (tokens.accept(Keyword.FROM)) {
            return ExpressionParser.systemCall(function, grammar.expressions.parseList(), position);
        }
        Expression first = grammar.expressions.parse();
        if (!tokens.accept(Keyword.FROM)) {
            return ExpressionParser.systemCall(function, restOfList(first), position);
        }
        List<Expression> arguments = grammar.expressions.parseList();
        arguments.add(first);
        return ExpressionParser.systemCall(function, arguments, position);
    }
}
