package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.ArrayConstructor;
import org.cladedb.sql.ast.Expression.BitStringLiteral;
import org.cladedb.sql.ast.Expression.BooleanLiteral;
import org.cladedb.sql.ast.Expression.Case;
import org.cladedb.sql.ast.Expression.Cast;
import org.cladedb.sql.ast.Expression.ColumnReference;
import org.cladedb.sql.ast.Expression.DecimalLiteral;
import org.cladedb.sql.ast.Expression.DefaultValue;
import org.cladedb.sql.ast.Expression.FieldSelection;
import org.cladedb.sql.ast.Expression.FieldStar;
import org.cladedb.sql.ast.Expression.IntegerLiteral;
import org.cladedb.sql.ast.Expression.NullLiteral;
import org.cladedb.sql.ast.Expression.Parameter;
import org.cladedb.sql.ast.Expression.RowConstructor;
import org.cladedb.sql.ast.Expression.Star;
import org.cladedb.sql.ast.Expression.StringLiteral;
import org.cladedb.sql.ast.Expression.Subquery;
import org.cladedb.sql.ast.Expression.Subscript;
import org.cladedb.sql.ast.Expression.Subscripted;
import org.cladedb.sql.ast.Expression.WhenClause;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;

/// The operands of operators: literals, columns, parentheses, CASE, constructors, and what calls
/// functions.
final class PrimaryParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    PrimaryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Expression parse() {
        Token token = tokens.peek();
        int position = token.start();
        return switch (token.kind()) {
            case INTEGER -> {
                tokens.next();
                yield new IntegerLiteral(Integer.parseInt(token.text()), position);
            }
            case DECIMAL -> {
                tokens.next();
                yield new DecimalLiteral(token.text(), position);
            }
            case STRING -> {
                tokens.next();
                yield new StringLiteral(token.text(), position);
            }
            case BINARY_BITS, HEXADECIMAL_BITS -> {
                tokens.next();
                yield new BitStringLiteral(
                        token.text(), token.is(TokenKind.HEXADECIMAL_BITS), position);
            }
            case PARAMETER -> parameter();
            case IDENTIFIER -> named();
            case KEYWORD -> keyword(token);
            case SYMBOL -> symbol(token);
            case END, ERROR -> throw tokens.syntaxError();
        };
    }

    private Expression parameter() {
        Token token = tokens.next();
        int number = Integer.parseInt(token.text());
        if (number == 0) {
            throw new DatabaseException(SqlState.UNDEFINED_PARAMETER, "there is no parameter $0")
                    .at(token.start());
        }
        return indirections(new Parameter(number, token.start()));
    }

    private Expression symbol(Token token) {
        if (!token.is("(")) {
            throw tokens.syntaxError();
        }
        return operand(parseParenthesized(), token.start());
    }

    private Expression operand(Parenthesized content, int position) {
        return switch (content) {
            case Parenthesized.Query query -> indirections(new Subquery(query.query(), position));
            case Parenthesized.Values values -> fromParentheses(values, position);
        };
    }

    /// One expression stands for itself, several are a row.
    private Expression fromParentheses(Parenthesized.Values values, int position) {
        List<Expression> expressions = values.expressions();
        return expressions.size() == 1
                ? indirections(expressions.getFirst())
                : new RowConstructor(expressions, false, position);
    }

    /// A query or a list of expressions, with the parentheses around it. Which of both is known
    /// only behind the innermost parenthesis: `((SELECT 1) + 1)`, `((SELECT 1) UNION SELECT 2)`.
    Parenthesized parseParenthesized() {
        Token open = tokens.expect("(");
        int outer = grammar.nesting.enter(open.start());
        Parenthesized content = parenthesizedContent();
        tokens.expect(")");
        grammar.nesting.leave(outer, open.start());
        return content;
    }

    private Parenthesized parenthesizedContent() {
        if (grammar.queries.atQuery()) {
            return new Parenthesized.Query(grammar.queries.parse());
        }
        if (!tokens.at("(")) {
            return new Parenthesized.Values(grammar.expressions.parseList());
        }
        int position = tokens.position();
        Parenthesized inner = parseParenthesized();
        if (inner instanceof Parenthesized.Query(SelectStatement query)) {
            if (tokens.at(")")) {
                return inner;
            }
            if (grammar.queries.atContinuation()) {
                return new Parenthesized.Query(grammar.queries.continueFrom(query, position));
            }
        }
        return new Parenthesized.Values(listFrom(operand(inner, position)));
    }

    private List<Expression> listFrom(Expression operand) {
        List<Expression> list = new ArrayList<>();
        list.add(grammar.expressions.continueFrom(operand, ExpressionParser.ANY, false));
        while (tokens.accept(",")) {
            list.add(grammar.expressions.parse());
        }
        return list;
    }

    /// A query in parentheses, where nothing else may stand.
    SelectStatement parenthesizedQuery() {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        if (ahead == 0 || !QueryParser.startsQuery(tokens.peek(ahead), tokens.peek(ahead + 1))) {
            throw tokens.syntaxError(tokens.peek(ahead));
        }
        Token first = tokens.peek(ahead);
        return switch (parseParenthesized()) {
            case Parenthesized.Query query -> query.query();
            case Parenthesized.Values _ -> throw tokens.syntaxError(first);
        };
    }

    private Expression keyword(Token token) {
        int position = token.start();
        switch (token.keyword()) {
            case NULL -> {
                tokens.next();
                return new NullLiteral(position);
            }
            case TRUE, FALSE -> {
                tokens.next();
                return new BooleanLiteral(token.is(Keyword.TRUE), position);
            }
            case DEFAULT -> {
                tokens.next();
                return new DefaultValue(position);
            }
            case CASE -> {
                return caseExpression();
            }
            case ARRAY -> {
                return array();
            }
            case UNIQUE -> throw tokens.unsupported("UNIQUE predicate", token);
            case null, default -> {}
        }
        if (token.is(Keyword.EXISTS) && tokens.peek(1).is("(")) {
            tokens.next();
            return new Expression.Exists(parenthesizedQuery(), position);
        }
        if (token.is(Keyword.ROW) && tokens.peek(1).is("(")) {
            return explicitRow();
        }
        if (grammar.types.atKnown()) {
            return typedLiteralOrName();
        }
        if (grammar.specialFunctions.atSpecial()) {
            return grammar.specialFunctions.parse();
        }
        if (!NameParser.isColumnId(token) && !NameParser.isTypeOrFunctionName(token)) {
            throw tokens.syntaxError();
        }
        return named();
    }

    /// `interval '1 day'`; the words of such types may name columns as well.
    private Expression typedLiteralOrName() {
        Token next = tokens.peek(1);
        boolean type =
                next.is(TokenKind.STRING)
                        || next.is("(")
                        || next.is(Keyword.VARYING)
                        || next.is(Keyword.PRECISION)
                        || tokens.at(Keyword.NATIONAL)
                        || (tokens.atAny(Keyword.TIME, Keyword.TIMESTAMP)
                                && (next.is(Keyword.WITH) || next.is(Keyword.WITHOUT))
                                && tokens.peek(2).is(Keyword.TIME));
        if (!type || (tokens.at(Keyword.JSON) && next.is("("))) {
            return tokens.at(Keyword.JSON) && next.is("(")
                    ? grammar.specialFunctions.parse()
                    : named();
        }
        boolean interval = tokens.at(Keyword.INTERVAL);
        TypeName type1 = grammar.types.parseKnown(true);
        Token text = tokens.expect(TokenKind.STRING);
        if (type1 == null) {
            throw tokens.syntaxError();
        }
        TypeName full = interval ? grammar.types.intervalLiteralType(type1) : type1;
        return typedLiteral(full, text);
    }

    private static Expression typedLiteral(TypeName type, Token text) {
        return new Cast(new StringLiteral(text.text(), text.start()), type, text.start());
    }

    /// What starts with a name: a column, a call, or a typed literal.
    private Expression named() {
        Token first = tokens.peek();
        QualifiedName name = dottedName();
        if (tokens.at("(") && (NameParser.isTypeOrFunctionName(first) || name.isQualified())) {
            return callOrTypedLiteral(name);
        }
        if (tokens.at(TokenKind.STRING)
                && (NameParser.isTypeOrFunctionName(first) || name.isQualified())) {
            return typedLiteral(TypeParser.named(name, List.of()), tokens.next());
        }
        if (!NameParser.isColumnId(first)) {
            throw tokens.syntaxError();
        }
        if (tokens.at(".") && (tokens.peek(1).is("*") || tokens.peek(1).is("**"))) {
            tokens.next();
            return new Star(name, tokens.next().is("**"), first.start());
        }
        return indirections(ColumnReference.of(name));
    }

    private QualifiedName dottedName() {
        Token first = tokens.next();
        List<String> parts = new ArrayList<>();
        parts.add(first.text());
        if (!NameParser.isColumnId(first) && tokens.at(".")) {
            throw tokens.syntaxError();
        }
        while (tokens.at(".") && !tokens.peek(1).is("*") && !tokens.peek(1).is("**")) {
            tokens.next();
            parts.add(grammar.names.label());
        }
        return new QualifiedName(parts, first.start());
    }

    private Expression callOrTypedLiteral(QualifiedName name) {
        if (!name.isQualified() && name.last().equals("multiset") && atQueryInParentheses()) {
            return new Expression.Multiset(parenthesizedQuery(), name.position());
        }
        Expression.FunctionCall call = grammar.functions.parse(name);
        boolean plain = !call.star() && !call.distinct() && !call.arguments().isEmpty();
        if (tokens.at(TokenKind.STRING) && plain && call.over() == null) {
            List<Expression> modifiers =
                    call.arguments().stream().map(argument -> argument.value()).toList();
            return typedLiteral(TypeParser.named(name, modifiers), tokens.next());
        }
        return grammar.functions.simplify(call);
    }

    private boolean atQueryInParentheses() {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        return QueryParser.startsQuery(tokens.peek(ahead), tokens.peek(ahead + 1));
    }

    /// Subscripts and fields after an operand.
    Expression indirections(Expression base) {
        Expression result = base;
        while (true) {
            int position = tokens.position();
            if (tokens.at("[")) {
                List<Subscript> subscripts = subscripts();
                result = new Subscripted(result, subscripts, position);
            } else if (tokens.at(".") && tokens.peek(1).is("*")) {
                tokens.next();
                tokens.next();
                return new FieldStar(result, position);
            } else if (tokens.accept(".")) {
                result = new FieldSelection(result, grammar.names.label(), position);
            } else {
                return result;
            }
            grammar.nesting.link(position);
        }
    }

    /// `[1]`, `[1:2]`, `[:]`, …
    List<Subscript> subscripts() {
        List<Subscript> subscripts = new ArrayList<>();
        int position = tokens.position();
        int outer = grammar.nesting.enter(position);
        while (tokens.accept("[")) {
            Expression first = tokens.at(":") ? null : grammar.expressions.parse();
            boolean slice = tokens.accept(":");
            if (!slice) {
                subscripts.add(new Subscript(false, null, first));
            } else {
                Expression last = tokens.at("]") ? null : grammar.expressions.parse();
                subscripts.add(new Subscript(true, first, last));
            }
            tokens.expect("]");
        }
        grammar.nesting.leave(outer, position);
        return subscripts;
    }

    private Expression caseExpression() {
        int position = tokens.next().start();
        Expression operand = tokens.at(Keyword.WHEN) ? null : grammar.expressions.parse();
        List<WhenClause> whens = new ArrayList<>();
        do {
            int start = tokens.expect(Keyword.WHEN).start();
            Expression condition = grammar.expressions.parse();
            tokens.expect(Keyword.THEN);
            whens.add(new WhenClause(condition, grammar.expressions.parse(), start));
        } while (tokens.at(Keyword.WHEN));
        Expression otherwise = tokens.accept(Keyword.ELSE) ? grammar.expressions.parse() : null;
        tokens.expect(Keyword.END);
        return new Case(operand, whens, otherwise, position);
    }

    private Expression array() {
        int position = tokens.next().start();
        if (tokens.at("(")) {
            return new Expression.ArraySubquery(parenthesizedQuery(), position);
        }
        return arrayElements(position);
    }

    private Expression arrayElements(int position) {
        int outer = grammar.nesting.enter(position);
        tokens.expect("[");
        List<Expression> elements = new ArrayList<>();
        if (tokens.at("[")) {
            do {
                elements.add(arrayElements(tokens.position()));
            } while (tokens.accept(","));
        } else if (!tokens.at("]")) {
            elements.addAll(grammar.expressions.parseList());
        }
        tokens.expect("]");
        grammar.nesting.leave(outer, position);
        return new ArrayConstructor(elements, position);
    }

    private Expression explicitRow() {
        int position = tokens.next().start();
        tokens.expect("(");
        List<Expression> fields = tokens.at(")") ? List.of() : grammar.expressions.parseList();
        tokens.expect(")");
        return new RowConstructor(fields, true, position);
    }
}
