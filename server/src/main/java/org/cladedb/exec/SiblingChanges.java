package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Modification;

/// Refuses statements of which one part may change rows that another part changes, too.
///
/// Each part finds its rows as they were before the statement. What it then writes must not
/// replace, or miss, what another part has made of them.
final class SiblingChanges {
    private SiblingChanges() {}

    static void requireSeparate(List<Modification> modifications) {
        for (int i = 1; i < modifications.size(); i++) {
            for (int j = 0; j < i; j++) {
                requireSeparate(modifications.get(i), modifications.get(j));
            }
        }
    }

    private static void requireSeparate(Modification one, Modification other) {
        if (mayMeet(one, other) || moves(one, other) || moves(other, one)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "changing rows of table \""
                            + other.table().name()
                            + "\" in several parts of a statement is not supported yet");
        }
    }

    private static boolean mayMeet(Modification one, Modification other) {
        return one.table().oid() == other.table().oid()
                && (isUpsert(one)
                        || isUpsert(other)
                        || (!(one instanceof Modification.Insert)
                                && !(other instanceof Modification.Insert)));
    }

    private static boolean isUpsert(Modification modification) {
        return modification instanceof Modification.Insert insert
                && insert.onConflict() != null
                && insert.onConflict().update() != null;
    }

    /// Whether `one` may give rows another grouping parent, with the rows of `other` below them.
    private static boolean moves(Modification one, Modification other) {
        if (one.table().groupOid() != other.table().groupOid()
                || (other instanceof Modification.Insert && !isUpsert(other))) {
            return false;
        }
        Modification.Update update =
                switch (one) {
                    case Modification.Update itself -> itself;
                    case Modification.Insert insert ->
                            insert.onConflict() == null ? null : insert.onConflict().update();
                    case Modification.Delete _ -> null;
                };
        ForeignKey grouping = one.table().groupingForeignKey().orElse(null);
        return update != null
                && grouping != null
                && update.sets().stream().anyMatch(set -> grouping.columns().contains(set.slot()));
    }
}
