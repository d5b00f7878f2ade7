package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.And;
import org.cladedb.sql.ast.Expression.Between;
import org.cladedb.sql.ast.Expression.Collate;
import org.cladedb.sql.ast.Expression.InList;
import org.cladedb.sql.ast.Expression.InSubquery;
import org.cladedb.sql.ast.Expression.IsDistinctFrom;
import org.cladedb.sql.ast.Expression.IsNull;
import org.cladedb.sql.ast.Expression.IsTruth;
import org.cladedb.sql.ast.Expression.Like;
import org.cladedb.sql.ast.Expression.LikeKind;
import org.cladedb.sql.ast.Expression.Or;
import org.cladedb.sql.ast.Expression.QuantifiedArray;
import org.cladedb.sql.ast.Expression.QuantifiedSubquery;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.Expression.RowConstructor;
import org.cladedb.sql.ast.Expression.TruthValue;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// The operators that are words: AND, OR, IS, IN, LIKE, BETWEEN, AT TIME ZONE, COLLATE, OVERLAPS.
final class PredicateParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    PredicateParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// `left` with the word operator that is next applied, or null if it is none, or binds looser
    /// than `minimum`.
    @Nullable Expression infix(Keyword keyword, Expression left, int minimum, boolean restricted) {
        if (restricted) {
            boolean distinct =
                    tokens.atAll(Keyword.IS, Keyword.DISTINCT)
                            || tokens.atAll(Keyword.IS, Keyword.NOT, Keyword.DISTINCT);
            return distinct && minimum <= ExpressionParser.IS ? is(left, true) : null;
        }
        int precedence = precedence(keyword);
        if (precedence < 0 || precedence < minimum) {
            return null;
        }
        int position = tokens.position();
        return switch (keyword) {
            case OR -> or(left);
            case AND -> and(left);
            case IS -> is(left, false);
            case ISNULL, NOTNULL -> {
                tokens.next();
                yield new IsNull(left, keyword == Keyword.NOTNULL, position);
            }
            case AT -> at(left);
            case COLLATE -> {
                tokens.next();
                yield new Collate(left, grammar.names.qualifiedName(), position);
            }
            case OVERLAPS -> overlaps(left);
            default -> match(left);
        };
    }

    private int precedence(Keyword keyword) {
        return switch (keyword) {
            case OR -> ExpressionParser.OR;
            case AND -> ExpressionParser.AND;
            case IS, ISNULL, NOTNULL -> ExpressionParser.IS;
            case BETWEEN, IN, LIKE, ILIKE, OVERLAPS -> ExpressionParser.MATCH;
            // SUBSTRING (a SIMILAR b ESCAPE c) is not this operator.
            case SIMILAR -> tokens.peek(1).is(Keyword.TO) ? ExpressionParser.MATCH : -1;
            case NOT -> isMatch(tokens.peek(1).keyword()) ? ExpressionParser.MATCH : -1;
            case AT ->
                    tokens.peek(1).is(Keyword.TIME) || tokens.peek(1).is(Keyword.LOCAL)
                            ? ExpressionParser.AT
                            : -1;
            case COLLATE -> ExpressionParser.COLLATE;
            default -> -1;
        };
    }

    private static boolean isMatch(@Nullable Keyword keyword) {
        return switch (keyword) {
            case BETWEEN, IN, LIKE, ILIKE, SIMILAR -> true;
            case null, default -> false;
        };
    }

    private Expression or(Expression left) {
        int position = tokens.position();
        List<Expression> operands = new ArrayList<>();
        // As in PostgreSQL, parentheses around the first operands make no difference.
        operands.addAll(left instanceof Or or ? or.operands() : List.of(left));
        while (tokens.accept(Keyword.OR)) {
            operands.add(grammar.expressions.parse(ExpressionParser.OR + 1, false));
        }
        return new Or(operands, position);
    }

    private Expression and(Expression left) {
        int position = tokens.position();
        List<Expression> operands = new ArrayList<>();
        operands.addAll(left instanceof And and ? and.operands() : List.of(left));
        while (tokens.accept(Keyword.AND)) {
            operands.add(grammar.expressions.parse(ExpressionParser.AND + 1, false));
        }
        return new And(operands, position);
    }

    private Expression is(Expression left, boolean restricted) {
        int position = tokens.next().start();
        boolean negated = tokens.accept(Keyword.NOT);
        Token token = tokens.next();
        return switch (token.keyword()) {
            case NULL -> new IsNull(left, negated, position);
            case TRUE -> new IsTruth(left, TruthValue.TRUE, negated, position);
            case FALSE -> new IsTruth(left, TruthValue.FALSE, negated, position);
            case UNKNOWN -> new IsTruth(left, TruthValue.UNKNOWN, negated, position);
            case DISTINCT -> {
                tokens.expect(Keyword.FROM);
                Expression right = grammar.expressions.parse(ExpressionParser.IS + 1, restricted);
                if (tokens.atAny(Keyword.IS, Keyword.ISNULL, Keyword.NOTNULL)) {
                    throw tokens.syntaxError();
                }
                yield new IsDistinctFrom(left, right, negated, position);
            }
            case DOCUMENT, NORMALIZED, NFC, NFD, NFKC, NFKD, JSON ->
                    throw tokens.unsupported(
                            "IS " + tokens.text(token.start(), token.end()), token);
            case null, default -> throw tokens.syntaxError(token);
        };
    }

    /// [NOT] BETWEEN, IN, LIKE, ILIKE, SIMILAR TO: these do not associate.
    private Expression match(Expression left) {
        int position = tokens.position();
        boolean negated = tokens.accept(Keyword.NOT);
        Token word = tokens.next();
        return switch (word.keyword()) {
            case BETWEEN -> between(left, negated, position);
            case IN -> in(left, negated, position);
            case LIKE -> like(left, LikeKind.LIKE, negated, position);
            case ILIKE -> like(left, LikeKind.ILIKE, negated, position);
            case SIMILAR -> {
                tokens.expect(Keyword.TO);
                yield like(left, LikeKind.SIMILAR_TO, negated, position);
            }
            case null, default -> throw tokens.syntaxError(word);
        };
    }

    private Expression between(Expression operand, boolean negated, int position) {
        boolean symmetric = tokens.accept(Keyword.SYMMETRIC);
        if (!symmetric) {
            tokens.accept(Keyword.ASYMMETRIC);
        }
        Expression low = grammar.expressions.parseRestricted();
        tokens.expect(Keyword.AND);
        Expression high = grammar.expressions.parse(ExpressionParser.MATCH + 1, false);
        refuseAnotherMatch();
        return new Between(operand, low, high, symmetric, negated, position);
    }

    private Expression in(Expression operand, boolean negated, int position) {
        return switch (grammar.primaries.parseParenthesized()) {
            case Parenthesized.Query query ->
                    new InSubquery(operand, query.query(), negated, position);
            case Parenthesized.Values values ->
                    new InList(operand, values.expressions(), negated, position);
        };
    }

    private Expression like(Expression operand, LikeKind kind, boolean negated, int position) {
        Quantifier quantifier =
                kind == LikeKind.SIMILAR_TO ? null : grammar.expressions.quantifier();
        if (quantifier != null) {
            String symbol = (negated ? "!" : "") + (kind == LikeKind.LIKE ? "~~" : "~~*");
            return quantified(operand, OperatorName.of(symbol), quantifier, position);
        }
        Expression pattern = grammar.expressions.parse(ExpressionParser.MATCH + 1, false);
        Expression escape =
                tokens.accept(Keyword.ESCAPE)
                        ? grammar.expressions.parse(ExpressionParser.MATCH + 1, false)
                        : null;
        refuseAnotherMatch();
        return new Like(operand, pattern, escape, kind, negated, position);
    }

    private void refuseAnotherMatch() {
        Keyword keyword = tokens.peek().keyword();
        if (keyword != null && precedence(keyword) == ExpressionParser.MATCH) {
            throw tokens.syntaxError();
        }
    }

    /// `left operator ANY|ALL (…)`, the quantifier already passed.
    Expression quantified(
            Expression left, OperatorName operator, Quantifier quantifier, int position) {
        Token open = tokens.peek();
        return switch (grammar.primaries.parseParenthesized()) {
            case Parenthesized.Query query ->
                    new QuantifiedSubquery(left, operator, quantifier, query.query(), position);
            case Parenthesized.Values values -> {
                if (values.expressions().size() != 1) {
                    throw tokens.syntaxError(open);
                }
                yield new QuantifiedArray(
                        left, operator, quantifier, values.expressions().getFirst(), position);
            }
        };
    }

    private Expression at(Expression left) {
        int position = tokens.next().start();
        if (tokens.accept(Keyword.LOCAL)) {
            return ExpressionParser.systemCall("timezone", List.of(left), position);
        }
        tokens.expectAll(Keyword.TIME, Keyword.ZONE);
        Expression zone = grammar.expressions.parse(ExpressionParser.AT + 1, false);
        return ExpressionParser.systemCall("timezone", List.of(zone, left), position);
    }

    private Expression overlaps(Expression left) {
        Token word = tokens.next();
        Expression right = grammar.expressions.parse(ExpressionParser.MATCH + 1, false);
        if (left instanceof RowConstructor first && right instanceof RowConstructor second) {
            if (first.fields().size() != 2) {
                throw TokenStream.complaint(
                        "wrong number of parameters on left side of OVERLAPS expression",
                        left.position());
            }
            if (second.fields().size() != 2) {
                throw TokenStream.complaint(
                        "wrong number of parameters on right side of OVERLAPS expression",
                        right.position());
            }
            List<Expression> arguments = new ArrayList<>(first.fields());
            arguments.addAll(second.fields());
            return ExpressionParser.systemCall("overlaps", arguments, word.start());
        }
        throw tokens.syntaxError(word);
    }
}
