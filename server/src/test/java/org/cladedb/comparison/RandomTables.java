package org.cladedb.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Three small tables, each a child of the one before, with NULLs in what may be NULL.
///
/// The child's reference is NULL now and then; `n` and `d` have few values, so that joins on them
/// find several rows.
final class RandomTables {
    static final List<String> NAMES = List.of("a", "b", "c");

    static final String SCHEMA =
            """
            CREATE TABLE a (id int PRIMARY KEY, n int, t text, d numeric(6,2));
            CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a, n int, t text, d numeric(6,2));
            CREATE TABLE c (id int PRIMARY KEY, b_id int REFERENCES b, n int, t text, d numeric(6,2));
            """;

    static final String GROUPING =
            """
            ALTER TABLE b ADD GROUPING FOREIGN KEY (a_id) REFERENCES a;
            ALTER TABLE c ADD GROUPING FOREIGN KEY (b_id) REFERENCES b;
            """;

    static final String INDEXES =
            "CREATE INDEX b_n ON b (n); CREATE INDEX c_t_n ON c (t, n DESC);"
                    + " CREATE INDEX b_a_id ON b (a_id)";

    private RandomTables() {}

    /// The INSERT statements, the same for every database.
    static String rows(RandomGenerator random) {
        List<String> statements = new ArrayList<>();
        int aCount = 4 + random.nextInt(5);
        int bCount = 8 + random.nextInt(8);
        int cCount = 12 + random.nextInt(12);
        statements.add(insert("a", aCount, 0, random));
        statements.add(insert("b", bCount, aCount, random));
        statements.add(insert("c", cCount, bCount, random));
        return String.join(";", statements);
    }

    private static String insert(String table, int count, int parents, RandomGenerator random) {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            List<String> values = new ArrayList<>();
            values.add(String.valueOf(id));
            if (parents > 0) {
                values.add(orNull(String.valueOf(1 + random.nextInt(parents)), 6, random));
            }
            values.add(orNull(String.valueOf(random.nextInt(5)), 4, random));
            values.add(orNull("'" + "xyzw".charAt(random.nextInt(4)) + "'", 5, random));
            values.add(orNull(random.nextInt(300) + "." + random.nextInt(100), 5, random));
            rows.add("(" + String.join(", ", values) + ")");
        }
        return "INSERT INTO " + table + " VALUES " + String.join(", ", rows);
    }

    private static String orNull(String value, int oneIn, RandomGenerator random) {
        return random.nextInt(oneIn) == 0 ? "NULL" : value;
    }
}
