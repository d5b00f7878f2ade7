package org.cladedb.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.memory.SessionMemory;
import org.cladedb.txn.DatabaseTransaction;
import org.jspecify.annotations.Nullable;

/// The portals and cursors of a session by name. Owned by its thread.
final class Portals implements SessionTransaction.Listener {
    private static final int PORTALS_MAX = 10_000;

    private final Session session;
    private final Map<String, Portal> portals = new HashMap<>();

    Portals(Session session) {
        this.session = session;
    }

    @Nullable Portal find(String name) {
        return portals.get(name);
    }

    /// Those that have a name, in its order.
    List<ListedCursor> named() {
        return portals.values().stream()
                .filter(portal -> !portal.name().isEmpty())
                .map(Portal::listed)
                .sorted(Comparator.comparing(ListedCursor::name))
                .toList();
    }

    List<Portal> all() {
        return List.copyOf(portals.values());
    }

    /// Enters a portal; only the unnamed one replaces another of its name.
    void add(Portal portal) {
        Portal old = portals.get(portal.name());
        if (old != null && !portal.name().isEmpty()) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_CURSOR,
                    "cursor \"%s\" already exists".formatted(portal.name()));
        }
        if (old != null) {
            old.close();
        } else if (portals.size() >= PORTALS_MAX) {
            throw new DatabaseException(
                    SqlState.CONFIGURATION_LIMIT_EXCEEDED, "too many portals are open");
        }
        portal.enter(session.transaction().nowMicros());
        portals.put(portal.name(), portal);
    }

    /// Closes a portal; false when there is none of that name.
    boolean close(String name) {
        Portal portal = portals.remove(name);
        if (portal == null) {
            return false;
        }
        portal.close();
        return true;
    }

    /// CLOSE ALL: all but the unnamed portal, which is what runs it.
    void closeCursors() {
        closeIf(portal -> !portal.name().isEmpty());
    }

    void closeAll() {
        closeIf(_ -> true);
    }

    /// Closes what was still computing rows when an error struck.
    void closeLive() {
        closeIf(Portal::isLive);
    }

    private void closeIf(Predicate<Portal> condition) {
        for (Portal portal : all()) {
            if (condition.test(portal)) {
                portals.remove(portal.name());
                portal.close();
            }
        }
    }

    @Override
    public void began(DatabaseTransaction transaction) {
        SessionMemory memory = session.memory();
        transaction.countIn(
                memory.transactionAccount(),
                memory.transactionWriteBytes(),
                memory.transactionLockBytes());
    }

    @Override
    public void beforeStatementEnds() {
        for (Portal portal : all()) {
            portal.detach(session.account(), session.temporaryFiles());
        }
    }

    @Override
    public void beforeCommit() {
        for (Portal portal : all()) {
            if (portal.isHoldable()) {
                portal.detach(session.account(), session.temporaryFiles());
            }
        }
        closeIf(portal -> !portal.isHoldable());
    }

    @Override
    public void ended(boolean committed) {
        closeIf(portal -> !portal.isHoldable() || (!committed && portal.isLive()));
        session.sessionFunctions().transactionEnded();
    }

    @Override
    public void rolledBackTo(int depth) {
        closeIf(portal -> portal.savepointDepth() > depth);
    }
}
