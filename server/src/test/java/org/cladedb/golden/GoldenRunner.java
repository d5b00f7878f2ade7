package org.cladedb.golden;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Runs blocks on one server, over simple queries, and prints what came.
final class GoldenRunner implements AutoCloseable {
    private final Connection connection;

    GoldenRunner(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl + "&preferQueryMode=simple");
    }

    String run(GoldenScript.Block block) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            List<String> output = new ArrayList<>();
            boolean isResult = statement.execute(block.sql());
            while (isResult || statement.getUpdateCount() >= 0) {
                if (isResult) {
                    try (ResultSet result = statement.getResultSet()) {
                        print(result, block.isUnordered(), output);
                    }
                } else {
                    output.add("ok " + statement.getUpdateCount());
                }
                isResult = statement.getMoreResults();
            }
            return String.join("\n", output);
        } catch (PSQLException exception) {
            ServerErrorMessage message = exception.getServerErrorMessage();
            if (message == null) {
                throw exception;
            }
            return printed(message);
        }
    }

    private static String printed(ServerErrorMessage message) {
        StringBuilder text =
                new StringBuilder("error " + message.getSQLState() + ": " + message.getMessage());
        if (message.getPosition() > 0) {
            text.append("\n  position ").append(message.getPosition());
        }
        if (message.getDetail() != null) {
            text.append("\n  detail ").append(message.getDetail());
        }
        if (message.getConstraint() != null) {
            text.append("\n  constraint ").append(message.getConstraint());
        }
        return text.toString();
    }

    private static void print(ResultSet result, boolean unordered, List<String> output)
            throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            header.add(meta.getColumnLabel(i) + ":" + meta.getColumnTypeName(i));
        }
        output.add(String.join("|", header));
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String value = result.getString(i);
                values.add(value == null ? "NULL" : value.replace("\n", "\\n"));
            }
            rows.add(String.join("|", values));
        }
        if (unordered) {
            Collections.sort(rows);
        }
        output.addAll(rows);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
