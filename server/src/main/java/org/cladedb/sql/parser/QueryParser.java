package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.QueryBody.NestedQuery;
import org.cladedb.sql.ast.QueryBody.SetOperation;
import org.cladedb.sql.ast.QueryBody.SetOperator;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SelectStatement.LockStrength;
import org.cladedb.sql.ast.SelectStatement.LockWait;
import org.cladedb.sql.ast.SelectStatement.LockingClause;
import org.cladedb.sql.ast.WithClause;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Queries: set operations, and the clauses around a body. One SELECT itself: [SelectCoreParser].
final class QueryParser {
    private static final int INTERSECT_PRECEDENCE = 2;
    private static final int UNION_PRECEDENCE = 1;

    private final Grammar grammar;
    private final TokenStream tokens;
    final SelectCoreParser cores;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.cores = new SelectCoreParser(grammar);
    }

    /// Whether a query starts here, not counting opening parentheses.
    boolean atQuery() {
        return startsQuery(tokens.peek(), tokens.peek(1));
    }

    /// VALUES may be a column's name; a query's VALUES has a parenthesis.
    static boolean startsQuery(Token token, Token next) {
        return token.is(Keyword.SELECT)
                || token.is(Keyword.WITH)
                || token.is(Keyword.TABLE)
                || (token.is(Keyword.VALUES) && next.is("("));
    }

    /// Whether a query that stood in parentheses goes on here.
    boolean atContinuation() {
        return tokens.atAny(
                Keyword.UNION,
                Keyword.INTERSECT,
                Keyword.EXCEPT,
                Keyword.ORDER,
                Keyword.LIMIT,
                Keyword.OFFSET,
                Keyword.FETCH,
                Keyword.FOR);
    }

    /// A query without parentheses around it, or with.
    SelectStatement parse() {
        int position = tokens.position();
        WithClause with = tokens.at(Keyword.WITH) ? grammar.modifications.withClause() : null;
        return parseAfterWith(with, position);
    }

    SelectStatement parseAfterWith(@Nullable WithClause with, int position) {
        int outer = grammar.nesting.enter(position);
        QueryBody body = setOperations(primary(), UNION_PRECEDENCE);
        SelectStatement query = clauses(with, body, position);
        grammar.nesting.leave(outer, position);
        return query;
    }

    /// The query that starts with `first`, which stood in parentheses.
    SelectStatement continueFrom(SelectStatement first, int position) {
        QueryBody body = setOperations(body(first), UNION_PRECEDENCE);
        return clauses(null, body, position);
    }

    private static QueryBody body(SelectStatement query) {
        return query.isPlain() ? query.body() : new NestedQuery(query, query.position());
    }

    private QueryBody setOperations(QueryBody first, int minimum) {
        QueryBody left = first;
        while (true) {
            SetOperator operator = setOperator();
            if (operator == null || precedence(operator) < minimum) {
                return left;
            }
            int position = tokens.next().start();
            boolean all = tokens.accept(Keyword.ALL);
            if (!all) {
                tokens.accept(Keyword.DISTINCT);
            }
            QueryBody right = setOperations(primary(), precedence(operator) + 1);
            left = new SetOperation(operator, all, left, right, position);
            grammar.nesting.link(position);
        }
    }

    private static int precedence(SetOperator operator) {
        return operator == SetOperator.INTERSECT ? INTERSECT_PRECEDENCE : UNION_PRECEDENCE;
    }

    private @Nullable SetOperator setOperator() {
        return switch (tokens.peek().keyword()) {
            case UNION -> SetOperator.UNION;
            case INTERSECT -> SetOperator.INTERSECT;
            case EXCEPT -> SetOperator.EXCEPT;
            case null, default -> null;
        };
    }

    private QueryBody primary() {
        if (tokens.at("(")) {
            int position = tokens.position();
            tokens.next();
            SelectStatement inner = parse();
            tokens.expect(")");
            if (inner.isPlain()) {
                return inner.body();
            }
            return new NestedQuery(inner, position);
        }
        return cores.parse();
    }

    /// The clauses after the body, in the orders PostgreSQL takes.
    private final class Clauses {
        private List<OrderItem> orderBy = List.of();
        private @Nullable Expression limit;
        private @Nullable Expression offset;
        private int limitPosition = -1;
        private int offsetPosition = -1;
        private boolean withTies;
        private final List<LockingClause> locking = new ArrayList<>();

        void parse() {
            orderBy = grammar.windows.optionalOrderBy();
            boolean more = true;
            while (more) {
                more = limitClause() || offsetClause() || fetchClause() || lockingClause();
            }
        }

        private boolean limitClause() {
            Token word = tokens.peek();
            if (!tokens.accept(Keyword.LIMIT)) {
                return false;
            }
            startLimit(word);
            if (tokens.accept(Keyword.ALL)) {
                return true;
            }
            limit = grammar.expressions.parse();
            if (tokens.accept(",")) {
                // MySQL's order: LIMIT offset, count.
                offset = limit;
                limit = grammar.expressions.parse();
            }
            return true;
        }

        private void startLimit(Token word) {
            if (limitPosition >= 0) {
                throw tokens.syntaxError(word);
            }
            limitPosition = word.start();
        }

        private boolean offsetClause() {
            if (!tokens.at(Keyword.OFFSET)) {
                return false;
            }
            if (offset != null) {
                throw tokens.syntaxError();
            }
            offsetPosition = tokens.next().start();
            offset = grammar.expressions.parse();
            if (!tokens.accept(Keyword.ROW)) {
                tokens.accept(Keyword.ROWS);
            }
            return true;
        }

        private boolean fetchClause() {
            Token word = tokens.peek();
            if (!tokens.accept(Keyword.FETCH)) {
                return false;
            }
            startLimit(word);
            if (!tokens.accept(Keyword.FIRST)) {
                tokens.expect(Keyword.NEXT);
            }
            limit =
                    tokens.atAny(Keyword.ROW, Keyword.ROWS)
                            ? new Expression.IntegerLiteral(1, tokens.position())
                            : grammar.expressions.parse(ExpressionParser.SIGN, false);
            if (!tokens.accept(Keyword.ROW)) {
                tokens.expect(Keyword.ROWS);
            }
            int position = tokens.position();
            withTies = tokens.acceptPhrase(Keyword.WITH, Keyword.TIES);
            if (!withTies) {
                tokens.expect(Keyword.ONLY);
            } else if (orderBy.isEmpty()) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "WITH TIES cannot be specified without ORDER BY clause")
                        .at(position);
            }
            return true;
        }

        private boolean lockingClause() {
            int position = tokens.position();
            if (!tokens.accept(Keyword.FOR)) {
                return false;
            }
            if (tokens.acceptAll(Keyword.READ, Keyword.ONLY)) {
                return true;
            }
            LockStrength strength = strength();
            List<QualifiedName> tables =
                    tokens.accept(Keyword.OF) ? grammar.names.qualifiedNames() : List.of();
            LockWait waiting = LockWait.BLOCK;
            if (tokens.accept(Keyword.NOWAIT)) {
                waiting = LockWait.NOWAIT;
            } else if (tokens.acceptPhrase(Keyword.SKIP, Keyword.LOCKED)) {
                waiting = LockWait.SKIP_LOCKED;
            }
            locking.add(new LockingClause(strength, tables, waiting, position));
            return true;
        }

        private LockStrength strength() {
            if (tokens.accept(Keyword.UPDATE)) {
                return LockStrength.UPDATE;
            }
            if (tokens.accept(Keyword.SHARE)) {
                return LockStrength.SHARE;
            }
            if (tokens.accept(Keyword.KEY)) {
                tokens.expect(Keyword.SHARE);
                return LockStrength.KEY_SHARE;
            }
            tokens.expectAll(Keyword.NO, Keyword.KEY, Keyword.UPDATE);
            return LockStrength.NO_KEY_UPDATE;
        }
    }

    private SelectStatement clauses(@Nullable WithClause with, QueryBody body, int position) {
        Clauses clauses = new Clauses();
        clauses.parse();
        SelectStatement outer =
                new SelectStatement(
                        with,
                        body,
                        clauses.orderBy,
                        clauses.limit,
                        clauses.withTies,
                        clauses.offset,
                        clauses.locking,
                        position);
        return body instanceof NestedQuery nested ? merge(outer, nested.query(), clauses) : outer;
    }

    /// Clauses behind the parentheses around a query join those inside: `(SELECT … LIMIT 5) ORDER
    /// BY a` sorts before it limits.
    private SelectStatement merge(SelectStatement outer, SelectStatement inner, Clauses clauses) {
        refuseTwice("WITH", outer.with(), inner.with(), outer.position());
        if (!outer.orderBy().isEmpty() && !inner.orderBy().isEmpty()) {
            throw multiple("ORDER BY", outer.orderBy().getFirst().position());
        }
        refuseTwice("LIMIT", outer.limit(), inner.limit(), clauses.limitPosition);
        refuseTwice("OFFSET", outer.offset(), inner.offset(), clauses.offsetPosition);
        List<LockingClause> locking = new ArrayList<>(inner.locking());
        locking.addAll(outer.locking());
        return new SelectStatement(
                outer.with() == null ? inner.with() : outer.with(),
                inner.body(),
                outer.orderBy().isEmpty() ? inner.orderBy() : outer.orderBy(),
                outer.limit() == null ? inner.limit() : outer.limit(),
                outer.withTies() || inner.withTies(),
                outer.offset() == null ? inner.offset() : outer.offset(),
                locking,
                outer.position());
    }

    private static void refuseTwice(
            String clause, @Nullable Object outer, @Nullable Object inner, int position) {
        if (outer != null && inner != null) {
            throw multiple(clause, position);
        }
    }

    private static DatabaseException multiple(String clause, int position) {
        return TokenStream.complaint("multiple " + clause + " clauses not allowed", position);
    }
}
