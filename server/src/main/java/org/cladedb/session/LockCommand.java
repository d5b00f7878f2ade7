package org.cladedb.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.MaintenanceStatement;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.TableLockMode;

/// LOCK TABLE. A view is locked together with all that it reads.
final class LockCommand {
    private final Session session;
    private final TableNames names;

    LockCommand(Session session) {
        this.session = session;
        names = new TableNames(session);
    }

    /// Returns the command tag.
    String run(MaintenanceStatement.Lock lock) {
        session.transaction().requireBlock("LOCK TABLE");
        session.transaction().beginLooking(session.typed().lockTimeoutMillis());
        TableLockMode mode =
                switch (lock.mode()) {
                    case ACCESS_SHARE -> TableLockMode.ACCESS_SHARE;
                    case ROW_SHARE -> TableLockMode.ROW_SHARE;
                    case ROW_EXCLUSIVE -> TableLockMode.ROW_EXCLUSIVE;
                    case SHARE_UPDATE_EXCLUSIVE -> TableLockMode.SHARE_UPDATE_EXCLUSIVE;
                    case SHARE -> TableLockMode.SHARE;
                    case SHARE_ROW_EXCLUSIVE -> TableLockMode.SHARE_ROW_EXCLUSIVE;
                    case EXCLUSIVE -> TableLockMode.EXCLUSIVE;
                    case ACCESS_EXCLUSIVE -> TableLockMode.ACCESS_EXCLUSIVE;
                };
        for (MaintenanceStatement.LockedTable entry : lock.tables()) {
            lock(entry.name(), mode, !lock.nowait());
        }
        session.transaction().endStatement();
        return "LOCK TABLE";
    }

    /// Locks what the name means once it is locked: while this waits it may come to mean another.
    private void lock(QualifiedName name, TableLockMode mode, boolean wait) {
        Relation found = find(name);
        while (!lock(found, mode, wait)) {
            Relation now = find(name);
            if (now.oid() == found.oid()) {
                found = now;
                break;
            }
            found = now;
        }
        if (found instanceof View view) {
            lockRead(view, mode, wait, new HashSet<>());
        }
    }

    private void lockRead(View view, TableLockMode mode, boolean wait, Set<Integer> done) {
        for (ObjectReference reference : view.references()) {
            if (!done.add(reference.oid())) {
                continue;
            }
            Relation read = session.transaction().transaction().catalog().table(reference.oid());
            if (read == null) {
                read = session.transaction().transaction().catalog().view(reference.oid());
            }
            if (read != null) {
                lock(read, mode, wait);
            }
            if (read instanceof View inner) {
                lockRead(inner, mode, wait, done);
            }
        }
    }

    /// False when what was looked up before may have changed.
    private boolean lock(Relation relation, TableLockMode mode, boolean wait) {
        DatabaseTransaction transaction = session.transaction().transaction();
        try {
            return transaction.lock(List.of(transaction.relationLock(relation.oid(), mode)), wait);
        } catch (DatabaseException failure) {
            if (wait || failure.state() != SqlState.LOCK_NOT_AVAILABLE) {
                throw failure;
            }
            throw new DatabaseException(
                    SqlState.LOCK_NOT_AVAILABLE,
                    "could not obtain lock on relation \"%s\"".formatted(relation.name()));
        }
    }

    private Relation find(QualifiedName name) {
        return switch (names.findAny(name)) {
            case Relation relation -> relation;
            case Index _ -> throw refused(name, "indexes");
            case Sequence _ -> throw refused(name, "sequences");
            case Object other -> throw new IllegalStateException("unknown object " + other);
        };
    }

    private static DatabaseException refused(QualifiedName name, String kind) {
        return new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE,
                        "cannot lock relation \"%s\"".formatted(name.last()))
                .withDetail("This operation is not supported for " + kind + ".");
    }
}
