package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The facts of relations whose rows are built in: what PostgreSQL has there, as far as this server
/// has it. Safe for any thread.
///
/// Each lies in a resource named after its relation: a line with the names of the columns, then a
/// line a row, all separated by tabs. `\N` is NULL; `name=value` in the first line is a column that
/// has that value in all rows, and columns that the relation does not have are for this package
/// alone. They are read when they are first asked for.
final class FixedRows {
    /// The relations that have nothing but facts.
    static final Set<String> RELATIONS =
            Set.of(
                    "pg_operator",
                    "pg_proc",
                    "pg_cast",
                    "pg_aggregate",
                    "pg_am",
                    "pg_auth_members",
                    "pg_amop",
                    "pg_amproc",
                    "pg_opclass",
                    "pg_opfamily",
                    "pg_collation",
                    "pg_language");

    private static final Map<String, FixedRows> READ = new ConcurrentHashMap<>();

    private final List<String> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, String> constants;
    private final List<String[]> lines;

    private FixedRows(List<String> columns, Map<String, String> constants, List<String[]> lines) {
        this.columns = columns;
        columns.forEach(column -> positions.put(column, positions.size()));
        this.constants = constants;
        this.lines = lines;
    }

    static FixedRows of(String relation) {
        return READ.computeIfAbsent(relation, FixedRows::read);
    }

    private static FixedRows read(String relation) {
        List<String[]> lines = TabSeparated.read(relation + ".tsv");
        List<String> columns = new ArrayList<>();
        Map<String, String> constants = new HashMap<>();
        for (String column : lines.getFirst()) {
            int equals = column.indexOf('=');
            if (equals < 0) {
                columns.add(column);
            } else {
                constants.put(column.substring(0, equals), column.substring(equals + 1));
            }
        }
        return new FixedRows(columns, constants, lines.subList(1, lines.size()));
    }

    /// Where a column is in [#lines()].
    int position(String column) {
        Integer position = positions.get(column);
        if (position == null) {
            throw new IllegalStateException("no column " + column);
        }
        return position;
    }

    List<String[]> lines() {
        return lines;
    }

    /// The rows of a relation that are about what is to be had.
    static void fill(String relation, Available available, Rows rows) {
        FixedRows facts = of(relation);
        facts.fill(rows, facts.linesOf(relation, available));
    }

    /// Those of the lines that are about what is to be had.
    List<String[]> linesOf(String relation, Available available) {
        return lines.stream().filter(line -> available.has(this, relation, line)).toList();
    }

    /// Adds some of the lines as rows.
    void fill(Rows rows, List<String[]> some) {
        rows.addFacts(columns, constants, some);
    }
}
