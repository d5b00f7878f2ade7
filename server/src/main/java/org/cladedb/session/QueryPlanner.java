package org.cladedb.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.analysis.RelationUses;
import org.cladedb.catalog.CatalogReads;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.CompiledRowRules;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.exec.PlanCompiler;
import org.cladedb.plan.Planner;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.sql.ast.Statement;
import org.cladedb.storage.group.RowRules;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.RelationLock;
import org.cladedb.txn.TableLockMode;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Takes a statement from its syntax tree to a [QueryPlan]. Owned by the session's thread.
final class QueryPlanner {
    private final Session session;
    private final Planner planner = new Planner();

    QueryPlanner(Session session) {
        this.session = session;
    }

    /// What statements are analysed against now.
    AnalysisContext analysisContext(
            CatalogSnapshot catalog, List<SqlType> parameterTypes, boolean takesParameters) {
        return new AnalysisContext(
                catalog,
                session.services().systemTables().relations(),
                session.typed().lookupPath(),
                session.services().functions(),
                parameterTypes,
                takesParameters,
                session.identity().user(),
                session.types(catalog));
    }

    /// Analyses and plans a query or modification against the catalog of the transaction, with what
    /// it names locked.
    QueryPlan plan(Statement statement, List<SqlType> parameterTypes) {
        return locked(() -> plan(statement, parameterTypes, true));
    }

    /// The same for what cannot have parameters.
    QueryPlan planWithoutParameters(Statement statement) {
        return locked(() -> plan(statement, List.of(), false));
    }

    /// The same for a part of the statement that runs, which has locked what it needs.
    QueryPlan planPart(Statement statement) {
        return session.stack().prepare(() -> plan(statement, List.of(), true)).plan();
    }

    /// Makes a plan until nobody has to be waited for to lock what it names: by then others may
    /// have changed it.
    private QueryPlan locked(Supplier<Attempt> planning) {
        while (true) {
            Attempt attempt = session.stack().prepare(planning);
            if (lock(attempt.locks, attempt.uses)) {
                return attempt.plan();
            }
        }
    }

    private boolean lock(List<RelationLock> locks, RelationUses uses) {
        Iterator<Integer> positions =
                Stream.concat(uses.written().values().stream(), uses.read().values().stream())
                        .iterator();
        boolean atOnce = true;
        for (RelationLock lock : locks) {
            int position = positions.next();
            try {
                atOnce &= session.transaction().transaction().lock(List.of(lock), true);
            } catch (DatabaseException failure) {
                throw failure.state() == SqlState.QUERY_CANCELED || position < 0
                        ? failure
                        : failure.at(position);
            }
        }
        return atOnce;
    }

    /// What came of planning.
    ///
    /// @param uses what `locks` are for
    /// @param made null when it failed
    private record Attempt(
            RelationUses uses,
            List<RelationLock> locks,
            @Nullable QueryPlan made,
            @Nullable DatabaseException failure) {
        QueryPlan plan() {
            if (made == null) {
                throw failure == null ? new IllegalStateException("no plan") : failure;
            }
            return made;
        }
    }

    private Attempt plan(
            Statement statement, List<SqlType> parameterTypes, boolean takesParameters) {
        CatalogSnapshot catalog = session.transaction().transaction().catalog();
        CatalogReads reads = new CatalogReads();
        CatalogSnapshot recorded = catalog.recordedBy(reads);
        AnalysisContext context = analysisContext(recorded, parameterTypes, takesParameters);
        try {
            AnalyzedStatement analyzed = Analyzer.analyze(statement, context);
            PlannedSizes sizes = sizes();
            PhysicalNode physical = planner.plan(analyzed.plan(), recorded, sizes);
            reads.end();
            List<RelationLock> locks = locks(context.uses());
            return new Attempt(
                    context.uses(),
                    locks,
                    plan(analyzed, physical, catalog, reads, sizes, locks),
                    null);
        } catch (DatabaseException failure) {
            if (!failure.state().code().startsWith("42")
                    || failure.state() == SqlState.STATEMENT_TOO_COMPLEX) {
                throw failure;
            }
            // What is missing may be about to come from who has locked the relation.
            return new Attempt(context.uses(), locks(context.uses()), null, failure);
        }
    }

    /// The locks for what a statement names.
    private List<RelationLock> locks(RelationUses uses) {
        DatabaseTransaction transaction = session.transaction().transaction();
        List<RelationLock> locks = new ArrayList<>();
        uses.written()
                .forEach((oid, _) ->
                        locks.add(transaction.relationLock(oid, TableLockMode.ROW_EXCLUSIVE)));
        uses.read()
                .forEach((oid, _) ->
                        locks.add(transaction.relationLock(oid, TableLockMode.ACCESS_SHARE)));
        return List.copyOf(locks);
    }

    /// Plans what was analysed already, to be run once.
    QueryPlan plan(AnalyzedStatement analyzed, CatalogSnapshot catalog) {
        PlannedSizes sizes = sizes();
        return plan(
                analyzed,
                planner.plan(analyzed.plan(), catalog, sizes),
                catalog,
                CatalogReads.everything(),
                sizes,
                List.of());
    }

    private PlannedSizes sizes() {
        return new PlannedSizes(
                session.transaction().transaction(), session.typed().assumedTableRows());
    }

    private QueryPlan plan(
            AnalyzedStatement analyzed,
            PhysicalNode physical,
            CatalogSnapshot catalog,
            CatalogReads reads,
            PlannedSizes sizes,
            List<RelationLock> locks) {
        session.services().statementsPlanned().incrementAndGet();
        return new QueryPlan(
                analyzed,
                physical,
                catalog,
                reads,
                session.typed().searchPath(),
                session.typed().conversions(),
                sizes,
                locks,
                columns(analyzed.plan()),
                isModifying(analyzed.plan()));
    }

    /// An operator for the plan, new or used before.
    ModificationOperator operator(QueryPlan plan) {
        ModificationOperator idle = plan.takeIdle();
        return idle == null ? compile(plan.physical()) : idle;
    }

    /// What `table` asks of each row by itself, in the statement of `context`.
    RowRules rowRules(Table table, StatementContext context) {
        return CompiledRowRules.compile(
                Analyzer.rules(table, analysisContext(context.catalogSnapshot(), List.of(), false)),
                session.services().functions(),
                context);
    }

    private ModificationOperator compile(PhysicalNode plan) {
        return PlanCompiler.compile(plan, session.services().functions());
    }

    private static List<ResultColumn> columns(LogicalNode plan) {
        List<ResultColumn> columns = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            columns.add(ResultColumn.of(column, resultType(column.type())));
        }
        return columns;
    }

    /// Nested results are sent as json.
    private static SqlType resultType(SqlType type) {
        return type.isNestedResult() ? SqlType.JSON : type;
    }

    private static boolean isModifying(LogicalNode node) {
        return switch (node) {
            case LogicalNode.Insert _, LogicalNode.Update _, LogicalNode.Delete _ -> true;
            case LogicalNode.With with ->
                    with.tables().stream().anyMatch(table -> isModifying(table.plan()))
                            || isModifying(with.body());
            case LogicalNode.SingleRow _,
                    LogicalNode.TableScan _,
                    LogicalNode.SystemScan _,
                    LogicalNode.Values _,
                    LogicalNode.FunctionScan _,
                    LogicalNode.Filter _,
                    LogicalNode.Project _,
                    LogicalNode.ProjectSet _,
                    LogicalNode.Join _,
                    LogicalNode.Aggregate _,
                    LogicalNode.Window _,
                    LogicalNode.Sort _,
                    LogicalNode.Limit _,
                    LogicalNode.Distinct _,
                    LogicalNode.SetOperation _,
                    LogicalNode.CommonTableScan _ ->
                    false;
        };
    }

    /// The command tag without counts.
    static String tag(AnalyzedStatement.Kind kind) {
        return switch (kind) {
            case SELECT -> "SELECT";
            case INSERT -> "INSERT 0";
            case UPDATE -> "UPDATE";
            case DELETE -> "DELETE";
        };
    }

    /// Whether the results have the same columns.
    static boolean sameShape(List<ResultColumn> first, List<ResultColumn> second) {
        if (first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (!first.get(i).name().equals(second.get(i).name())
                    || !first.get(i).type().equals(second.get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
