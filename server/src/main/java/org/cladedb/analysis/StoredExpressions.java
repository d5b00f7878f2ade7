package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints.CheckConstraint;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.CastContext;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.stored.StoredNames;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The expressions that belong to a table: defaults, generated columns and checks.
final class StoredExpressions {
    private final StatementState state;
    private final Coercion coercion;

    StoredExpressions(StatementState state) {
        this.state = state;
        this.coercion = new Coercion(state);
    }

    /// What a column gets when nothing is given; NULL without a default, and for generated and
    /// dropped columns.
    TypedExpression defaultValue(Table table, Column column) {
        if (column.dropped() || column.generation() == Column.Generation.STORED) {
            return nullOf(column.type());
        }
        if (column.isIdentity()) {
            return nextValue(table, column);
        }
        String text = column.defaultExpression();
        if (text == null) {
            return nullOf(column.type());
        }
        return StoredText.withoutPosition(() ->
                new StoredExpressions(state.forStoredText())
                        .defaultValue(StoredText.parse(text), column.name(), column.type()));
    }

    static TypedExpression nullOf(SqlType type) {
        return new TypedExpression.Constant(new Datum(), type);
    }

    TypedExpression defaultValue(Expression written, String columnName, SqlType type) {
        QueryScope scope = QueryScope.root(state);
        TypedExpression value =
                new ExpressionAnalyzer(scope).analyze(written, ExpressionKind.DEFAULT);
        Operand operand = new Operand(value, SourcePositions.start(written));
        TypedExpression converted = coercion.tryConvert(operand, type, CastContext.ASSIGNMENT);
        if (converted == null) {
            throw mismatch(columnName, type, operand, "default expression");
        }
        return converted;
    }

    private static DatabaseException mismatch(
            String columnName, SqlType type, Operand operand, String what) {
        return new DatabaseException(
                        SqlState.DATATYPE_MISMATCH,
                        "column \""
                                + columnName
                                + "\" is of type "
                                + TypeText.of(type)
                                + " but "
                                + what
                                + " is of type "
                                + TypeText.of(operand.type()))
                .withHint("You will need to rewrite or cast the expression.");
    }

    /// The next value of an identity column's sequence.
    private TypedExpression nextValue(Table table, Column column) {
        Sequence sequence = state.catalog().identitySequence(table, column);
        if (sequence == null) {
            throw new DatabaseException(
                    SqlState.INTERNAL_ERROR,
                    "no sequence for identity column \"" + column.name() + "\"");
        }
        Operand oid =
                new Operand(
                        new TypedExpression.Constant(
                                Datum.ofLong(sequence.oid()), SqlType.REGCLASS),
                        -1);
        TypedExpression next =
                new ExpressionAnalyzer(QueryScope.root(state))
                        .functions.scalar("nextval", List.of(oid), -1);
        return coercion.assignment(new Operand(next, -1), column.type(), column.name());
    }

    /// The stored generated columns over the columns of a row.
    List<Modification.Generated> generated(Table table, List<OutputColumn> row) {
        List<Modification.Generated> generated = new ArrayList<>();
        for (Column column : table.columns()) {
            String text = column.defaultExpression();
            if (column.generation() != Column.Generation.STORED
                    || column.dropped()
                    || text == null) {
                continue;
            }
            ExpressionAnalyzer expressions = overStored(table, row);
            TypedExpression value =
                    StoredText.withoutPosition(() ->
                            new StoredExpressions(expressions.state)
                                    .generated(expressions, StoredText.parse(text), column));
            generated.add(new Modification.Generated(column.number(), value));
        }
        return generated;
    }

    TypedExpression generated(ExpressionAnalyzer expressions, Expression written, Column column) {
        TypedExpression value = expressions.analyze(written, ExpressionKind.GENERATED);
        Operand operand = new Operand(value, SourcePositions.start(written));
        TypedExpression converted =
                coercion.tryConvert(operand, column.type(), CastContext.ASSIGNMENT);
        if (converted == null) {
            throw mismatch(column.name(), column.type(), operand, "generation expression");
        }
        return converted;
    }

    /// The CHECK constraints over the columns of a row.
    List<Modification.Check> checks(Table table, List<OutputColumn> row) {
        List<Modification.Check> checks = new ArrayList<>();
        // The first in the order of names is the one that is reported.
        List<CheckConstraint> ordered =
                table.constraints().checks().stream()
                        .filter(CheckConstraint::enforced)
                        .sorted(Comparator.comparing(CheckConstraint::name))
                        .toList();
        for (CheckConstraint check : ordered) {
            ExpressionAnalyzer expressions = overStored(table, row);
            TypedExpression condition =
                    StoredText.withoutPosition(() ->
                            expressions.condition(
                                    StoredText.parse(check.expression()),
                                    ExpressionKind.CHECK,
                                    "CHECK"));
            checks.add(new Modification.Check(check.name(), condition));
        }
        return checks;
    }

    /// For stored expressions over one row of a table.
    private ExpressionAnalyzer overStored(Table table, List<OutputColumn> row) {
        return new StoredExpressions(state.forStoredText())
                .overRow(
                        StoredNames.range(1, null),
                        StoredText.numbered(table.columns()),
                        null,
                        row);
    }

    /// For expressions over one row of a table.
    ExpressionAnalyzer overRow(
            String name,
            List<Column> columns,
            org.cladedb.catalog.@org.jspecify.annotations.Nullable Relation relation,
            List<OutputColumn> row) {
        QueryScope scope = QueryScope.root(state);
        scope.add(RowScope.item(scope, name, relation, columns, row));
        return new ExpressionAnalyzer(scope);
    }
}
