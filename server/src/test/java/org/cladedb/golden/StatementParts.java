package org.cladedb.golden;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// What statements are made of: their words by kind, what stands in parentheses, and clauses.
final class StatementParts {
    private static final Set<String> CLAUSES =
            Set.of(
                    "SELECT",
                    "FROM",
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "WINDOW",
                    "RETURNING",
                    "ON",
                    "USING",
                    "SET",
                    "VALUES",
                    "AS",
                    "WITH",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT",
                    "JOIN",
                    "LEFT",
                    "OVER",
                    "FILTER",
                    "DEFAULT",
                    "CHECK",
                    "REFERENCES",
                    "PARTITION",
                    "FOR",
                    "ADD",
                    "ALTER",
                    "DROP",
                    "CONSTRAINT",
                    "GENERATED",
                    "COLLATE",
                    "CASE",
                    "WHEN",
                    "RETURN",
                    "BEGIN");

    private final Map<SqlToken.Kind, List<SqlToken>> words = new EnumMap<>(SqlToken.Kind.class);
    private final List<List<SqlToken>> groups = new ArrayList<>();
    private final List<List<SqlToken>> clauses = new ArrayList<>();
    private final List<List<SqlToken>> statements = new ArrayList<>();

    StatementParts(List<List<SqlToken>> statements) {
        for (SqlToken.Kind kind : SqlToken.Kind.values()) {
            words.put(kind, new ArrayList<>());
        }
        for (List<SqlToken> statement : statements) {
            add(statement);
        }
    }

    private void add(List<SqlToken> statement) {
        statements.add(statement);
        int clause = 0;
        for (int i = 0; i < statement.size(); i++) {
            SqlToken token = statement.get(i);
            words.getOrDefault(token.kind(), List.of()).add(token);
            if (token.is("(")) {
                groups.add(statement.subList(i, groupEnd(statement, i)));
            }
            if (i > clause && startsClause(token)) {
                clauses.add(statement.subList(clause, i));
                clause = i;
            }
        }
        clauses.add(statement.subList(clause, statement.size()));
    }

    static boolean startsClause(SqlToken token) {
        return CLAUSES.contains(token.text().toUpperCase(Locale.ROOT));
    }

    /// After the parenthesis that closes the one at `open`, or the end.
    static int groupEnd(List<SqlToken> statement, int open) {
        int depth = 0;
        for (int i = open; i < statement.size(); i++) {
            if (statement.get(i).is("(")) {
                depth++;
            } else if (statement.get(i).is(")") && --depth == 0) {
                return i + 1;
            }
        }
        return statement.size();
    }

    SqlToken word(SqlToken.Kind kind, SplittableRandom random) {
        List<SqlToken> ofKind = words.getOrDefault(kind, List.of());
        return ofKind.isEmpty() ? new SqlToken(kind, "1") : one(ofKind, random);
    }

    List<SqlToken> group(SplittableRandom random) {
        return groups.isEmpty() ? List.of() : one(groups, random);
    }

    List<SqlToken> clause(SplittableRandom random) {
        return clauses.isEmpty() ? List.of() : one(clauses, random);
    }

    List<SqlToken> statement(SplittableRandom random) {
        return one(statements, random);
    }

    static <T> T one(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
