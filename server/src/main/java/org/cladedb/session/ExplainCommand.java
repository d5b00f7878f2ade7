package org.cladedb.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.exec.PlanCompiler;
import org.cladedb.exec.PlanProfile;
import org.cladedb.exec.explain.PlanExplainer;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.storage.group.WorkCounters;

/// EXPLAIN. With ANALYZE the statement is really run, as in PostgreSQL.
final class ExplainCommand {
    private final Session session;

    ExplainCommand(Session session) {
        this.session = session;
    }

    UtilityResult execute(Explain explain, Portal portal) {
        ExplainOptions options = ExplainOptions.of(explain.options());
        Statement statement = explain.statement();
        if (!(statement instanceof SelectStatement || statement instanceof ModifyStatement)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "EXPLAIN of this kind of statement is not supported yet");
        }
        session.beginStatement();
        QueryPlan plan = session.planner().plan(statement, portal.prepared().parameterTypes());
        List<String> lines =
                options.analyze() ? run(plan, options, portal) : describe(plan, options);
        session.transaction().endStatement();
        return UtilityResult.of("EXPLAIN", StoredRows.ofTexts(lines));
    }

    private static List<String> describe(QueryPlan plan, ExplainOptions options) {
        return options.json()
                ? List.of(PlanExplainer.json(plan.physical(), null, false, Map.of()))
                : PlanExplainer.text(plan.physical(), null, false);
    }

    private List<String> run(QueryPlan plan, ExplainOptions options, Portal portal) {
        if (plan.isModifying()) {
            session.transaction().preventReadOnly("EXPLAIN ANALYZE");
        }
        PhysicalNode physical = plan.physical();
        PlanProfile profile = new PlanProfile();
        WorkCounters work = new WorkCounters();
        StatementContext context = StatementContext.of(session, plan, work, portal.parameters());
        long started = context.clockMicros();
        try (ModificationOperator operator =
                PlanCompiler.compile(physical, session.services().functions(), profile)) {
            operator.open(context);
            while (operator.next()) {
                context.checkCancelled();
            }
        }
        long spent = context.clockMicros() - started;
        if (options.json()) {
            Map<String, String> more = new LinkedHashMap<>();
            if (options.work()) {
                more.put("Work", json(work));
            }
            if (options.summary()) {
                more.put("Execution Time", millis(spent));
            }
            return List.of(PlanExplainer.json(physical, profile, options.timing(), more));
        }
        List<String> lines =
                new ArrayList<>(PlanExplainer.text(physical, profile, options.timing()));
        if (options.work()) {
            lines.add("Work: " + work);
        }
        if (options.summary()) {
            lines.add("Execution Time: " + millis(spent) + " ms");
        }
        return lines;
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.3f", micros / 1000.0);
    }

    private static String json(WorkCounters work) {
        return "{\"Keys Read\": %d, \"Ranges Opened\": %d, \"Rows Read\": %d, \"Bytes Read\": %d, \"Point Reads\": %d}"
                .formatted(
                        work.keysRead,
                        work.rangesOpened,
                        work.rowsRead,
                        work.bytesRead,
                        work.pointReads);
    }
}
