package org.cladedb.analysis;

import java.util.function.Consumer;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// Where a query reads a common table by name in its FROM clauses, and whether it may do so in the
/// recursive part of that table's own query: once, and so that each new row gives its rows alone.
final class RecursiveReferences {
    private final String name;
    private int count;

    private RecursiveReferences(String name) {
        this.name = name;
    }

    static boolean contains(SelectStatement query, String name) {
        RecursiveReferences references = new RecursiveReferences(name);
        references.visit(query.body(), null, false);
        return references.count > 0;
    }

    /// Refuses a recursive part that reads the table twice or where rows would be missed.
    static void check(QueryBody recursivePart, String name) {
        new RecursiveReferences(name).visit(recursivePart, null, true);
    }

    private void visit(QueryBody body, @Nullable String place, boolean strict) {
        switch (body) {
            case QueryBody.SelectCore core ->
                    core.from().forEach(item -> visit(item, place, strict));
            case QueryBody.SetOperation operation -> {
                visit(operation.left(), place, strict);
                boolean except = operation.operator() == QueryBody.SetOperator.EXCEPT;
                visit(operation.right(), except ? "EXCEPT" : place, strict);
            }
            case QueryBody.ValuesBody _ -> {
                // Reads no table.
            }
            case QueryBody.NestedQuery nested -> visit(nested.query().body(), place, strict);
        }
    }

    private void visit(TableExpression item, @Nullable String place, boolean strict) {
        switch (item) {
            case TableExpression.NamedTable table -> {
                if (!table.name().isQualified() && table.name().last().equals(name)) {
                    found(table.position(), place, strict);
                }
            }
            case TableExpression.DerivedTable table -> visit(table.query().body(), place, strict);
            case TableExpression.FunctionTable _ -> {
                // Reads no table by name.
            }
            case TableExpression.Join join -> {
                String outer = "an outer join";
                TableExpression.JoinType type = join.type();
                boolean full = type == TableExpression.JoinType.FULL;
                boolean left = full || type == TableExpression.JoinType.RIGHT;
                boolean right = full || type == TableExpression.JoinType.LEFT;
                visit(join.left(), left ? outer : place, strict);
                visit(join.right(), right ? outer : place, strict);
            }
        }
    }

    private void found(int position, @Nullable String place, boolean strict) {
        count++;
        if (!strict) {
            return;
        }
        if (place != null) {
            throw invalid("within " + place).at(position);
        }
        if (count > 1) {
            throw invalid("more than once").at(position);
        }
    }

    private DatabaseException invalid(String place) {
        return invalid(name, place);
    }

    private static DatabaseException invalid(String name, String place) {
        return new DatabaseException(
                SqlState.INVALID_RECURSION,
                "recursive reference to query \"" + name + "\" must not appear " + place);
    }

    /// Refuses, in the plan of a recursive part, aggregates over the table `id` and subqueries in
    /// expressions that read it.
    static void checkPlan(LogicalNode plan, int id, String name) {
        if (plan instanceof LogicalNode.Aggregate aggregate
                && !aggregate.calls().isEmpty()
                && reads(aggregate.input(), id)) {
            throw new DatabaseException(
                    SqlState.INVALID_RECURSION,
                    "aggregate functions are not allowed in a recursive query's recursive term");
        }
        LogicalNodes.forEachExpression(
                plan,
                expression ->
                        Expressions.forEachPlan(
                                expression,
                                subquery -> {
                                    if (reads(subquery, id)) {
                                        throw invalid(name, "within a subquery");
                                    }
                                }));
        forEachInput(plan, input -> checkPlan(input, id, name));
    }

    private static boolean reads(LogicalNode plan, int id) {
        if (plan instanceof LogicalNode.CommonTableScan scan) {
            return scan.id() == id;
        }
        boolean[] found = {false};
        forEachInput(plan, input -> found[0] |= reads(input, id));
        return found[0];
    }

    private static void forEachInput(LogicalNode plan, Consumer<LogicalNode> visitor) {
        LogicalNodes.mapChildren(
                plan,
                input -> {
                    visitor.accept(input);
                    return input;
                });
    }
}
