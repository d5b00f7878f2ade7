package org.cladedb.analysis;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;

/// The collations of a recursive common table, which its recursive part must not change.
final class RecursiveCollations {
    private RecursiveCollations() {}

    static void check(LogicalNode.CommonTable table, List<Collated> first, List<Collated> second) {
        for (int i = 0; i < first.size(); i++) {
            Collated overall = first.get(i).with(second.get(i));
            if (!table.unionAll()) {
                overall.requireOne();
            }
            String before = name(first.get(i));
            String after = name(overall);
            if (!before.equals(after)) {
                throw new DatabaseException(
                                SqlState.COLLATION_MISMATCH,
                                "recursive query \"%s\" column %d has collation \"%s\" in"
                                                .formatted(table.name(), i + 1, before)
                                        + " non-recursive term but collation \"%s\" overall"
                                                .formatted(after))
                        .withHint(
                                "Use the COLLATE clause to set the collation of the non-recursive"
                                        + " term.")
                        .at(first.get(i).position());
            }
        }
    }

    private static String name(Collated collated) {
        return collated.isKnown() ? String.valueOf(collated.name()) : "(null)";
    }
}
