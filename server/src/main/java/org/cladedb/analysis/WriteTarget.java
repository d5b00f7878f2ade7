package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.ModifyStatement.ColumnTarget;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectItem;
import org.jspecify.annotations.Nullable;

/// The table that INSERT, UPDATE or DELETE writes to.
///
/// @param alias what its rows are called
record WriteTarget(Table table, String alias) {

    /// @param verb as in `cannot insert into view`
    static WriteTarget find(
            QueryScope scope, QualifiedName name, @Nullable String alias, String verb) {
        Relation relation =
                new RelationLookup(scope.state().context(), scope.searchPath()).findToWrite(name);
        return switch (relation) {
            case Table table -> new WriteTarget(table, alias == null ? table.name() : alias);
            case View view ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "cannot " + verb + " view \"" + view.name() + "\"")
                            .at(name.position());
            case SystemTable sequence
                    when scope.state().catalog().sequence(sequence.oid()) != null ->
                    throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "cannot change sequence \"" + sequence.name() + "\"");
            case SystemTable system ->
                    throw new DatabaseException(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied for table " + system.name());
        };
    }

    /// The column that is written to.
    Column column(ColumnTarget target) {
        Column column = table.column(target.name());
        if (column == null) {
            DatabaseException missing =
                    new DatabaseException(
                                    SqlState.UNDEFINED_COLUMN,
                                    "column \""
                                            + target.name()
                                            + "\" of relation \""
                                            + table.name()
                                            + "\" does not exist")
                            .at(target.position());
            throw target.field() != null && target.name().equals(alias)
                    ? missing.withHint(
                            "SET target columns cannot be qualified with the relation name.")
                    : missing;
        }
        if (target.field() != null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "cannot assign to field \""
                                    + target.field()
                                    + "\" of column \""
                                    + target.name()
                                    + "\" because its type "
                                    + TypeText.of(column.type())
                                    + " is not a composite type")
                    .at(target.position());
        }
        if (!target.subscripts().isEmpty()) {
            throw ExpressionAnalyzer.unsupported(
                    "assignment to elements of a column is", target.position());
        }
        return column;
    }

    /// The columns that can be written to and named.
    List<Column> liveColumns() {
        return table.columns().stream().filter(column -> !column.dropped()).toList();
    }

    List<OutputColumn> newRow(StatementState state) {
        return RowScope.newRow(state, table.oid(), table.columns());
    }

    RangeItem item(QueryScope scope, List<OutputColumn> row) {
        return RowScope.item(scope, alias, table, table.columns(), row);
    }

    /// RETURNING, over whatever is visible in the scope.
    static List<Assignment> returning(ExpressionAnalyzer expressions, List<SelectItem> returning) {
        if (returning.isEmpty()) {
            return List.of();
        }
        expressions.scope.kind(ExpressionKind.RETURNING);
        List<Assignment> assignments = new ArrayList<>();
        for (TargetItem item : TargetList.analyze(expressions, returning)) {
            TypedExpression value = expressions.coercion.settle(item.operand());
            TargetItem settled = item.with(value);
            assignments.add(new Assignment(settled.column(expressions.state), value));
        }
        return assignments;
    }
}
