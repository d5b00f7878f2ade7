package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.ModifyStatement.ColumnTarget;
import org.cladedb.sql.ast.ModifyStatement.Overriding;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;

/// INSERT.
final class InsertAnalyzer {
    private final QueryScope scope;
    private final StatementState state;

    InsertAnalyzer(QueryScope scope) {
        this.scope = scope;
        this.state = scope.state();
    }

    LogicalNode analyze(ModifyStatement.Insert insert) {
        List<LogicalNode.CommonTable> tables =
                insert.with() == null ? List.of() : new WithAnalyzer(scope).analyze(insert.with());
        WriteTarget target = WriteTarget.find(scope, insert.table(), insert.alias(), "insert into");
        List<Column> columns = columns(insert.columns(), target);
        List<OutputColumn> row = target.newRow(state);
        // Not visible to the source, but what a wrong name in it may have meant.
        scope.rangeTable().add(target.item(scope, row));
        InsertSource source = source(insert, target, columns);
        StoredExpressions stored = new StoredExpressions(state);
        Modification.OnConflict conflict =
                insert.onConflict() == null
                        ? null
                        : new ConflictAnalyzer(scope.child(), target)
                                .analyze(insert.onConflict(), row);
        QueryScope returning = scope.child();
        returning.add(target.item(returning, row));
        Modification.Insert modification =
                new Modification.Insert(
                        target.table(),
                        slotValues(insert, target, source, stored),
                        row,
                        stored.generated(target.table(), row),
                        stored.checks(target.table(), row),
                        conflict,
                        WriteTarget.returning(
                                new ExpressionAnalyzer(returning), insert.returning()));
        LogicalNode node = new LogicalNode.Insert(source.plan(), modification);
        return tables.isEmpty() ? node : new LogicalNode.With(tables, node);
    }

    private static List<Column> columns(List<ColumnTarget> written, WriteTarget target) {
        if (written.isEmpty()) {
            return target.liveColumns();
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnTarget name : written) {
            Column column = target.column(name);
            if (columns.contains(column)) {
                throw new DatabaseException(
                                SqlState.DUPLICATE_COLUMN,
                                "column \"" + name.name() + "\" specified more than once")
                        .at(name.position());
            }
            columns.add(column);
        }
        return columns;
    }

    private InsertSource source(
            ModifyStatement.Insert insert, WriteTarget target, List<Column> columns) {
        SelectStatement query = insert.source();
        if (query == null) {
            return InsertSource.defaults();
        }
        if (query.isPlain() && query.body() instanceof QueryBody.ValuesBody values) {
            return new InsertValues(scope.child(), insert, target, columns).analyze(values);
        }
        return select(insert, query, columns);
    }

    private InsertSource select(
            ModifyStatement.Insert insert, SelectStatement query, List<Column> columns) {
        PendingQuery pending = new SelectAnalyzer(scope.child()).analyze(query);
        List<TargetItem> items = pending.items();
        checkWidth(insert, items.size(), columns.size(), i -> items.get(i).position());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).type().equals(org.cladedb.types.SqlType.UNKNOWN)) {
                pending.resolve(i, columns.get(i).type().withoutModifier());
            }
        }
        List<Integer> positions = pending.items().stream().map(TargetItem::position).toList();
        LogicalNode plan = pending.build();
        Coercion coercion = new Coercion(state);
        Map<Integer, TypedExpression> values = new HashMap<>();
        for (int i = 0; i < positions.size(); i++) {
            Column column = columns.get(i);
            checkGiven(insert.overriding(), column);
            if (isIgnored(insert.overriding(), column)) {
                continue;
            }
            TypedExpression value = plan.columns().get(i).reference();
            values.put(
                    column.number(),
                    coercion.assignment(
                            new Operand(value, positions.get(i)), column.type(), column.name()));
        }
        return new InsertSource(plan, values);
    }

    /// Refuses a source with more columns than the target, or fewer than were named.
    static void checkWidth(
            ModifyStatement.Insert insert,
            int given,
            int wanted,
            java.util.function.IntUnaryOperator position) {
        if (given > wanted) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "INSERT has more expressions than target columns")
                    .at(position.applyAsInt(wanted));
        }
        if (given < wanted && !insert.columns().isEmpty()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "INSERT has more target columns than expressions")
                    .at(insert.columns().get(given).position());
        }
    }

    /// Refuses a value for a column that takes none.
    static void checkGiven(Overriding overriding, Column column) {
        boolean allowed =
                switch (column.generation()) {
                    case NONE, IDENTITY_BY_DEFAULT -> true;
                    case IDENTITY_ALWAYS -> overriding != Overriding.NONE;
                    case STORED -> false;
                };
        if (!allowed) {
            throw GeneratedColumns.cannotInsert(column);
        }
    }

    /// Whether OVERRIDING USER VALUE replaces what is given.
    static boolean isIgnored(Overriding overriding, Column column) {
        return overriding == Overriding.USER_VALUE && column.isIdentity();
    }

    private static List<TypedExpression> slotValues(
            ModifyStatement.Insert insert,
            WriteTarget target,
            InsertSource source,
            StoredExpressions stored) {
        List<TypedExpression> values = new ArrayList<>();
        for (Column column : target.table().columns()) {
            TypedExpression given = source.values().get(column.number());
            values.add(
                    given != null && !isIgnored(insert.overriding(), column)
                            ? given
                            : stored.defaultValue(target.table(), column));
        }
        return values;
    }
}
