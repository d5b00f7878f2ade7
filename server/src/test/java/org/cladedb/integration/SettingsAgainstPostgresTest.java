package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings beside those of a real PostgreSQL 18.
final class SettingsAgainstPostgresTest {
    private static final String FACTS =
            "select name, unit, category, context, vartype, min_val, max_val,"
                    + " (select string_agg(v, ',' order by v) from unnest(enumvals) v)"
                    + " from pg_settings";

    /// Compression by lz4 depends on how PostgreSQL was built.
    private static final Set<String> BUILT_OTHERWISE = Set.of("default_toast_compression");

    private static RealPostgres postgres;
    private static CladeDB server;
    private static Connection theirs;
    private static Connection ours;

    @BeforeAll
    static void start() throws SQLException {
        postgres = RealPostgres.start();
        server = CladeDB.memory();
        theirs = DriverManager.getConnection(postgres.jdbcUrl());
        ours = DriverManager.getConnection(server.jdbcUrl());
    }

    @AfterAll
    static void stop() throws SQLException {
        ours.close();
        theirs.close();
        server.close();
        postgres.close();
    }

    private static Map<String, List<String>> rows(Connection connection, String sql)
            throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 2; i <= width; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.put(result.getString(1), row);
            }
        }
        return rows;
    }

    @Test
    void everySettingIsThereWithItsFacts() throws SQLException {
        Map<String, List<String>> found = rows(ours, FACTS);
        List<String> differences = new ArrayList<>();
        rows(theirs, FACTS)
                .forEach((name, wanted) -> {
                    if (!wanted.equals(found.get(name)) && !BUILT_OTHERWISE.contains(name)) {
                        differences.add(name + " " + found.get(name) + " " + wanted);
                    }
                });
        assertThat(differences).isEmpty();
    }

    @Test
    void equalValuesAreShownAlike() throws SQLException {
        String sql = "select name, setting, current_setting(name) from pg_settings";
        Map<String, List<String>> found = rows(ours, sql);
        List<String> differences = new ArrayList<>();
        rows(theirs, sql)
                .forEach((name, wanted) -> {
                    List<String> row = Objects.requireNonNull(found.get(name), name);
                    if (row.getFirst().equals(wanted.getFirst()) && !row.equals(wanted)) {
                        differences.add(name + " " + row + " " + wanted);
                    }
                });
        assertThat(differences).isEmpty();
    }

    @Test
    void everySettingIsDescribed() throws SQLException {
        assertThat(rows(ours, "select name, short_desc from pg_settings").values())
                .allMatch(row -> row.getFirst().length() > 10);
    }

    /// Whether SET is refused, and how, does not depend on what the setting does here.
    @Test
    void whatCannotBeSetIsRefusedAlike() throws SQLException {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, List<String>> setting :
                rows(theirs, "select name, context from pg_settings").entrySet()) {
            if (!List.of("user", "superuser").contains(setting.getValue().getFirst())) {
                String sql = "set " + setting.getKey() + " to default";
                String wanted = failure(theirs, sql);
                String found = failure(ours, sql);
                if (!found.equals(wanted)) {
                    differences.add(found + " [" + wanted + "]");
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String failure(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SQLException failure =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            return failure == null ? "none" : failure.getSQLState() + " " + failure.getMessage();
        }
    }

    /// What the start of the server decided is what is shown.
    @Test
    void theServersOwnValues() throws SQLException {
        Map<String, List<String>> found = rows(ours, "select name, setting from pg_settings");
        List<String> port = Objects.requireNonNull(found.get("port"));
        assertThat(server.jdbcUrl()).contains(":" + port.getFirst() + "/");
        assertThat(found.get("listen_addresses")).containsExactly("127.0.0.1");
        assertThat(found.get("max_connections")).containsExactly("10000");
        assertThat(found.get("data_directory")).containsExactly("");
    }

    /// Nothing is promised that is not kept.
    @ParameterizedTest
    @CsvSource({
        "transform_null_equals, on",
        "array_nulls, off",
        "quote_all_identifiers, on",
        "standard_conforming_strings, off",
        "session_replication_role, replica",
        "transaction_timeout, 1000",
        "zero_damaged_pages, on",
        "exit_on_error, on",
        "restrict_nonsystem_relation_kind, view",
        "allow_system_table_mods, on",
        "lc_numeric, de_DE",
    })
    void valuesThatAreNotToBeHadAreRefused(String name, String value) throws SQLException {
        assertThat(failure(ours, "set " + name + " = '" + value + "'")).startsWith("0A000 ");
        assertThat(failure(ours, "set " + name + " to default")).isEqualTo("none");
    }
}
