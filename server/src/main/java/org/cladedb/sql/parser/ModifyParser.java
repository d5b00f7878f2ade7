package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.CommonTableExpression.Materialization;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.IndexElement;
import org.cladedb.sql.ast.ModifyStatement.Assignment;
import org.cladedb.sql.ast.ModifyStatement.ColumnTarget;
import org.cladedb.sql.ast.ModifyStatement.ConflictTarget;
import org.cladedb.sql.ast.ModifyStatement.Delete;
import org.cladedb.sql.ast.ModifyStatement.Insert;
import org.cladedb.sql.ast.ModifyStatement.OnConflict;
import org.cladedb.sql.ast.ModifyStatement.Overriding;
import org.cladedb.sql.ast.ModifyStatement.Update;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.WithClause;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE, DELETE, and WITH.
final class ModifyParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    ModifyParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// Whether a statement starts here that a cursor, a common table expression, EXPLAIN or PREPARE
    /// may contain.
    boolean atPreparable() {
        return grammar.queries.atQuery()
                || tokens.at("(")
                || tokens.atAny(
                        Keyword.VALUES,
                        Keyword.INSERT,
                        Keyword.UPDATE,
                        Keyword.DELETE,
                        Keyword.MERGE);
    }

    /// SELECT, INSERT, UPDATE or DELETE, each with its WITH.
    Statement preparable() {
        int position = tokens.position();
        WithClause with = tokens.at(Keyword.WITH) ? withClause() : null;
        return switch (tokens.peek().keyword()) {
            case INSERT -> insert(with, position);
            case UPDATE -> update(with, position);
            case DELETE -> delete(with, position);
            case MERGE -> throw tokens.unsupported("MERGE", tokens.peek());
            case null, default -> grammar.queries.parseAfterWith(with, position);
        };
    }

    WithClause withClause() {
        int position = tokens.expect(Keyword.WITH).start();
        boolean recursive = tokens.accept(Keyword.RECURSIVE);
        List<CommonTableExpression> tables = new ArrayList<>();
        do {
            tables.add(commonTableExpression());
        } while (tokens.accept(","));
        return new WithClause(recursive, tables, position);
    }

    private CommonTableExpression commonTableExpression() {
        int position = tokens.position();
        int outer = grammar.nesting.enter(position);
        String name = grammar.names.columnId();
        List<String> columns = grammar.names.optionalParenthesizedColumns();
        tokens.expect(Keyword.AS);
        Materialization materialization = Materialization.DEFAULT;
        if (tokens.accept(Keyword.MATERIALIZED)) {
            materialization = Materialization.ALWAYS;
        } else if (tokens.acceptPhrase(Keyword.NOT, Keyword.MATERIALIZED)) {
            materialization = Materialization.NEVER;
        }
        tokens.expect("(");
        Statement statement = preparable();
        tokens.expect(")");
        tokens.refuse(List.of(Keyword.SEARCH, Keyword.CYCLE), "SEARCH or CYCLE clause of WITH");
        grammar.nesting.leave(outer, position);
        return new CommonTableExpression(name, columns, materialization, statement, position);
    }

    private Statement insert(@Nullable WithClause with, int position) {
        tokens.expectAll(Keyword.INSERT, Keyword.INTO);
        QualifiedName table = grammar.names.qualifiedName();
        String alias = tokens.accept(Keyword.AS) ? grammar.names.columnId() : null;
        List<ColumnTarget> columns = List.of();
        Overriding overriding = Overriding.NONE;
        SelectStatement source = null;
        if (!tokens.acceptPhrase(Keyword.DEFAULT, Keyword.VALUES)) {
            columns = atTargets() ? parenthesizedTargets() : List.of();
            overriding = overriding();
            source = source();
        }
        return new Insert(
                with,
                table,
                alias,
                columns,
                overriding,
                source,
                onConflict(),
                returning(),
                position);
    }

    private SelectStatement source() {
        if (!grammar.queries.atQuery() && !tokens.at(Keyword.VALUES) && !tokens.at("(")) {
            throw tokens.syntaxError();
        }
        return grammar.queries.parse();
    }

    /// A parenthesis after the table opens either the columns or a query.
    private boolean atTargets() {
        if (!tokens.at("(")) {
            return false;
        }
        int ahead = 1;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        return ahead == 1 && !QueryParser.startsQuery(tokens.peek(1), tokens.peek(2));
    }

    private List<ColumnTarget> parenthesizedTargets() {
        tokens.expect("(");
        List<ColumnTarget> targets = new ArrayList<>();
        do {
            targets.add(target());
        } while (tokens.accept(","));
        tokens.expect(")");
        return targets;
    }

    private ColumnTarget target() {
        int position = tokens.position();
        String name = grammar.names.columnId();
        List<Expression.Subscript> subscripts = grammar.primaries.subscripts();
        String field = tokens.accept(".") ? grammar.names.columnId() : null;
        return new ColumnTarget(name, subscripts, field, position);
    }

    private Overriding overriding() {
        if (!tokens.accept(Keyword.OVERRIDING)) {
            return Overriding.NONE;
        }
        boolean system = tokens.accept(Keyword.SYSTEM);
        if (!system) {
            tokens.expect(Keyword.USER);
        }
        tokens.expect(Keyword.VALUE);
        return system ? Overriding.SYSTEM_VALUE : Overriding.USER_VALUE;
    }

    private @Nullable OnConflict onConflict() {
        int position = tokens.position();
        if (!tokens.accept(Keyword.ON)) {
            return null;
        }
        tokens.expect(Keyword.CONFLICT);
        ConflictTarget target = conflictTarget();
        tokens.expect(Keyword.DO);
        if (tokens.accept(Keyword.NOTHING)) {
            return new OnConflict(target, true, List.of(), null, position);
        }
        tokens.expectAll(Keyword.UPDATE, Keyword.SET);
        List<Assignment> assignments = assignments();
        Expression where = grammar.queries.cores.where();
        return new OnConflict(target, false, assignments, where, position);
    }

    private @Nullable ConflictTarget conflictTarget() {
        int position = tokens.position();
        if (tokens.acceptPhrase(Keyword.ON, Keyword.CONSTRAINT)) {
            return new ConflictTarget(List.of(), null, grammar.names.columnId(), position);
        }
        if (!tokens.at("(")) {
            return null;
        }
        List<IndexElement> elements = grammar.indexes.parenthesizedElements();
        Expression where = grammar.queries.cores.where();
        return new ConflictTarget(elements, where, null, position);
    }

    private List<SelectItem> returning() {
        if (!tokens.accept(Keyword.RETURNING)) {
            return List.of();
        }
        if (tokens.at(Keyword.WITH)) {
            throw tokens.unsupported("RETURNING WITH", tokens.peek());
        }
        return grammar.queries.cores.items();
    }

    private Statement update(@Nullable WithClause with, int position) {
        tokens.expect(Keyword.UPDATE);
        TableExpression.NamedTable table = grammar.fromItems.relation();
        String alias = targetAlias(Keyword.SET);
        tokens.expect(Keyword.SET);
        List<Assignment> assignments = assignments();
        List<TableExpression> from =
                tokens.accept(Keyword.FROM) ? grammar.fromItems.parseList() : List.of();
        Expression where = grammar.queries.cores.where();
        return new Update(
                with,
                table.name(),
                table.only(),
                alias,
                assignments,
                from,
                where,
                returning(),
                position);
    }

    /// The alias of an UPDATE's or DELETE's table; `following` is the word that may come next and
    /// is none.
    private @Nullable String targetAlias(Keyword following) {
        if (tokens.accept(Keyword.AS)) {
            return grammar.names.columnId();
        }
        Token token = tokens.peek();
        return NameParser.isColumnId(token) && !token.is(following) ? tokens.next().text() : null;
    }

    private List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        do {
            assignments.add(assignment());
        } while (tokens.accept(","));
        return assignments;
    }

    private Assignment assignment() {
        int position = tokens.position();
        boolean multiple = tokens.at("(");
        List<ColumnTarget> targets = multiple ? parenthesizedTargets() : List.of(target());
        tokens.expect("=");
        return new Assignment(targets, multiple, grammar.expressions.parse(), position);
    }

    private Statement delete(@Nullable WithClause with, int position) {
        tokens.expectAll(Keyword.DELETE, Keyword.FROM);
        TableExpression.NamedTable table = grammar.fromItems.relation();
        String alias = targetAlias(Keyword.USING);
        List<TableExpression> using =
                tokens.accept(Keyword.USING) ? grammar.fromItems.parseList() : List.of();
        Expression where = grammar.queries.cores.where();
        return new Delete(
                with, table.name(), table.only(), alias, using, where, returning(), position);
    }
}
