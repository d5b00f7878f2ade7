package org.cladedb.session;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.types.Datum;

/// DECLARE, FETCH, MOVE and CLOSE. Cursors go forward only.
final class CursorCommands {
    private static final int[] TEXT = {0};
    private static final int[] BINARY = {1};

    private final Session session;

    CursorCommands(Session session) {
        this.session = session;
    }

    UtilityResult execute(CursorStatement statement, Portal portal, ResultReceiver receiver) {
        return switch (statement) {
            case CursorStatement.Declare declare -> declare(declare, portal, receiver);
            case CursorStatement.Fetch fetch -> fetch(fetch, portal);
            case CursorStatement.Close close -> close(close);
        };
    }

    private UtilityResult declare(
            CursorStatement.Declare declare, Portal portal, ResultReceiver receiver) {
        if (!declare.hold()) {
            session.transaction().requireBlock("DECLARE CURSOR");
        }
        if (Boolean.TRUE.equals(declare.scroll())) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "scrollable cursors are not supported");
        }
        PreparedStatement query =
                session.statements()
                        .prepare(
                                portal.prepared().text(),
                                declare.query(),
                                portal.prepared().parameterTypes());
        QueryPlan plan = query.plan();
        if (plan != null && plan.isModifying()) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "DECLARE CURSOR must not contain data-modifying statements in WITH");
        }
        List<Datum> parameters = portal.parameters();
        Portal cursor =
                session.statements()
                        .bind(
                                declare.name(),
                                query,
                                parameters,
                                declare.binary() ? BINARY : TEXT,
                                declare.hold());
        session.portals().add(cursor);
        session.execution().start(cursor, receiver);
        return UtilityResult.of("DECLARE CURSOR");
    }

    private UtilityResult fetch(CursorStatement.Fetch fetch, Portal portal) {
        Portal cursor = UtilityShapes.cursor(session, fetch.cursor());
        if (!cursor.isStarted()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "portal \"%s\" was not run yet".formatted(cursor.name()));
        }
        long rowsMax = position(fetch, cursor);
        CursorRows rows = new CursorRows(cursor, rowsMax);
        if (!fetch.move()) {
            portal.convertAs(cursor.types());
            return new UtilityResult("FETCH", rows, true);
        }
        long moved = 0;
        while (rows.next()) {
            moved++;
        }
        return UtilityResult.of("MOVE " + moved);
    }

    /// Skips to where the fetch starts and returns how many rows it gives at most.
    private long position(CursorStatement.Fetch fetch, Portal cursor) {
        long count = fetch.count();
        return switch (fetch.direction()) {
            case FORWARD -> {
                if (count <= 0) {
                    throw backward();
                }
                yield count;
            }
            case BACKWARD -> throw backward();
            case ABSOLUTE -> skip(cursor, count - cursor.position());
            case RELATIVE -> skip(cursor, count);
        };
    }

    private long skip(Portal cursor, long distance) {
        if (distance <= 0) {
            throw backward();
        }
        CursorRows skipped = new CursorRows(cursor, distance - 1);
        while (skipped.next()) {
            session.control().check();
        }
        return 1;
    }

    private static DatabaseException backward() {
        return new DatabaseException(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cursor can only scan forward")
                .withHint("Declare it with SCROLL option to enable backward scan.");
    }

    private UtilityResult close(CursorStatement.Close close) {
        String name = close.cursor();
        if (name == null) {
            session.portals().closeCursors();
            return UtilityResult.of("CLOSE CURSOR ALL");
        }
        UtilityShapes.cursor(session, name);
        session.portals().close(name);
        return UtilityResult.of("CLOSE CURSOR");
    }
}
