package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.CatalogReads;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Table;
import org.cladedb.exec.CompiledRowRules;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.exec.PlanCompiler;
import org.cladedb.plan.Planner;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.sql.ast.Statement;
import org.cladedb.storage.group.RowRules;
import org.cladedb.types.SqlType;

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

    /// Analyses and plans a query or modification.
    QueryPlan plan(Statement statement, List<SqlType> parameterTypes, CatalogSnapshot catalog) {
        return session.stack().prepare(() -> plan(statement, parameterTypes, true, catalog));
    }

    /// Analyses and plans what cannot have parameters.
    QueryPlan planWithoutParameters(Statement statement, CatalogSnapshot catalog) {
        return session.stack().prepare(() -> plan(statement, List.of(), false, catalog));
    }

    private QueryPlan plan(
            Statement statement,
            List<SqlType> parameterTypes,
            boolean takesParameters,
            CatalogSnapshot catalog) {
        CatalogReads reads = new CatalogReads();
        CatalogSnapshot recorded = catalog.recordedBy(reads);
        AnalyzedStatement analyzed =
                Analyzer.analyze(
                        statement, analysisContext(recorded, parameterTypes, takesParameters));
        PhysicalNode physical = planner.plan(analyzed.plan(), recorded);
        reads.end();
        return plan(analyzed, physical, catalog, reads);
    }

    /// Plans what was analysed already, to be run once.
    QueryPlan plan(AnalyzedStatement analyzed, CatalogSnapshot catalog) {
        return plan(
                analyzed,
                planner.plan(analyzed.plan(), catalog),
                catalog,
                CatalogReads.everything());
    }

    private QueryPlan plan(
            AnalyzedStatement analyzed,
            PhysicalNode physical,
            CatalogSnapshot catalog,
            CatalogReads reads) {
        session.services().statementsPlanned().incrementAndGet();
        return new QueryPlan(
                analyzed,
                physical,
                catalog,
                reads,
                circumstances(),
                columns(analyzed.plan()),
                isModifying(analyzed.plan()));
    }

    /// The settings that the analysis of a statement depends on.
    String circumstances() {
        TypedSettings typed = session.typed();
        return typed.conversions() + "|" + typed.searchPath();
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
