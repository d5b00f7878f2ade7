package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The catalogs beside those of a real PostgreSQL 18: which relations there are, with which
/// columns, and every built-in row.
final class CatalogAgainstPostgresTest {
    /// What tells of PostgreSQL's inside: nothing of it is here.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "pg_aios",
                    "pg_backend_memory_contexts",
                    "pg_config",
                    "pg_file_settings",
                    "pg_hba_file_rules",
                    "pg_ident_file_mappings",
                    "pg_shmem_allocations",
                    "pg_shmem_allocations_numa",
                    "pg_stat_archiver",
                    "pg_stat_bgwriter",
                    "pg_stat_checkpointer",
                    "pg_stat_io",
                    "pg_stat_recovery_prefetch",
                    "pg_stat_slru",
                    "pg_stat_wal",
                    "pg_wait_events");

    /// Columns of older versions that psql 15 and 16 ask for, and our own relation.
    private static final Set<String> OURS =
            Set.of("pg_database.daticulocale", "pg_collation.colliculocale");

    /// Types that this server does not have: their columns are text, and NULL.
    private static final Set<String> TYPES_WE_LACK =
            Set.of(
                    "anyarray",
                    "inet",
                    "pg_dependencies",
                    "pg_lsn",
                    "pg_mcv_list",
                    "pg_ndistinct",
                    "_pg_statistic");

    private static final String COLUMNS =
            """
            select n.nspname, c.relname, a.attname, coalesce(b.typname, t.typname), a.attnotnull
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            join pg_type t on t.oid = a.atttypid
            left join pg_type b on b.oid = t.typbasetype
            where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
            order by n.nspname, c.relname, a.attnum
            """;

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

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
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

    /// By relation, the columns in order, each with its type.
    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        for (List<String> row : rows(connection, COLUMNS)) {
            String column = row.get(1) + "." + row.get(2);
            if (!LEFT_OUT.contains(row.get(1))
                    && !row.get(1).startsWith("clade_")
                    && !OURS.contains(column)) {
                String type = row.get(3).equals("_text") ? "text" : row.get(3);
                columns.computeIfAbsent(row.get(0) + "." + row.get(1), _ -> new ArrayList<>())
                        .add(
                                row.get(2)
                                        + " "
                                        + (TYPES_WE_LACK.contains(type) ? "text" : type)
                                        + (row.get(4).equals("t") ? " not null" : ""));
            }
        }
        return columns;
    }

    @Test
    void relationsHavePostgresColumns() throws SQLException {
        Map<String, List<String>> wanted = columns(theirs);
        Map<String, List<String>> found = columns(ours);
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        Map<String, List<String>> differences = new LinkedHashMap<>();
        wanted.forEach((relation, columns) -> {
            if (!columns.equals(found.get(relation))) {
                differences.put(relation, List.of(columns.toString(), "" + found.get(relation)));
            }
        });
        assertThat(differences).isEmpty();
    }

    @Test
    void everyRelationCanBeRead() throws SQLException {
        for (String relation : columns(ours).keySet()) {
            rows(ours, "select * from " + relation);
        }
    }

    /// Columns whose values are PostgreSQL's own affairs are left out: code in other languages,
    /// privileges that initdb grants, expressions as trees.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_type      | oid      | typacl typdefault typdefaultbin",
                "pg_proc      | oid      | prolang prosrc probin prosqlbody proargdefaults proacl",
                "pg_operator  | oid      | ''",
                "pg_cast      | oid      | ''",
                "pg_aggregate | aggfnoid | ''",
                "pg_am        | oid      | ''",
                "pg_amop      | oid      | ''",
                "pg_amproc    | oid      | ''",
                "pg_opclass   | oid      | ''",
                "pg_opfamily  | oid      | ''",
                "pg_collation | oid      | colliculocale",
                "pg_language  | oid      | lanacl",
                "pg_authid    | oid      | rolpassword",
                "pg_tablespace| oid      | ''",
            })
    void builtInRowsArePostgres(String relation, String key, String leftOut) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (List<String> row : rows(ours, COLUMNS)) {
            if (row.get(1).equals(relation) && !List.of(leftOut.split(" ")).contains(row.get(2))) {
                columns.add(row.get(3).equals("regproc") ? row.get(2) + "::oid" : row.get(2));
            }
        }
        String sql =
                "select %s from %s where %s::oid < 13000"
                        .formatted(String.join(", ", columns), relation, key);
        Set<List<String>> wanted = new TreeSet<>((left, right) -> compare(left, right));
        wanted.addAll(rows(theirs, sql));
        List<String> wrong =
                rows(ours, sql).stream()
                        .filter(row -> !row.toString().contains("clade_"))
                        .filter(row -> !wanted.contains(row))
                        .map(row -> difference(columns, row, wanted))
                        .toList();
        assertThat(wrong).isEmpty();
    }

    private static int compare(List<String> left, List<String> right) {
        return left.toString().compareTo(right.toString());
    }

    private static String difference(
            List<String> columns, List<String> row, Set<List<String>> wanted) {
        for (List<String> candidate : wanted) {
            if (candidate.getFirst().equals(row.getFirst())) {
                List<String> differing = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    if (!row.get(i).equals(candidate.get(i))) {
                        differing.add(
                                "%s %s [%s]"
                                        .formatted(columns.get(i), row.get(i), candidate.get(i)));
                    }
                }
                return row.getFirst() + ": " + differing;
            }
        }
        return row + " is not there";
    }

    /// A built-in row refers to rows that are there.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_operator  | oprcode           | pg_proc",
                "pg_operator  | oprrest           | pg_proc",
                "pg_operator  | oprjoin           | pg_proc",
                "pg_operator  | oprcom            | pg_operator",
                "pg_operator  | oprnegate         | pg_operator",
                "pg_operator  | oprresult         | pg_type",
                "pg_cast      | castfunc          | pg_proc",
                "pg_cast      | castsource        | pg_type",
                "pg_cast      | casttarget        | pg_type",
                "pg_aggregate | aggfnoid          | pg_proc",
                "pg_aggregate | aggtransfn        | pg_proc",
                "pg_aggregate | aggfinalfn        | pg_proc",
                "pg_aggregate | aggcombinefn      | pg_proc",
                "pg_aggregate | aggtranstype      | pg_type",
                "pg_aggregate | aggsortop         | pg_operator",
                "pg_amop      | amopopr           | pg_operator",
                "pg_amop      | amopfamily        | pg_opfamily",
                "pg_amproc    | amproc            | pg_proc",
                "pg_amproc    | amprocfamily      | pg_opfamily",
                "pg_opclass   | opcfamily         | pg_opfamily",
                "pg_opclass   | opcmethod         | pg_am",
                "pg_am        | amhandler         | pg_proc",
                "pg_proc      | prorettype        | pg_type",
                "pg_proc      | prosupport        | pg_proc",
                "pg_proc      | prolang           | pg_language",
                "pg_proc      | pronamespace      | pg_namespace",
                "pg_type      | typinput          | pg_proc",
                "pg_type      | typoutput         | pg_proc",
                "pg_type      | typreceive        | pg_proc",
                "pg_type      | typsend           | pg_proc",
                "pg_type      | typmodin          | pg_proc",
                "pg_type      | typanalyze        | pg_proc",
                "pg_type      | typelem           | pg_type",
                "pg_type      | typarray          | pg_type",
                "pg_attribute | atttypid          | pg_type",
                "pg_attribute | attcollation      | pg_collation",
                "pg_class     | relam             | pg_am",
                "pg_class     | reltype           | pg_type",
                "pg_class     | relnamespace      | pg_namespace",
            })
    void nothingIsReferredToThatIsNotThere(String relation, String column, String target)
            throws SQLException {
        assertThat(
                        rows(
                                ours,
                                "select %2$s, count(*) from %1$s where %2$s::oid <> 0 and not exists (select 1 from %3$s t where t.oid = %1$s.%2$s::oid) group by 1"
                                        .formatted(relation, column, target)))
                .isEmpty();
    }

    /// Every function, operator, cast and aggregate that can be used is listed, by PostgreSQL's
    /// OID.
    @Test
    void everythingThatCanBeCalledIsListed() throws SQLException {
        var registry = org.cladedb.functions.BuiltinFunctions.create();
        Set<String> listed =
                rows(ours, "select oid from pg_proc").stream()
                        .map(List::getFirst)
                        .collect(Collectors.toSet());
        // These are words of SQL, not functions, in PostgreSQL.
        Set<String> words =
                Set.of(
                        "current_catalog",
                        "current_date",
                        "current_role",
                        "current_timestamp",
                        "localtime",
                        "localtimestamp",
                        "user");
        List<String> missing =
                registry.functions().stream()
                        .filter(function -> !words.contains(function.name()))
                        .filter(function -> !listed.contains(Integer.toString(function.oid())))
                        .map(function -> function.oid() + " " + function.name())
                        .toList();
        assertThat(missing).isEmpty();
        assertThat(rows(ours, "select count(*) from pg_operator").getFirst().getFirst())
                .isEqualTo(Integer.toString(registry.operators().size()));
    }
}
