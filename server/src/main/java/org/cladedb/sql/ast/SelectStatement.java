package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query with all its clauses; also every subquery.
///
/// @param with null without WITH
/// @param limit null for no limit (also `LIMIT ALL`)
/// @param withTies `FETCH FIRST n ROWS WITH TIES`
public record SelectStatement(
        @Nullable WithClause with,
        QueryBody body,
        List<OrderItem> orderBy,
        @Nullable Expression limit,
        boolean withTies,
        @Nullable Expression offset,
        List<LockingClause> locking,
        int position)
        implements Statement {
    public SelectStatement {
        orderBy = List.copyOf(orderBy);
        locking = List.copyOf(locking);
    }

    /// A query that is nothing but its body.
    public static SelectStatement of(QueryBody body) {
        return new SelectStatement(
                null, body, List.of(), null, false, null, List.of(), body.position());
    }

    /// Whether the body is all there is.
    public boolean isPlain() {
        return with == null
                && orderBy.isEmpty()
                && limit == null
                && offset == null
                && locking.isEmpty();
    }

    /// `FOR UPDATE [OF tables] [NOWAIT | SKIP LOCKED]`.
    ///
    /// @param tables the names after OF; empty for all
    public record LockingClause(
            LockStrength strength, List<QualifiedName> tables, LockWait waiting, int position) {
        public LockingClause {
            tables = List.copyOf(tables);
        }
    }

    public enum LockStrength {
        KEY_SHARE,
        SHARE,
        NO_KEY_UPDATE,
        UPDATE
    }

    public enum LockWait {
        BLOCK,
        NOWAIT,
        SKIP_LOCKED
    }
}
