package org.cladedb.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The objects that a history of definitions has made so far, as the catalog of a real PostgreSQL
/// has them.
///
/// @param relations tables and views
record KnownObjects(
        List<Relation> relations,
        List<String> indexes,
        List<String> sequences,
        List<Constraint> constraints) {
    static final KnownObjects NONE = new KnownObjects(List.of(), List.of(), List.of(), List.of());

    record Relation(String name, boolean view, List<Column> columns) {}

    record Column(String name, String type) {}

    record Constraint(String table, String name, char kind) {}

    private static final String COLUMNS =
            "SELECT n.nspname || '.' || c.relname, c.relkind = 'v', a.attname,"
                    + " format_type(a.atttypid, a.atttypmod) FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                    + " AND NOT a.attisdropped"
                    + " WHERE c.relkind IN ('r', 'v') AND c.oid >= 16384"
                    + " AND n.nspname !~ '^(pg_|information_schema)' ORDER BY c.oid, a.attnum";
    private static final String CONSTRAINTS =
            "SELECT n.nspname || '.' || c.relname, o.conname, o.contype FROM pg_constraint o"
                    + " JOIN pg_class c ON c.oid = o.conrelid"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.oid >= 16384 ORDER BY o.oid";

    static KnownObjects of(Connection connection) throws SQLException {
        Map<String, Relation> relations = new LinkedHashMap<>();
        for (List<String> row : rows(connection, COLUMNS)) {
            Relation relation =
                    relations.computeIfAbsent(
                            row.getFirst(),
                            name -> new Relation(name, row.get(1).equals("t"), new ArrayList<>()));
            if (!row.get(2).equals("null")) {
                relation.columns().add(new Column(row.get(2), row.get(3)));
            }
        }
        return new KnownObjects(
                List.copyOf(relations.values()),
                names(connection, "i"),
                names(connection, "S"),
                rows(connection, CONSTRAINTS).stream()
                        .map(row -> new Constraint(row.get(0), row.get(1), row.get(2).charAt(0)))
                        .toList());
    }

    private static List<String> names(Connection connection, String kind) throws SQLException {
        String query =
                "SELECT n.nspname || '.' || c.relname FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind = '"
                        + kind
                        + "' AND c.oid >= 16384"
                        + " AND n.nspname !~ '^(pg_|information_schema)' ORDER BY c.oid";
        return rows(connection, query).stream().map(List::getFirst).toList();
    }

    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    KnownObjects withoutViews() {
        return new KnownObjects(tables(), indexes, sequences, constraints);
    }

    List<Relation> tables() {
        return relations.stream().filter(relation -> !relation.view()).toList();
    }

    List<Relation> views() {
        return relations.stream().filter(Relation::view).toList();
    }

    List<Constraint> constraintsOf(String table) {
        return constraints.stream().filter(each -> each.table().equals(table)).toList();
    }
}
