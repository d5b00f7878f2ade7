package org.cladedb.session;

import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.sql.ast.Statement;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.IsolationLevel;

/// Runs queries and modifications. Owned by the session's thread.
final class QueryExecution {
    /// How often a statement is run again because rows it wanted to write had changed.
    private static final int RESTARTS_MAX = 1_000;

    private final Session session;

    QueryExecution(Session session) {
        this.session = session;
    }

    /// Starts `portal`, for whose statement the transaction has a statement open already.
    void start(Portal portal) {
        QueryPlan plan = validPlan(portal.prepared());
        if (plan.isModifying()) {
            session.transaction().preventReadOnly(verb(plan));
            modify(portal, plan);
        } else {
            ModificationOperator operator = session.planner().operator(plan);
            StatementContext context = context(portal, plan);
            portal.convertAs(context.types());
            portal.start("SELECT", true, new LiveRows(plan, operator, context));
        }
    }

    private static String verb(QueryPlan plan) {
        return plan.analyzed().kind().name();
    }

    private StatementContext context(Portal portal, QueryPlan plan) {
        return StatementContext.of(session, plan, new WorkCounters(), portal.parameters());
    }

    /// The statement's plan, made again when the catalog or settings changed, with what it names
    /// locked.
    ///
    /// @throws DatabaseException 0A000 when its result would have other columns than described
    QueryPlan validPlan(PreparedStatement prepared) {
        QueryPlan plan = prepared.plan();
        Statement statement = prepared.statement();
        if (plan == null || statement == null) {
            throw new IllegalStateException("a query has a plan");
        }
        DatabaseTransaction transaction = session.transaction().transaction();
        while (plan.isValidAsPrepared(transaction, session.typed())) {
            if (transaction.lock(plan.locks(), true)) {
                return plan;
            }
        }
        return replan(prepared, statement, plan);
    }

    private QueryPlan replan(PreparedStatement prepared, Statement statement, QueryPlan old) {
        QueryPlan replanned = session.planner().plan(statement, prepared.plannedTypes());
        if (!QueryPlanner.sameShape(replanned.columns(), old.columns())) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cached plan must not change result type")
                    .withRoutine("RevalidateCachedQuery");
        }
        prepared.replacePlan(replanned);
        return replanned;
    }

    /// Runs a modification to its end, again and again while it meets rows that changed after its
    /// snapshot (READ COMMITTED), and keeps its rows.
    private void modify(Portal portal, QueryPlan firstPlan) {
        QueryPlan plan = firstPlan;
        for (int restarts = 0; ; restarts++) {
            StoredRows stored =
                    new StoredRows(plan.columns(), session.account(), session.temporaryFiles());
            boolean complete = false;
            try {
                long count = runOnce(portal, plan, stored);
                String tag = QueryPlanner.tag(plan.analyzed().kind());
                portal.convertAs(session.types(session.transaction().transaction().catalog()));
                portal.start(tag + " " + count, false, returnsRows(plan) ? stored : null);
                complete = true;
                return;
            } catch (StaleRowException _) {
                session.transaction().rollbackStatement();
                if (session.transaction().isolation() != IsolationLevel.READ_COMMITTED
                        || restarts >= RESTARTS_MAX) {
                    throw serializationFailure();
                }
                session.control().check();
                session.beginStatement();
                plan = validPlan(portal.prepared());
            } finally {
                if (!complete) {
                    stored.close();
                }
            }
        }
    }

    private static boolean isQuery(QueryPlan plan) {
        return plan.analyzed().kind() == AnalyzedStatement.Kind.SELECT;
    }

    private static boolean returnsRows(QueryPlan plan) {
        return isQuery(plan) || !plan.columns().isEmpty();
    }

    private long runOnce(Portal portal, QueryPlan plan, StoredRows stored) {
        ModificationOperator operator = session.planner().operator(plan);
        long count;
        try {
            operator.open(context(portal, plan));
            // A query makes its last changes when its rows have come to their end.
            if (returnsRows(plan)) {
                while (operator.next()) {
                    stored.add(operator.row());
                }
            }
            count = isQuery(plan) ? stored.size() : operator.affected();
        } finally {
            operator.close();
        }
        session.transaction().endStatement();
        plan.giveBack(operator);
        return count;
    }

    static DatabaseException serializationFailure() {
        return new DatabaseException(
                SqlState.SERIALIZATION_FAILURE,
                "could not serialize access due to concurrent update");
    }
}
