package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.WithClause;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;

/// WITH: each common table is defined in the scope of the statement and becomes visible to those
/// after it.
final class WithAnalyzer {
    private final QueryScope scope;
    private final StatementState state;

    WithAnalyzer(QueryScope scope) {
        this.scope = scope;
        this.state = scope.state();
    }

    List<LogicalNode.CommonTable> analyze(WithClause with) {
        Set<String> names = new HashSet<>();
        for (CommonTableExpression table : with.tables()) {
            if (!names.add(table.name())) {
                throw new DatabaseException(
                                SqlState.DUPLICATE_ALIAS,
                                "WITH query name \"" + table.name() + "\" specified more than once")
                        .at(table.position());
            }
        }
        scope.laterCommonTables().addAll(names);
        List<LogicalNode.CommonTable> tables = new ArrayList<>();
        List<CommonTableExpression> sorted =
                with.recursive() ? RecursiveReferences.sorted(with) : with.tables();
        for (CommonTableExpression table : sorted) {
            if (table.statement() instanceof SelectStatement query) {
                if (with.recursive()
                        && !RecursiveReferences.of(query, Set.of(table.name())).isEmpty()) {
                    tables.addAll(recursive(table, query));
                } else {
                    tables.add(plain(table, query));
                }
            } else {
                tables.add(modifying(table, with));
            }
        }
        return tables;
    }

    private LogicalNode.CommonTable plain(CommonTableExpression table, SelectStatement query) {
        LogicalNode plan = new SelectAnalyzer(scope.child()).analyze(query).buildSettled();
        return defined(table, plan, true, isMaterialized(table));
    }

    private LogicalNode.CommonTable defined(
            CommonTableExpression table, LogicalNode plan, boolean hasRows, boolean materialized) {
        int id = state.newCommonTableId();
        scope.define(
                new CommonTableDefinition(
                        id, table.name(), named(table, plan.columns()), false, hasRows));
        return new LogicalNode.CommonTable(id, table.name(), plan, null, false, materialized);
    }

    /// A table of the rows that a modification returns. It is made once, whoever reads it.
    private LogicalNode.CommonTable modifying(CommonTableExpression table, WithClause with) {
        if (scope.parent() != null) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "WITH clause containing a data-modifying statement must be at the top"
                                    + " level")
                    .at(table.position());
        }
        if (state.resolutions() != null) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "views must not contain data-modifying statements in WITH");
        }
        if (with.recursive()) {
            throw ExpressionAnalyzer.unsupported(
                    "data-modifying statements in WITH RECURSIVE are", table.position());
        }
        QueryScope inside = scope.child();
        return switch (table.statement()) {
            case ModifyStatement.Insert insert ->
                    defined(
                            table,
                            new InsertAnalyzer(inside).analyze(insert),
                            !insert.returning().isEmpty(),
                            true);
            case ModifyStatement.Update update ->
                    defined(
                            table,
                            new UpdateAnalyzer(inside).update(update),
                            !update.returning().isEmpty(),
                            true);
            case ModifyStatement.Delete delete ->
                    defined(
                            table,
                            new UpdateAnalyzer(inside).delete(delete),
                            !delete.returning().isEmpty(),
                            true);
            default ->
                    throw new IllegalStateException(
                            "no common table of a " + table.statement().getClass().getSimpleName());
        };
    }

    private static boolean isMaterialized(CommonTableExpression table) {
        return table.materialization() == CommonTableExpression.Materialization.ALWAYS;
    }

    private static List<OutputColumn> named(
            CommonTableExpression table, List<OutputColumn> columns) {
        if (table.columns().size() > columns.size()) {
            throw new DatabaseException(
                            SqlState.INVALID_COLUMN_REFERENCE,
                            "WITH query \""
                                    + table.name()
                                    + "\" has "
                                    + columns.size()
                                    + " columns available but "
                                    + table.columns().size()
                                    + " columns specified")
                    .at(table.position());
        }
        List<OutputColumn> renamed = new ArrayList<>(columns);
        for (int i = 0; i < table.columns().size(); i++) {
            renamed.set(i, columns.get(i).named(table.columns().get(i)));
        }
        return renamed;
    }

    /// A `first UNION [ALL] second` whose second part reads the table itself, after the tables that
    /// a WITH in front of `first` defines.
    private List<LogicalNode.CommonTable> recursive(
            CommonTableExpression table, SelectStatement query) {
        if (!(query.body() instanceof QueryBody.SetOperation operation)
                || operation.operator() != QueryBody.SetOperator.UNION) {
            throw new DatabaseException(
                            SqlState.INVALID_RECURSION,
                            "recursive query \""
                                    + table.name()
                                    + "\" does not have the form non-recursive-term UNION [ALL]"
                                    + " recursive-term")
                    .at(table.position());
        }
        requirePlain(query);
        RecursiveReferences.check(query.with(), operation, table.name());
        QueryScope inside = query.with() == null ? scope : scope.child();
        List<LogicalNode.CommonTable> tables = new ArrayList<>();
        if (query.with() != null) {
            tables.addAll(new WithAnalyzer(inside).analyze(query.with()));
        }
        PendingQuery pending = new SelectAnalyzer(inside).side(operation.left());
        pending.settle();
        List<Integer> positions = pending.items().stream().map(TargetItem::position).toList();
        LogicalNode first = pending.build();
        int id = state.newCommonTableId();
        List<OutputColumn> columns = named(table, first.columns());
        inside.define(new CommonTableDefinition(id, table.name(), columns, true, true));
        PendingQuery second = new SelectAnalyzer(inside).side(operation.right());
        if (first.columns().size() != second.items().size()) {
            throw SetOperationAnalyzer.unequalColumns(
                    "UNION",
                    second.items().isEmpty()
                            ? operation.right().position()
                            : second.items().getFirst().position());
        }
        matchTypes(table, first.columns(), second, positions);
        LogicalNode next =
                SetOperationAnalyzer.convert(
                        state,
                        second,
                        first.columns().stream().map(OutputColumn::type).toList(),
                        "UNION");
        scope.define(new CommonTableDefinition(id, table.name(), columns, false, true));
        tables.add(
                new LogicalNode.CommonTable(
                        id, table.name(), first, next, operation.all(), isMaterialized(table)));
        return tables;
    }

    private static void requirePlain(SelectStatement query) {
        if (!query.orderBy().isEmpty()) {
            throw notImplemented("ORDER BY", query.orderBy().getFirst().position());
        }
        if (query.offset() != null) {
            throw notImplemented("OFFSET", SourcePositions.start(query.offset()));
        }
        if (query.limit() != null) {
            throw notImplemented("LIMIT", SourcePositions.start(query.limit()));
        }
        if (!query.locking().isEmpty()) {
            throw notImplemented("FOR UPDATE/SHARE", -1);
        }
    }

    private static DatabaseException notImplemented(String clause, int position) {
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        clause + " in a recursive query is not implemented")
                .at(position);
    }

    private void matchTypes(
            CommonTableExpression table,
            List<OutputColumn> first,
            PendingQuery second,
            List<Integer> positions) {
        Coercion coercion = new Coercion(state);
        for (int i = 0; i < first.size(); i++) {
            SqlType wanted = first.get(i).type();
            if (second.items().get(i).type().kind() == TypeKind.UNKNOWN) {
                second.resolve(i, wanted);
            }
            SqlType overall =
                    coercion.commonType(
                            List.of(
                                    new Operand(first.get(i).reference(), positions.get(i)),
                                    second.items().get(i).operand()),
                            "UNION");
            if (!overall.equals(wanted)) {
                throw new DatabaseException(
                                SqlState.DATATYPE_MISMATCH,
                                "recursive query \""
                                        + table.name()
                                        + "\" column "
                                        + (i + 1)
                                        + " has type "
                                        + TypeNames.format(wanted)
                                        + " in non-recursive term but type "
                                        + TypeNames.format(overall)
                                        + " overall")
                        .withHint("Cast the output of the non-recursive term to the correct type.")
                        .at(positions.get(i));
            }
        }
    }
}
