package org.cladedb.golden;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/// Runs blocks in one session of a server, over simple queries, and prints what came.
final class GoldenRunner implements AutoCloseable {
    private static final String EMPTY_LINE = "(empty)";
    private static final String END_OF_DATA = "\\.\n";

    private final Connection connection;

    GoldenRunner(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl + "&preferQueryMode=simple");
    }

    String run(GoldenScript.Block block) throws SQLException {
        List<String> output = new ArrayList<>();
        try {
            String first = block.sql().lines().findFirst().orElse("").toUpperCase(Locale.ROOT);
            if (first.startsWith("COPY ") && first.contains("STDIN")) {
                copyIn(block.sql(), output);
            } else if (first.startsWith("COPY ") && first.contains("STDOUT")) {
                copyOut(block.sql(), output);
            } else {
                execute(block, output);
            }
        } catch (PSQLException exception) {
            ServerErrorMessage message = exception.getServerErrorMessage();
            if (message == null) {
                throw exception;
            }
            output.add(printed(message));
        }
        output.replaceAll(line -> line.isEmpty() ? EMPTY_LINE : line);
        return String.join("\n", output);
    }

    private void execute(GoldenScript.Block block, List<String> output) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try {
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
            } finally {
                output.addAll(0, notices(statement.getWarnings()));
            }
        }
    }

    /// The lines between the statement's own and the last, `\.`, are the data.
    private void copyIn(String block, List<String> output) throws SQLException {
        int end = block.indexOf('\n');
        String data = end < 0 ? "" : block.substring(end + 1) + "\n";
        if (data.endsWith(END_OF_DATA)) {
            data = data.substring(0, data.length() - END_OF_DATA.length());
        }
        try (StringReader reader = new StringReader(data)) {
            output.add("ok " + copyManager().copyIn(block.lines().findFirst().orElse(""), reader));
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private void copyOut(String sql, List<String> output) throws SQLException {
        StringWriter writer = new StringWriter();
        try {
            long rows = copyManager().copyOut(sql, writer);
            writer.toString().lines().forEach(output::add);
            output.add("ok " + rows);
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private CopyManager copyManager() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static List<String> notices(SQLWarning first) {
        List<String> lines = new ArrayList<>();
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (warning instanceof PSQLWarning notice) {
                ServerErrorMessage message = notice.getServerErrorMessage();
                lines.add(
                        String.valueOf(message.getSeverity()).toLowerCase(Locale.ROOT)
                                + " "
                                + body(message));
            }
        }
        return lines;
    }

    private static String printed(ServerErrorMessage message) {
        StringBuilder text = new StringBuilder("error " + body(message));
        if (message.getPosition() > 0) {
            text.append("\n  position ").append(message.getPosition());
        }
        if (message.getHint() != null) {
            text.append("\n  hint ").append(message.getHint());
        }
        if (message.getConstraint() != null) {
            text.append("\n  constraint ").append(message.getConstraint());
        }
        return text.toString();
    }

    private static String body(ServerErrorMessage message) {
        String text = message.getSQLState() + ": " + message.getMessage();
        String detail = message.getDetail();
        return (detail == null ? text : text + "\n  detail " + detail.replace("\n", "\\n"));
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
                values.add(printed(value));
            }
            rows.add(String.join("|", values));
        }
        if (unordered) {
            Collections.sort(rows);
        }
        output.addAll(rows);
    }

    /// An empty line would end the output of a block, so an empty value shows.
    private static String printed(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.isEmpty() ? "(empty)" : value.replace("\n", "\\n");
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// The first column of what a query gives.
    List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
