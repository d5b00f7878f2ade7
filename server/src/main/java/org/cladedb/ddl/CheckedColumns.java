package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.StoredReferences;

/// The columns that a check mentions.
public final class CheckedColumns {
    private CheckedColumns() {}

    /// Their slots, each once, in the order they stand in the check.
    public static List<Integer> of(Table table, Constraints.CheckConstraint check) {
        return StoredReferences.slots(SqlParser.parseExpression(check.expression()));
    }
}
