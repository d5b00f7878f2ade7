package org.cladedb.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ExpressionParts;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.WithClause;
import org.jspecify.annotations.Nullable;

/// Where a query reads the common tables of the WITH RECURSIVE it belongs to, by name and wherever
/// it may do so; and whether it may, in the recursive part of a table's own query: once, and so
/// that each new row gives its rows alone.
///
/// Names that a WITH further in defines are not meant.
final class RecursiveReferences {
    private static final String SUBQUERY = "within a subquery";
    private static final String OUTER_JOIN = "within an outer join";
    private static final String FIRST_TERM = "within its non-recursive term";

    private final Set<String> names;
    private final boolean strict;
    private final Set<String> found = new HashSet<>();
    private final Deque<Set<String>> inner = new ArrayDeque<>();
    private int count;

    /// Why a reference here is wrong; null where it is right.
    private @Nullable String place;

    private RecursiveReferences(Set<String> names, boolean strict) {
        this.names = names;
        this.strict = strict;
    }

    /// Those of `names` that the statement reads.
    static Set<String> of(Statement statement, Set<String> names) {
        RecursiveReferences references = new RecursiveReferences(names, false);
        references.statement(statement);
        return references.found;
    }

    /// Refuses a query `left UNION right` that reads the table `name`, whose query it is, on the
    /// left, or twice or where rows would be missed on the right.
    static void check(@Nullable WithClause with, QueryBody.SetOperation operation, String name) {
        RecursiveReferences references = new RecursiveReferences(Set.of(name), true);
        if (with != null) {
            references.at(SUBQUERY, () -> references.definitions(with));
        }
        references.count = 0;
        references.at(FIRST_TERM, () -> references.body(operation.left()));
        references.body(operation.right());
    }

    private void at(@Nullable String newPlace, Runnable visit) {
        String before = place;
        place = newPlace;
        visit.run();
        place = before;
    }

    private void statement(Statement statement) {
        if (statement instanceof SelectStatement query) {
            query(query);
        }
    }

    private void query(SelectStatement query) {
        int outside = inner.size();
        if (query.with() != null) {
            definitions(query.with());
        }
        body(query.body());
        query.orderBy().forEach(item -> expression(item.expression()));
        optional(query.limit());
        optional(query.offset());
        while (inner.size() > outside) {
            inner.pop();
        }
    }

    /// Leaves the names that are defined in `inner`.
    private void definitions(WithClause with) {
        if (with.recursive()) {
            Set<String> all = new HashSet<>();
            with.tables().forEach(table -> all.add(table.name()));
            inner.push(all);
        }
        for (CommonTableExpression table : with.tables()) {
            statement(table.statement());
            if (!with.recursive()) {
                inner.push(Set.of(table.name()));
            }
        }
    }

    private void body(QueryBody body) {
        switch (body) {
            case QueryBody.SelectCore core -> core(core);
            case QueryBody.SetOperation operation -> setOperation(operation);
            case QueryBody.ValuesBody values ->
                    values.rows().forEach(row -> row.forEach(this::expression));
            case QueryBody.NestedQuery nested -> query(nested.query());
        }
    }

    private void core(QueryBody.SelectCore core) {
        core.items().forEach(item -> expression(item.expression()));
        core.from().forEach(this::table);
        optional(core.where());
        core.distinct().on().forEach(this::expression);
        core.groupBy().forEach(this::expression);
        optional(core.having());
        core.windows()
                .forEach(window ->
                        ExpressionParts.forEach(window.specification(), this::expression));
    }

    private void setOperation(QueryBody.SetOperation operation) {
        String left = place;
        String right = place;
        if (place == null) {
            switch (operation.operator()) {
                case UNION -> {}
                case INTERSECT -> {
                    left = operation.all() ? "within INTERSECT" : null;
                    right = left;
                }
                case EXCEPT -> {
                    left = operation.all() ? "within EXCEPT" : null;
                    right = "within EXCEPT";
                }
            }
        }
        at(left, () -> body(operation.left()));
        at(right, () -> body(operation.right()));
    }

    private void table(TableExpression table) {
        switch (table) {
            case TableExpression.NamedTable named -> named(named);
            case TableExpression.DerivedTable derived -> query(derived.query());
            case TableExpression.FunctionTable functions ->
                    functions.functions().forEach(function -> expression(function.call()));
            case TableExpression.Join join -> join(join);
        }
    }

    private void join(TableExpression.Join join) {
        TableExpression.JoinType type = join.type();
        boolean full = type == TableExpression.JoinType.FULL;
        boolean left = full || type == TableExpression.JoinType.RIGHT;
        boolean right = full || type == TableExpression.JoinType.LEFT;
        at(left ? outer() : place, () -> table(join.left()));
        at(right ? outer() : place, () -> table(join.right()));
        optional(join.on());
    }

    private String outer() {
        return place == null ? OUTER_JOIN : place;
    }

    private void named(TableExpression.NamedTable table) {
        String name = table.name().last();
        if (table.name().isQualified()
                || !names.contains(name)
                || inner.stream().anyMatch(defined -> defined.contains(name))) {
            return;
        }
        found.add(name);
        count++;
        if (strict && place != null) {
            throw invalid(name, place).at(table.position());
        }
        if (strict && count > 1) {
            throw invalid(name, "more than once").at(table.position());
        }
    }

    private static DatabaseException invalid(String name, String place) {
        return new DatabaseException(
                SqlState.INVALID_RECURSION,
                "recursive reference to query \"" + name + "\" must not appear " + place);
    }

    private void expression(Expression expression) {
        ExpressionParts.forEach(
                expression, this::expression, query -> at(SUBQUERY, () -> query(query)));
    }

    private void optional(@Nullable Expression expression) {
        if (expression != null) {
            expression(expression);
        }
    }

    /// The tables of a WITH RECURSIVE so that each comes after those it reads, itself aside.
    ///
    /// @throws DatabaseException 0A000 when two read each other
    static List<CommonTableExpression> sorted(WithClause with) {
        Set<String> open = new HashSet<>();
        with.tables().forEach(table -> open.add(table.name()));
        Map<String, Set<String>> read = new HashMap<>();
        for (CommonTableExpression table : with.tables()) {
            Set<String> others = of(table.statement(), Set.copyOf(open));
            others.remove(table.name());
            read.put(table.name(), others);
        }
        List<CommonTableExpression> unsorted = new ArrayList<>(with.tables());
        List<CommonTableExpression> sorted = new ArrayList<>();
        while (!unsorted.isEmpty()) {
            CommonTableExpression next =
                    unsorted.stream()
                            .filter(table ->
                                    Collections.disjoint(
                                            read.getOrDefault(table.name(), Set.of()), open))
                            .findFirst()
                            .orElseThrow(() -> mutual(unsorted.getFirst()));
            unsorted.remove(next);
            open.remove(next.name());
            sorted.add(next);
        }
        return sorted;
    }

    private static DatabaseException mutual(CommonTableExpression table) {
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "mutual recursion between WITH items is not implemented")
                .at(table.position());
    }
}
