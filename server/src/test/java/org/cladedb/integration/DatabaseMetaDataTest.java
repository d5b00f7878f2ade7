package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.cladedb.testing.ResultText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What pgjdbc's `DatabaseMetaData` finds out about a schema, compared with PostgreSQL.
final class DatabaseMetaDataTest {
    /// Where the answers rest on numbers of rows and pages.
    private static final Set<String> STATISTICS = Set.of("CARDINALITY", "PAGES");

    private static CladeDB database;
    private static RealPostgres postgres;
    private static Connection ours;
    private static Connection theirs;

    private interface Question {
        ResultSet ask(DatabaseMetaData metaData) throws SQLException;
    }

    @BeforeAll
    static void start() throws SQLException {
        database = CladeDB.memory();
        postgres = RealPostgres.start("fsync=off");
        PlainSchema.create(database.jdbcUrl());
        PlainSchema.create(postgres.jdbcUrl());
        ours = DriverManager.getConnection(database.jdbcUrl());
        theirs = DriverManager.getConnection(postgres.jdbcUrl());
    }

    @AfterAll
    static void stop() throws SQLException {
        ours.close();
        theirs.close();
        database.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> answersAreThoseOfPostgres() {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("getSchemas", DatabaseMetaData::getSchemas);
        questions.put("getTableTypes", DatabaseMetaData::getTableTypes);
        questions.put("getTables", data -> data.getTables(null, "public", "%", null));
        questions.put(
                "getTables in all schemas",
                data -> data.getTables(null, null, "c%", new String[] {"TABLE", "VIEW"}));
        questions.put("getColumns", data -> data.getColumns(null, "public", "%", "%"));
        questions.put("getColumns of one", data -> data.getColumns(null, null, "item", "p%"));
        for (String table : List.of("customer", "cust_order", "item", "Odd Name", "nosuch")) {
            questions.put(
                    "getPrimaryKeys " + table, data -> data.getPrimaryKeys(null, "public", table));
            questions.put(
                    "getImportedKeys " + table,
                    data -> data.getImportedKeys(null, "public", table));
            questions.put(
                    "getExportedKeys " + table,
                    data -> data.getExportedKeys(null, "public", table));
            questions.put(
                    "getIndexInfo " + table,
                    data -> data.getIndexInfo(null, "public", table, false, true));
            questions.put(
                    "getBestRowIdentifier " + table,
                    data ->
                            data.getBestRowIdentifier(
                                    null, "public", table, DatabaseMetaData.bestRowSession, true));
            questions.put(
                    "getVersionColumns " + table,
                    data -> data.getVersionColumns(null, "public", table));
            questions.put(
                    "getTablePrivileges " + table,
                    data -> data.getTablePrivileges(null, "public", table));
            questions.put(
                    "getColumnPrivileges " + table,
                    data -> data.getColumnPrivileges(null, "public", table, "%"));
        }
        questions.put(
                "getCrossReference",
                data ->
                        data.getCrossReference(
                                null, "public", "customer", null, "public", "cust_order"));
        questions.put("getUDTs", data -> data.getUDTs(null, "public", "%", null));
        questions.put("getProcedures", data -> data.getProcedures(null, "public", "%"));
        questions.put("getFunctions", data -> data.getFunctions(null, "public", "%"));
        questions.put("getClientInfoProperties", DatabaseMetaData::getClientInfoProperties);
        return questions.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(), () -> assertSame(entry.getValue())));
    }

    private static void assertSame(Question question) throws SQLException {
        assertThat(answer(ours, question)).isEqualTo(answer(theirs, question));
    }

    private static List<String> answer(Connection connection, Question question)
            throws SQLException {
        try (ResultSet rows = question.ask(connection.getMetaData())) {
            return ResultText.of(rows, STATISTICS);
        }
    }

    @Test
    void typesThatBothHaveAreTheSame() throws SQLException {
        Map<String, String> known = new HashMap<>();
        for (String line : answer(theirs, DatabaseMetaData::getTypeInfo)) {
            known.put(line.substring(0, line.indexOf('|')), line);
        }
        List<String> types = new ArrayList<>(answer(ours, DatabaseMetaData::getTypeInfo));
        // The rows of a relation that only we have.
        types.removeIf(line -> line.startsWith("_clade_store|"));
        // PostgreSQL has another type of this name in information_schema.
        types.removeIf(line -> line.startsWith("_pg_user_mappings|"));
        assertThat(types)
                .hasSizeGreaterThan(40)
                .allSatisfy(line ->
                        assertThat(known)
                                .containsEntry(line.substring(0, line.indexOf('|')), line));
    }

    @Test
    void namesAndLimits() throws SQLException {
        DatabaseMetaData own = ours.getMetaData();
        DatabaseMetaData real = theirs.getMetaData();
        assertThat(own.getDatabaseProductName()).isEqualTo(real.getDatabaseProductName());
        assertThat(own.getDatabaseMajorVersion()).isEqualTo(real.getDatabaseMajorVersion());
        assertThat(own.getUserName()).isEqualTo(real.getUserName());
        assertThat(own.getSQLKeywords()).isEqualTo(real.getSQLKeywords());
        assertThat(own.getMaxColumnNameLength()).isEqualTo(real.getMaxColumnNameLength());
        assertThat(own.getMaxIndexLength()).isEqualTo(real.getMaxIndexLength());
        assertThat(own.getDefaultTransactionIsolation())
                .isEqualTo(real.getDefaultTransactionIsolation());
        assertThat(answer(ours, DatabaseMetaData::getCatalogs)).contains("postgres");
    }
}
