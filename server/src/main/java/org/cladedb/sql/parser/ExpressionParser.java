package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.BinaryOperator;
import org.cladedb.sql.ast.Expression.DecimalLiteral;
import org.cladedb.sql.ast.Expression.IntegerLiteral;
import org.cladedb.sql.ast.Expression.Not;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.Expression.UnaryOperator;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Expressions, by precedence climbing over PostgreSQL's table of precedences.
///
/// A `restricted` expression is what the grammar takes where a full one would be ambiguous (the
/// bounds of BETWEEN, column defaults): no AND, OR, NOT, IS NULL, IN, LIKE, BETWEEN, AT, COLLATE
/// outside parentheses.
final class ExpressionParser {
    static final int ANY = 0;
    static final int OR = 1;
    static final int AND = 2;
    static final int NOT = 3;
    static final int IS = 4;
    static final int COMPARISON = 5;
    static final int MATCH = 6;
    static final int OTHER_OPERATOR = 8;
    static final int ADDITION = 9;
    static final int MULTIPLICATION = 10;
    static final int EXPONENT = 11;
    static final int AT = 12;
    static final int COLLATE = 13;
    static final int SIGN = 14;
    static final int CAST = 16;

    /// The smallest 32-bit integer without its sign.
    private static final String SMALLEST_NEGATED = "2147483648";

    private final Grammar grammar;
    private final TokenStream tokens;
    private final PredicateParser predicates;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.predicates = new PredicateParser(grammar);
    }

    Expression parse() {
        return parse(ANY, false);
    }

    Expression parseRestricted() {
        return parse(ANY, true);
    }

    List<Expression> parseList() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(parse());
        } while (tokens.accept(","));
        return list;
    }

    /// An expression of operators that bind at least as tight as `minimum`.
    Expression parse(int minimum, boolean restricted) {
        int position = tokens.position();
        int outer = grammar.nesting.enter(position);
        Expression expression = continueFrom(prefix(restricted), minimum, restricted);
        grammar.nesting.leave(outer, position);
        return expression;
    }

    /// The expression whose leftmost operand is already parsed.
    Expression continueFrom(Expression first, int minimum, boolean restricted) {
        Expression left = first;
        while (true) {
            Expression longer = infix(left, minimum, restricted);
            if (longer == null) {
                return left;
            }
            grammar.nesting.link(longer.position());
            left = longer;
        }
    }

    private Expression prefix(boolean restricted) {
        Token token = tokens.peek();
        if (token.is(Keyword.NOT) && !restricted) {
            tokens.next();
            return new Not(parse(NOT, false), token.start());
        }
        if (token.is("-") || token.is("+")) {
            tokens.next();
            return signed(token, parse(SIGN, restricted));
        }
        if (isOtherOperator(token) || token.is(Keyword.OPERATOR)) {
            OperatorName operator = operator();
            Expression operand = parse(OTHER_OPERATOR + 1, restricted);
            return new UnaryOperator(operator, operand, token.start());
        }
        return grammar.primaries.parse();
    }

    /// A minus before a number is part of it, so that the smallest integer can be written.
    private static Expression signed(Token sign, Expression operand) {
        int position = sign.start();
        boolean negative = sign.is("-");
        return switch (operand) {
            case IntegerLiteral number when negative && number.value() == Integer.MIN_VALUE ->
                    new DecimalLiteral(SMALLEST_NEGATED, position);
            case IntegerLiteral number when negative ->
                    new IntegerLiteral(-number.value(), position);
            case DecimalLiteral number when negative -> negated(number, position);
            default -> new UnaryOperator(OperatorName.of(sign.text()), operand, position);
        };
    }

    private static Expression negated(DecimalLiteral number, int position) {
        String text = number.text();
        if (text.equals(SMALLEST_NEGATED)) {
            return new IntegerLiteral(Integer.MIN_VALUE, position);
        }
        return new DecimalLiteral(text.startsWith("-") ? text.substring(1) : "-" + text, position);
    }

    /// `left` with the next operator applied, or null if none follows that binds tight enough.
    private @Nullable Expression infix(Expression left, int minimum, boolean restricted) {
        Token token = tokens.peek();
        if (token.is(TokenKind.SYMBOL)) {
            return symbolInfix(token, left, minimum, restricted);
        }
        Keyword keyword = token.keyword();
        if (keyword == null) {
            return null;
        }
        if (keyword == Keyword.OPERATOR && tokens.peek(1).is("(")) {
            return minimum > OTHER_OPERATOR
                    ? null
                    : binary(left, OTHER_OPERATOR, restricted, false);
        }
        return predicates.infix(keyword, left, minimum, restricted);
    }

    private @Nullable Expression symbolInfix(
            Token token, Expression left, int minimum, boolean restricted) {
        if (token.is("::")) {
            tokens.next();
            return new Expression.Cast(left, grammar.types.parse(), token.start());
        }
        int precedence = precedence(token);
        if (precedence < 0 || precedence < minimum) {
            return null;
        }
        return binary(left, precedence, restricted, precedence == COMPARISON);
    }

    /// @param nonAssociative `a < b < c` is an error
    private Expression binary(
            Expression left, int precedence, boolean restricted, boolean nonAssociative) {
        int position = tokens.position();
        OperatorName operator = operator();
        Quantifier quantifier = quantifier();
        if (quantifier != null) {
            return predicates.quantified(left, operator, quantifier, position);
        }
        Expression right = parse(precedence + 1, restricted);
        if (nonAssociative && precedence(tokens.peek()) == precedence) {
            throw tokens.syntaxError();
        }
        return new BinaryOperator(operator, left, right, position);
    }

    @Nullable Quantifier quantifier() {
        if (tokens.accept(Keyword.ANY) || tokens.accept(Keyword.SOME)) {
            return Quantifier.ANY;
        }
        return tokens.accept(Keyword.ALL) ? Quantifier.ALL : null;
    }

    /// The precedence of an operator symbol, -1 for a token that is none.
    private static int precedence(Token token) {
        if (!token.is(TokenKind.SYMBOL)) {
            return -1;
        }
        return switch (token.text()) {
            case "<", ">", "=", "<=", ">=", "<>" -> COMPARISON;
            case "+", "-" -> ADDITION;
            case "*", "/", "%" -> MULTIPLICATION;
            case "^" -> EXPONENT;
            default -> isOtherOperator(token) ? OTHER_OPERATOR : -1;
        };
    }

    private static boolean isOtherOperator(Token token) {
        if (!token.is(TokenKind.SYMBOL)) {
            return false;
        }
        return switch (token.text()) {
            case "<", ">", "=", "<=", ">=", "<>", "+", "-", "*", "/", "%", "^", "=>" -> false;
            default -> Characters.isOperator(token.text().charAt(0));
        };
    }

    /// Any operator symbol, also in the form `OPERATOR(schema.symbol)`.
    OperatorName operator() {
        if (!tokens.accept(Keyword.OPERATOR)) {
            return OperatorName.of(operatorSymbol());
        }
        tokens.expect("(");
        String schema = null;
        while (NameParser.isColumnId(tokens.peek())) {
            schema = grammar.names.columnId();
            tokens.expect(".");
        }
        OperatorName operator = new OperatorName(schema, operatorSymbol());
        tokens.expect(")");
        return operator;
    }

    private String operatorSymbol() {
        if (precedence(tokens.peek()) < 0) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    /// A call of a `pg_catalog` function behind special syntax.
    static Expression systemCall(String name, List<Expression> arguments, int position) {
        return Expression.FunctionCall.of(
                QualifiedName.system(name, position),
                arguments,
                Expression.CallSyntax.SQL,
                position);
    }
}
