package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a statement did, by the counters of EXPLAIN ANALYZE.
///
/// @param plan the whole answer
/// @param keys how many keys were read
/// @param rows how many rows went through operators, each counted once an operator
record PlanWork(String plan, long keys, long rows) {
    private static final Pattern WORK = Pattern.compile("Work: keys=(\\d+) ");
    private static final Pattern NODE = Pattern.compile("actual .*rows=(\\d+) loops=(\\d+)");

    /// Runs `sql`.
    static PlanWork of(Connection connection, String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
            while (lines.next()) {
                text.append(lines.getString(1)).append('\n');
            }
        }
        String plan = text.toString();
        Matcher keys = WORK.matcher(plan);
        assertThat(keys.find()).as(plan).isTrue();
        long rows = 0;
        Matcher node = NODE.matcher(plan);
        while (node.find()) {
            rows += Long.parseLong(node.group(1)) * Long.parseLong(node.group(2));
        }
        return new PlanWork(plan, Long.parseLong(keys.group(1)), rows);
    }
}
