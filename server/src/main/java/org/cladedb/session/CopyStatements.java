package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;

/// The statements that COPY of a table is short for.
final class CopyStatements {
    private final Copy copy;
    private final QualifiedName name;
    private final String tableName;
    private final List<String> columns;
    private final int position;

    CopyStatements(Copy copy, Table table, List<String> columns) {
        this.copy = copy;
        this.columns = columns;
        this.position = copy.position();
        this.tableName = table.name();
        this.name = new QualifiedName(List.of(table.schema(), table.name()), position);
    }

    /// `INSERT INTO t (columns) VALUES ($1, …)`; with WHERE the row is selected first.
    ModifyStatement.Insert insert() {
        List<Expression> parameters = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parameters.add(new Expression.Parameter(i + 1, position));
        }
        SelectStatement source =
                SelectStatement.of(new QueryBody.ValuesBody(List.of(parameters), position));
        return new ModifyStatement.Insert(
                null,
                name,
                null,
                columns.stream()
                        .map(column ->
                                new ModifyStatement.ColumnTarget(column, List.of(), null, position))
                        .toList(),
                ModifyStatement.Overriding.SYSTEM_VALUE,
                copy.where() == null ? source : filtered(source),
                null,
                List.of(),
                position);
    }

    private SelectStatement filtered(SelectStatement source) {
        return select(
                new TableExpression.DerivedTable(
                        source,
                        false,
                        new TableExpression.TableAlias(tableName, columns, position),
                        position),
                copy.where());
    }

    /// `SELECT columns FROM ONLY t`.
    SelectStatement select() {
        return select(new TableExpression.NamedTable(name, true, null, position), null);
    }

    private SelectStatement select(
            TableExpression from, @org.jspecify.annotations.Nullable Expression where) {
        List<SelectItem> items =
                columns.stream()
                        .map(column ->
                                new SelectItem(
                                        Expression.ColumnReference.of(
                                                QualifiedName.of(column, position)),
                                        null,
                                        position))
                        .toList();
        return SelectStatement.of(
                new QueryBody.SelectCore(
                        QueryBody.Distinct.NONE,
                        items,
                        List.of(from),
                        where,
                        List.of(),
                        false,
                        null,
                        List.of(),
                        position));
    }
}
