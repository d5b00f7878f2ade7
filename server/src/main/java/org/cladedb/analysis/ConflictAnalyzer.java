package org.cladedb.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints.KeyConstraint;
import org.cladedb.catalog.Index;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.IndexElement;
import org.cladedb.sql.ast.ModifyStatement.ConflictTarget;
import org.cladedb.sql.ast.ModifyStatement.OnConflict;
import org.cladedb.types.SqlType;

/// ON CONFLICT.
///
/// The update's new row has the same columns as the insert's, so that RETURNING and the checks mean
/// whichever row was written.
final class ConflictAnalyzer {
    private final QueryScope scope;
    private final StatementState state;
    private final WriteTarget target;

    /// @param scope a level of its own
    ConflictAnalyzer(QueryScope scope, WriteTarget target) {
        this.scope = scope;
        this.state = scope.state();
        this.target = target;
    }

    Modification.OnConflict analyze(OnConflict conflict, List<OutputColumn> newRow) {
        List<OutputColumn> existing = target.newRow(state);
        List<OutputColumn> excluded = RowScope.newRow(state, 0, target.table().columns());
        scope.add(target.item(scope, existing));
        int index = arbiter(conflict);
        if (conflict.doNothing()) {
            return new Modification.OnConflict(index, null, excluded);
        }
        scope.add(RowScope.item(scope, "excluded", null, target.table().columns(), excluded));
        ExpressionAnalyzer expressions = new ExpressionAnalyzer(scope);
        TypedExpression condition =
                conflict.where() == null
                        ? null
                        : expressions.condition(conflict.where(), ExpressionKind.WHERE, "WHERE");
        StoredExpressions stored = new StoredExpressions(state);
        Modification.Update update =
                new Modification.Update(
                        target.table(),
                        state.column("locator", SqlType.BYTEA),
                        existing,
                        SetClause.analyze(expressions, target, conflict.assignments()),
                        condition,
                        newRow,
                        stored.generated(target.table(), newRow),
                        stored.checks(target.table(), newRow),
                        List.of());
        return new Modification.OnConflict(index, update, excluded);
    }

    /// The OID of the unique index whose violation is meant; 0 for any.
    private int arbiter(OnConflict conflict) {
        ConflictTarget wanted = conflict.target();
        if (wanted == null) {
            if (conflict.doNothing()) {
                return 0;
            }
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "ON CONFLICT DO UPDATE requires inference specification or constraint"
                                    + " name")
                    .withHint("For example, ON CONFLICT (column_name).")
                    .at(conflict.position());
        }
        return wanted.constraint() != null ? constraint(wanted.constraint()) : inferred(wanted);
    }

    private int constraint(String name) {
        for (KeyConstraint key : target.table().constraints().keys()) {
            if (key.name().equals(name)) {
                return key.indexOid();
            }
        }
        throw new DatabaseException(
                SqlState.UNDEFINED_OBJECT,
                "constraint \""
                        + name
                        + "\" for table \""
                        + target.table().name()
                        + "\" does not exist");
    }

    private int inferred(ConflictTarget wanted) {
        if (wanted.where() != null) {
            new ExpressionAnalyzer(scope)
                    .condition(wanted.where(), ExpressionKind.INDEX_PREDICATE, "WHERE");
        }
        Set<Integer> slots = new HashSet<>();
        for (IndexElement element : wanted.elements()) {
            slots.add(slot(element, wanted.position()));
        }
        for (Index index : target.table().indexes()) {
            if (index.unique() && index.predicate() == null && slots.equals(slots(index))) {
                return index.oid();
            }
        }
        throw new DatabaseException(
                SqlState.INVALID_COLUMN_REFERENCE,
                "there is no unique or exclusion constraint matching the ON CONFLICT"
                        + " specification");
    }

    private static Set<Integer> slots(Index index) {
        Set<Integer> slots = new HashSet<>();
        index.columns().forEach(column -> slots.add(column.slot()));
        return slots;
    }

    private int slot(IndexElement element, int position) {
        if (!(element.expression() instanceof Expression.ColumnReference reference)
                || reference.name().isQualified()) {
            throw ExpressionAnalyzer.unsupported(
                    "expressions in ON CONFLICT are", element.position());
        }
        Column column = target.table().column(reference.name().last());
        if (column == null) {
            throw ColumnSuggestions.missingColumn(scope, null, reference.name().last(), position);
        }
        return column.number();
    }
}
