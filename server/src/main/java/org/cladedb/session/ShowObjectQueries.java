package org.cladedb.session;

import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SettingStatement;

/// The queries behind MySQL's SHOW TABLES and its kin.
final class ShowObjectQueries {
    private ShowObjectQueries() {}

    static String text(SettingStatement.ShowObjects show) {
        QualifiedName from = show.from();
        String name = from == null ? "" : from.last();
        return switch (show.kind()) {
            case TABLES ->
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = "
                            + (from == null ? "current_schema()" : literal(name))
                            + " ORDER BY table_name";
            case COLUMNS ->
                    "SELECT column_name, data_type, is_nullable, column_default"
                            + " FROM information_schema.columns WHERE table_name = "
                            + literal(name)
                            + " AND table_schema = "
                            + schemaOf(from)
                            + " ORDER BY ordinal_position";
            case DATABASES -> "SELECT datname FROM pg_catalog.pg_database ORDER BY datname";
            case SCHEMAS -> "SELECT nspname FROM pg_catalog.pg_namespace ORDER BY nspname";
            case INDEXES ->
                    "SELECT c.relname FROM pg_catalog.pg_index i"
                            + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                            + " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
                            + " WHERE t.relname = "
                            + literal(name)
                            + " ORDER BY c.relname";
        };
    }

    private static String schemaOf(@org.jspecify.annotations.Nullable QualifiedName name) {
        return name == null || !name.isQualified()
                ? "current_schema()"
                : literal(name.qualifier().getLast());
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
