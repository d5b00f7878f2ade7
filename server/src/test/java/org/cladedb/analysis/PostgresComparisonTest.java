package org.cladedb.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Relation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.ErrorFields;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.testing.RealPostgres;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Analyses the statements of `statements.sql` here and in a real PostgreSQL, and compares what
/// comes out: the columns' names, types and origins, the parameters' types, or the error with its
/// code, text, detail, hint and position.
final class PostgresComparisonTest {
    private static final String PREPARE = "PREPARE compared AS ";

    @Test
    void analysesLikePostgres() throws SQLException, IOException {
        List<String> differences = new ArrayList<>();
        try (RealPostgres server = RealPostgres.start();
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            execute(connection, ShopCatalog.SCHEMA);
            for (String sql : statements()) {
                String expected = inPostgres(connection, sql);
                String actual = here(sql);
                if (!expected.equals(actual)) {
                    differences.add(
                            sql + "\n    PostgreSQL: " + expected + "\n    here:       " + actual);
                }
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static List<String> statements() throws IOException {
        try (InputStream resource =
                PostgresComparisonTest.class.getResourceAsStream("statements.sql")) {
            assertThat(resource).isNotNull();
            return new String(resource.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String inPostgres(Connection connection, String sql) throws SQLException {
        try {
            execute(connection, PREPARE + sql);
        } catch (PSQLException e) {
            ServerErrorMessage message = e.getServerErrorMessage();
            return message == null ? e.toString() : error(message);
        }
        String parameters = parameters(connection);
        execute(connection, "DEALLOCATE compared");
        return sql.contains("$") ? parameters : parameters + " " + columns(connection, sql);
    }

    private static String error(ServerErrorMessage message) {
        int position = message.getPosition();
        return describe(
                String.valueOf(message.getSQLState()),
                String.valueOf(message.getMessage()),
                position == 0 ? -1 : position - 1 - PREPARE.length(),
                String.valueOf(message.getDetail()),
                String.valueOf(message.getHint()));
    }

    private static String describe(
            String code, String message, int position, String detail, String hint) {
        return code + " " + message + " @" + position + " detail " + detail + " hint " + hint;
    }

    private static String parameters(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT parameter_types::text[]::text FROM pg_prepared_statements"
                                        + " WHERE name = 'compared'")) {
            rows.next();
            return rows.getString(1).replace("\"", "");
        }
    }

    private static String columns(Connection connection, String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ResultSetMetaData columns = statement.getMetaData();
            if (columns == null) {
                return "";
            }
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String type = columns.getColumnTypeName(i);
                PGResultSetMetaData origin = (PGResultSetMetaData) columns;
                text.append(columns.getColumnName(i))
                        .append(' ')
                        .append(type.equals("serial") ? "int4" : type)
                        .append(' ')
                        .append(origin.getBaseTableName(i))
                        .append('.')
                        .append(origin.getBaseColumnName(i))
                        .append(", ");
            }
        }
        return text.toString();
    }

    private static String here(String sql) {
        try {
            AnalyzedStatement analyzed = ShopCatalog.analyze(sql);
            List<String> parameters = analyzed.parameterTypes().stream().map(TypeText::of).toList();
            String shown = "{" + String.join(",", parameters) + "}";
            return sql.contains("$") ? shown : shown + " " + columns(analyzed.plan().columns());
        } catch (DatabaseException e) {
            ErrorFields fields = e.fields();
            return describe(
                    e.state().code(),
                    e.message(),
                    fields.position(),
                    String.valueOf(fields.detail()),
                    String.valueOf(fields.hint()));
        }
    }

    private static String columns(List<OutputColumn> columns) {
        StringBuilder text = new StringBuilder();
        for (OutputColumn column : columns) {
            text.append(column.name())
                    .append(' ')
                    .append(typeName(column.type()))
                    .append(' ')
                    .append(origin(column))
                    .append(", ");
        }
        return text.toString();
    }

    private static String typeName(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> "_" + typeName(array.element());
            case SqlType.Scalar scalar -> scalar.kind().typeName();
            case SqlType.Row _ -> "record";
        };
    }

    private static String origin(OutputColumn column) {
        if (column.tableOid() == 0) {
            return ".";
        }
        Relation relation = ShopCatalog.CATALOG.table(column.tableOid());
        if (relation == null) {
            relation = ShopCatalog.CATALOG.view(column.tableOid());
        }
        return relation == null
                ? "unknown"
                : relation.name() + "." + relation.columns().get(column.columnNumber() - 1).name();
    }
}
