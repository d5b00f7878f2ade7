package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.plan.Planner;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.plan.physical.Statistics;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.storage.group.Shop;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.TypeContext;

/// Runs SQL on a database in memory, each statement in a transaction of its own.
final class SqlRunner implements AutoCloseable {
    final Shop shop = new Shop();

    /// The rows of a statement as text, or of a modification without RETURNING `affected n`.
    List<String> run(String sql) {
        return run(transaction -> plan(sql, transaction));
    }

    /// Runs `WITH gone AS (modification) body`; the body may scan common table 77.
    List<String> runWith(String modification, PhysicalNode body) {
        return run(transaction ->
                new PhysicalNode.With(
                        List.of(
                                new PhysicalNode.CommonTable(
                                        77, "gone", plan(modification, transaction), null, false)),
                        body));
    }

    /// The plan of a query.
    PhysicalNode plan(String sql) {
        List<PhysicalNode> plans = new ArrayList<>();
        shop.run(transaction -> plans.add(plan(sql, transaction)));
        return plans.getFirst();
    }

    private List<String> run(Function<DatabaseTransaction, PhysicalNode> plan) {
        List<String> rows = new ArrayList<>();
        shop.run(transaction -> {
            rows.clear();
            run(plan.apply(transaction), transaction, rows);
        });
        return rows;
    }

    private static void run(PhysicalNode plan, DatabaseTransaction transaction, List<String> rows) {
        try (ModificationOperator operator = PlanCompiler.compile(plan, Plans.REGISTRY)) {
            operator.open(TestContext.in(transaction));
            while (operator.next()) {
                rows.add(Plans.show(plan.columns(), operator.row()));
            }
            if (plan.columns().isEmpty()) {
                rows.add("affected " + operator.affected());
            }
        }
    }

    private static PhysicalNode plan(String sql, DatabaseTransaction transaction) {
        AnalysisContext context =
                new AnalysisContext(
                        transaction.catalog(),
                        SystemRelations.NONE,
                        List.of("pg_catalog", "public"),
                        Plans.REGISTRY,
                        List.of(),
                        "postgres",
                        TypeContext.DEFAULT);
        AnalyzedStatement analyzed =
                Analyzer.analyze(SqlParser.parse(sql).getFirst().statement(), context);
        return new Planner().plan(analyzed.plan(), transaction.catalog(), Statistics.ASSUMED);
    }

    @Override
    public void close() {
        shop.close();
    }
}
