package org.cladedb.analysis;

import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;

/// Whether a query reads a common table by name in its FROM clauses.
final class RecursiveReferences {
    private RecursiveReferences() {}

    static boolean contains(SelectStatement query, String name) {
        return contains(query.body(), name);
    }

    private static boolean contains(QueryBody body, String name) {
        return switch (body) {
            case QueryBody.SelectCore core ->
                    core.from().stream().anyMatch(item -> contains(item, name));
            case QueryBody.SetOperation operation ->
                    contains(operation.left(), name) || contains(operation.right(), name);
            case QueryBody.ValuesBody _ -> false;
            case QueryBody.NestedQuery nested -> contains(nested.query(), name);
        };
    }

    private static boolean contains(TableExpression item, String name) {
        return switch (item) {
            case TableExpression.NamedTable table ->
                    !table.name().isQualified() && table.name().last().equals(name);
            case TableExpression.DerivedTable table -> contains(table.query(), name);
            case TableExpression.FunctionTable _ -> false;
            case TableExpression.Join join ->
                    contains(join.left(), name) || contains(join.right(), name);
        };
    }
}
