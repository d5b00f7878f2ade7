package org.cladedb.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What in a database breaks its constraints, as the server itself finds it when asked to look at
/// all rows and all entries of indexes.
public final class ConstraintFaults {
    private ConstraintFaults() {}

    /// One line for each fault; none when all is well.
    ///
    /// @param connection of a superuser to CladeDB, in any state but a failed transaction
    public static List<String> in(Connection connection) throws SQLException {
        List<String> lines =
                ResultText.of(
                        connection,
                        "SELECT relation, constraint_name, problem, row"
                                + " FROM pg_catalog.clade_verify()");
        return lines.subList(1, lines.size());
    }
}
