package org.cladedb.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A result as lines of text, to be compared with another server's: first the columns' names and
/// types, then the rows.
public final class ResultText {
    private ResultText() {}

    /// Runs a query and prints all of its result.
    public static List<String> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return of(rows);
        }
    }

    /// Prints the rows that are still to come.
    public static List<String> of(ResultSet rows) throws SQLException {
        return of(rows, Set.of());
    }

    /// Prints the rows that are still to come, without the values of some columns.
    public static List<String> of(ResultSet rows, Set<String> hidden) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        int count = meta.getColumnCount();
        List<String> lines = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            header.add(meta.getColumnLabel(i) + ":" + meta.getColumnTypeName(i));
        }
        lines.add(String.join("|", header));
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                String value = hidden.contains(meta.getColumnLabel(i)) ? "?" : rows.getString(i);
                values.add(value == null ? "NULL" : value);
            }
            lines.add(String.join("|", values));
        }
        return lines;
    }
}
