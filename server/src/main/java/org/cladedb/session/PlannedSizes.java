package org.cladedb.session;

import java.util.HashMap;
import java.util.Map;
import org.cladedb.catalog.Table;
import org.cladedb.plan.physical.Statistics;
import org.cladedb.txn.DatabaseTransaction;

/// How large tables were when a plan was made of them: the plan is made anew when one of them has
/// grown or shrunk several times. Owned by the session's thread.
///
/// Looked at again only when so much has been written that it may matter, so that a plan which is
/// used often is checked by comparing two numbers.
final class PlannedSizes implements Statistics {
    /// A table that is small or empty now may be filled before the plan is looked at again.
    private static final double ROWS_MIN = 100;

    private static final double TIMES = 8;

    private static final long BYTES_BETWEEN_LOOKS = 64 << 10;

    private final DatabaseTransaction transaction;
    private final int assumedRows;
    private final Map<Integer, Double> rows = new HashMap<>();
    private long written;

    /// @param assumedRows what every table is taken to have; 0 to have it estimated
    PlannedSizes(DatabaseTransaction transaction, int assumedRows) {
        this.transaction = transaction;
        this.assumedRows = assumedRows;
        written = transaction.writtenBytes();
    }

    @Override
    public double rows(Table table) {
        return rows.computeIfAbsent(table.oid(), _ -> rows(table, transaction));
    }

    private double rows(Table table, DatabaseTransaction now) {
        return assumedRows > 0 ? assumedRows : Math.max(ROWS_MIN, now.estimateRows(table));
    }

    /// Whether a plan made by these sizes is still a good one.
    boolean areGood(DatabaseTransaction now, int assumedRowsNow) {
        if (assumedRows != assumedRowsNow) {
            return false;
        }
        long writtenNow = now.writtenBytes();
        if (assumedRows > 0 || Math.abs(writtenNow - written) < BYTES_BETWEEN_LOOKS) {
            return true;
        }
        for (Map.Entry<Integer, Double> planned : rows.entrySet()) {
            Table table = now.catalog().table(planned.getKey());
            double rowsNow = table == null ? 0 : rows(table, now);
            if (rowsNow > planned.getValue() * TIMES || rowsNow * TIMES < planned.getValue()) {
                return false;
            }
        }
        written = writtenNow;
        return true;
    }
}
