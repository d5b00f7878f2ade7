package org.cladedb.analysis;

import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Refusals to write to columns whose values the server makes.
final class GeneratedColumns {
    private GeneratedColumns() {}

    static DatabaseException cannotInsert(Column column) {
        DatabaseException error =
                new DatabaseException(
                        SqlState.GENERATED_ALWAYS,
                        "cannot insert a non-DEFAULT value into column \"" + column.name() + "\"");
        return column.isIdentity()
                ? error.withDetail(identityDetail(column))
                        .withHint("Use OVERRIDING SYSTEM VALUE to override.")
                : error.withDetail(generatedDetail(column));
    }

    static DatabaseException cannotUpdate(Column column) {
        return new DatabaseException(
                        SqlState.GENERATED_ALWAYS,
                        "column \"" + column.name() + "\" can only be updated to DEFAULT")
                .withDetail(column.isIdentity() ? identityDetail(column) : generatedDetail(column));
    }

    private static String identityDetail(Column column) {
        return "Column \""
                + column.name()
                + "\" is an identity column defined as GENERATED ALWAYS.";
    }

    private static String generatedDetail(Column column) {
        return "Column \"" + column.name() + "\" is a generated column.";
    }

    /// Whether only DEFAULT may be written.
    static boolean isDefaultOnly(Column column) {
        return switch (column.generation()) {
            case IDENTITY_ALWAYS, STORED -> true;
            case NONE, IDENTITY_BY_DEFAULT -> false;
        };
    }
}
