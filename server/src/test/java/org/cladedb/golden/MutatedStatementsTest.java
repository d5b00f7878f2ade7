package org.cladedb.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.cladedb.testing.ResultText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The statements of all golden scripts, changed at random, over the simple and the extended
/// protocol, amid the scripts' own: any answer is right but an error inside the server. Nothing may
/// stay open, and no data may break a constraint.
///
/// `-Dmutants=500000 -Dseed=7` runs more of them.
final class MutatedStatementsTest {
    private static final Path SCRIPTS = Path.of("src/test/sql");

    /// How far from a mutant's place in its script the statements are that it is made of.
    private static final int NEAR = 12;

    /// What reaches beyond the database: files, and other sessions.
    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "pg_terminate_backend|clade_backup|\\bLOAD\\b|PROGRAM"
                            + "|\\bCOPY\\b.*\\b(FROM|TO)\\s+(\\(|[eE]?'|\\$|U&)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final long seed = Long.getLong("seed", 20_261_201L);
    private final int mutants = Integer.getInteger("mutants", 4_000);
    private final int mutantsPerStatement = Integer.getInteger("mutants.perStatement", 3);
    private final SplittableRandom random = new SplittableRandom(seed);
    private @Nullable BuiltIn builtIn;

    /// What every database has: functions, and types that values can have.
    private record BuiltIn(List<String> functions, List<String> types, List<Integer> typeOids) {}

    @Test
    void findNoErrorInside() throws IOException, SQLException {
        List<GoldenScript> scripts = scripts();
        int left = mutants;
        try (InternalErrors errors = new InternalErrors()) {
            List<List<SqlToken>> all = new ArrayList<>();
            scripts.forEach(script -> all.addAll(statements(script)));
            StatementParts everywhere = new StatementParts(all);
            long started = System.nanoTime();
            while (left > 0) {
                GoldenScript script = StatementParts.one(scripts, random);
                left -= run(script, everywhere, errors);
            }
            assertThat(errors.found())
                    .as(
                            "seed %d, %d mutants, %d ms",
                            seed, mutants, (System.nanoTime() - started) / 1_000_000)
                    .isEmpty();
        }
    }

    private static List<GoldenScript> scripts() throws IOException {
        try (Stream<Path> paths = Files.walk(SCRIPTS)) {
            List<GoldenScript> scripts = new ArrayList<>();
            for (Path path :
                    paths.filter(file -> file.toString().endsWith(".test")).sorted().toList()) {
                scripts.add(GoldenScript.read(path));
            }
            return scripts;
        }
    }

    private static List<List<SqlToken>> statements(GoldenScript script) {
        return script.blocks().stream().map(block -> SqlToken.of(block.sql())).toList();
    }

    /// Runs a script with mutants before each of its statements; returns how many.
    private int run(GoldenScript script, StatementParts everywhere, InternalErrors errors)
            throws IOException, SQLException {
        List<List<SqlToken>> statements = statements(script);
        int done = 0;
        try (CladeDB database = CladeDB.memory();
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                LeftBehind left = new LeftBehind(database.jdbcUrl())) {
            BuiltIn builtIn = builtIn(connection);
            StatementMutator mutator =
                    new StatementMutator(random, everywhere, builtIn.functions(), builtIn.types());
            try (MutantSession session =
                    new MutantSession(database.port(), random, errors, builtIn.typeOids())) {
                for (int i = 0; i < statements.size(); i++) {
                    List<List<SqlToken>> near =
                            statements.subList(
                                    Math.max(0, i - NEAR), Math.min(statements.size(), i + NEAR));
                    StatementParts parts = new StatementParts(near);
                    for (int k = 0; k < mutantsPerStatement; k++) {
                        done += run(session, mutator.mutant(parts.statement(random), parts));
                    }
                    done += run(session, script.blocks().get(i).sql());
                }
            }
            String name = script.file().toString();
            try {
                left.find().forEach(fault -> errors.add(fault, name));
            } catch (SQLException failure) {
                errors.add("what is stored cannot be looked at: " + failure.getMessage(), name);
            }
        }
        return done;
    }

    private int run(MutantSession session, String sql) throws IOException {
        if (OUTSIDE.matcher(sql).find() || sql.indexOf('\0') >= 0) {
            return 0;
        }
        if (random.nextInt(3) == 0) {
            session.extended(sql);
        } else {
            session.simple(random.nextInt(4) == 0 ? "BEGIN; " + sql : sql);
        }
        return 1;
    }

    private BuiltIn builtIn(Connection connection) throws SQLException {
        BuiltIn found = builtIn;
        if (found == null) {
            List<String> types = new ArrayList<>();
            List<Integer> oids = new ArrayList<>();
            for (String type :
                    column(
                            connection,
                            "SELECT oid || ' ' || typname FROM pg_type"
                                    + " WHERE typrelid = 0 AND typtype = 'b' ORDER BY oid")) {
                String name = type.substring(type.indexOf(' ') + 1);
                if (isUsable(connection, name)) {
                    types.add(name);
                    oids.add(Integer.valueOf(type.substring(0, type.indexOf(' '))));
                }
            }
            found =
                    new BuiltIn(
                            column(connection, "SELECT DISTINCT proname FROM pg_proc ORDER BY 1"),
                            types,
                            oids);
            builtIn = found;
        }
        return found;
    }

    private static boolean isUsable(Connection connection, String type) {
        try {
            column(connection, "SELECT NULL::\"" + type + "\"");
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> lines = ResultText.of(connection, query);
        return lines.subList(1, lines.size());
    }
}
