package org.cladedb.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Changes statements: words are dropped, doubled, moved and replaced by others, values by odd
/// ones, functions and types by any other, clauses and parenthesized parts by those of other
/// statements; expressions and whole statements are put into others.
final class StatementMutator {
    private static final List<String> ODD_VALUES =
            List.of(
                    "NULL",
                    "''",
                    "'0'",
                    "0",
                    "-1",
                    "1.5",
                    "2147483648",
                    "9223372036854775807",
                    "1e400",
                    "'NaN'",
                    "'Infinity'",
                    "'{}'",
                    "'{{}}'",
                    "'{NULL}'",
                    "'[2:3]={1,2}'",
                    "'[]'",
                    "'(,)'",
                    "'[,)'",
                    "'empty'",
                    "'\\x'",
                    "'-infinity'",
                    "'now'",
                    "'4713-01-01 BC'",
                    "'294276-12-31'",
                    "'{\"a\": [1, null]}'",
                    "'$.a[*]'",
                    "repeat('x', 3000)",
                    "TRUE",
                    "DEFAULT",
                    "$1",
                    "*",
                    "ARRAY[]",
                    "ARRAY[NULL]",
                    "ROW()",
                    "ROW(1, NULL)",
                    "B'101'",
                    "E'\\u00e4\\n'",
                    "'%'",
                    "'\"'",
                    "(SELECT 1 WHERE FALSE)",
                    "(VALUES (1), (2))",
                    "'pg_class'::regclass",
                    "INTERVAL '-1 mon'",
                    "1::oid",
                    "'a'::\"char\"",
                    "'x'::name",
                    "ctid",
                    "tableoid");

    /// `%s` is an expression.
    private static final List<String> WRAPPERS =
            List.of(
                    "( %s )",
                    "- %s",
                    "NOT %s",
                    "%s IS NULL",
                    "ARRAY [ %s ]",
                    "ROW ( %s )",
                    "( SELECT %s )",
                    "%s = ANY ( %s )",
                    "%s COLLATE \"C\"",
                    "( %s ) . f",
                    "( %s ) [ 1 ]",
                    "( %s ) [ 1 : 2 ]",
                    "CASE WHEN %s THEN %s END",
                    "CASE %s WHEN %s THEN 1 ELSE %s END",
                    "COALESCE ( %s , NULL )",
                    "NULLIF ( %s , %s )",
                    "%s BETWEEN %s AND 3",
                    "%s IN ( %s , NULL )",
                    "%s IN ( SELECT %s )",
                    "EXISTS ( SELECT %s )",
                    "count ( DISTINCT %s )",
                    "sum ( %s ) OVER ( ORDER BY %s )",
                    "lag ( %s ) OVER ( )",
                    "array_agg ( %s )",
                    "max ( %s ) FILTER ( WHERE %s )",
                    "%s AT TIME ZONE 'UTC'",
                    "%s IS DISTINCT FROM %s",
                    "%s || %s",
                    "generate_series ( %s , %s )",
                    "unnest ( %s )",
                    "MULTISET ( SELECT %s )",
                    "%s LIKE %s",
                    "%s IS JSON",
                    "GREATEST ( %s , %s )",
                    "%s , %s",
                    "string_agg ( %s , ',' ORDER BY %s )",
                    "grouping ( %s )",
                    "%s :: text",
                    "( %s ) . *",
                    "to_json ( %s )",
                    "format ( '%%s' , %s )");

    /// `%s` is a statement.
    private static final List<String> STATEMENTS =
            List.of(
                    "EXPLAIN %s",
                    "EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) %s",
                    "EXPLAIN (COSTS OFF) %s",
                    "CREATE VIEW mutant_view AS %s",
                    "CREATE TABLE mutant_table AS %s",
                    "CREATE MATERIALIZED VIEW mutant_mv AS %s",
                    "PREPARE mutant AS %s",
                    "SELECT * FROM ( %s ) q",
                    "WITH q AS ( %s ) SELECT * FROM q, q r",
                    "WITH RECURSIVE q AS ( %s UNION ALL SELECT * FROM q ) SELECT * FROM q LIMIT 5",
                    "COPY ( %s ) TO STDOUT",
                    "DECLARE mutant_cursor CURSOR FOR %s",
                    "%s ; FETCH ALL FROM mutant_cursor",
                    "%s ; EXECUTE mutant",
                    "( %s ) UNION ( %s )",
                    "SELECT * FROM a , LATERAL ( %s ) q",
                    "INSERT INTO t %s",
                    "%s LIMIT 1",
                    "BEGIN ; %s",
                    "SELECT ( %s )",
                    "SELECT EXISTS ( %s )",
                    "SELECT ARRAY ( %s )",
                    "SELECT count(*) FROM ( %s ) q",
                    "SELECT q, q.* FROM ( %s ) q ORDER BY 1",
                    "SELECT DISTINCT ON (1) * FROM ( %s ) q",
                    "%s ; %s",
                    "SELECT row_to_json(q), count(*) OVER () FROM ( %s ) q",
                    "SELECT * FROM ( %s ) q FULL JOIN ( %s ) r ON TRUE",
                    "CREATE OR REPLACE VIEW mutant_view AS %s ; SELECT pg_get_viewdef('mutant_view'::regclass)");

    private static final int WORDS_MAX = 400;

    private final SplittableRandom random;
    private final StatementParts everywhere;
    private final List<String> functions;
    private final List<String> types;

    /// @param functions names of all functions there are
    /// @param types names of all types there are
    StatementMutator(
            SplittableRandom random,
            StatementParts everywhere,
            List<String> functions,
            List<String> types) {
        this.random = random;
        this.everywhere = everywhere;
        this.functions = List.copyOf(functions);
        this.types = List.copyOf(types);
    }

    /// @param near parts of statements about the same tables
    String mutant(List<SqlToken> statement, StatementParts near) {
        List<SqlToken> words = new ArrayList<>(statement);
        int changes = 1 + random.nextInt(4) * random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            if (words.isEmpty() || words.size() > WORDS_MAX) {
                words = new ArrayList<>(near.statement(random));
            }
            change(words, random.nextInt(3) == 0 ? everywhere : near);
        }
        String text = SqlToken.joined(words);
        if (random.nextInt(8) == 0) {
            text = StatementParts.one(STATEMENTS, random).replace("%s", text);
        }
        return text;
    }

    private void change(List<SqlToken> words, StatementParts from) {
        int at = random.nextInt(words.size());
        SqlToken word = words.get(at);
        switch (random.nextInt(32)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, word);
            case 2 -> Collections.swap(words, at, random.nextInt(words.size()));
            case 3 -> words.add(at, from.word(anyKind(), random));
            case 4 -> words.addAll(at, from.clause(random));
            case 5, 6 -> replaceClause(words, at, from.clause(random));
            case 7, 8, 9 -> replaceGroup(words, at, from.group(random));
            case 10, 11 -> changeArguments(words, at);
            case 12, 13, 14 -> oddValue(words, at);
            case 15, 16, 17, 18 -> otherFunctionOrType(words, at);
            case 19, 20, 21, 22, 23, 24 -> {
                if (word.kind() != SqlToken.Kind.MARK
                        && (word.kind() != SqlToken.Kind.KEYWORD || random.nextInt(4) == 0)) {
                    words.set(at, from.word(word.kind(), random));
                }
            }
            default -> wrap(words, at);
        }
    }

    private SqlToken.Kind anyKind() {
        return StatementParts.one(List.of(SqlToken.Kind.values()), random);
    }

    private static int find(List<SqlToken> words, int from, Set<String> texts) {
        for (int i = 0; i < words.size(); i++) {
            int at = (from + i) % words.size();
            if (texts.contains(words.get(at).text())) {
                return at;
            }
        }
        return -1;
    }

    private static void replaceGroup(List<SqlToken> words, int from, List<SqlToken> group) {
        int at = find(words, from, Set.of("("));
        if (at >= 0) {
            List<SqlToken> replaced = words.subList(at, StatementParts.groupEnd(words, at));
            replaced.clear();
            replaced.addAll(group);
        }
    }

    private static void replaceClause(List<SqlToken> words, int from, List<SqlToken> clause) {
        int start = from;
        while (start > 0 && !StatementParts.startsClause(words.get(start))) {
            start--;
        }
        int end = from + 1;
        while (end < words.size() && !StatementParts.startsClause(words.get(end))) {
            end++;
        }
        List<SqlToken> replaced = words.subList(start, end);
        replaced.clear();
        replaced.addAll(clause);
    }

    /// Takes an element of a list away, or doubles it.
    private void changeArguments(List<SqlToken> words, int from) {
        int at = find(words, from, Set.of(",", "("));
        if (at < 0) {
            return;
        }
        int end = elementEnd(words, at + 1);
        List<SqlToken> argument = words.subList(at + 1, end);
        if (random.nextBoolean()) {
            argument.clear();
            if (words.get(at).is(",")) {
                words.remove(at);
            }
        } else {
            List<SqlToken> again = new ArrayList<>(argument);
            again.addFirst(new SqlToken(SqlToken.Kind.MARK, ","));
            words.addAll(end, again);
        }
    }

    /// Up to the comma or the parenthesis that ends the element at `start`.
    private static int elementEnd(List<SqlToken> words, int start) {
        int at = start;
        while (at < words.size() && !words.get(at).is(",") && !words.get(at).is(")")) {
            at = words.get(at).is("(") ? StatementParts.groupEnd(words, at) : at + 1;
        }
        return Math.min(at, words.size());
    }

    private void oddValue(List<SqlToken> words, int from) {
        for (int i = 0; i < words.size(); i++) {
            int at = (from + i) % words.size();
            SqlToken.Kind kind = words.get(at).kind();
            if (kind == SqlToken.Kind.TEXT || kind == SqlToken.Kind.NUMBER) {
                words.set(
                        at,
                        new SqlToken(SqlToken.Kind.TEXT, StatementParts.one(ODD_VALUES, random)));
                return;
            }
        }
    }

    private void otherFunctionOrType(List<SqlToken> words, int from) {
        for (int i = 0; i + 1 < words.size(); i++) {
            int at = (from + i) % (words.size() - 1);
            if (words.get(at).is("::")) {
                words.set(at + 1, name(types));
                return;
            }
            if (words.get(at).kind() == SqlToken.Kind.NAME
                    && words.get(at + 1).is("(")
                    && !StatementParts.startsClause(words.get(at))) {
                words.set(at, name(functions));
                return;
            }
        }
    }

    private SqlToken name(List<String> names) {
        return new SqlToken(SqlToken.Kind.NAME, StatementParts.one(names, random));
    }

    /// Puts the operand at or after `from` into an expression.
    private void wrap(List<SqlToken> words, int from) {
        int start = from;
        while (start < words.size() && !startsOperand(words, start)) {
            start++;
        }
        if (start == words.size()) {
            return;
        }
        List<SqlToken> operand = words.subList(start, operandEnd(words, start, random.nextInt(3)));
        String text = SqlToken.joined(operand);
        String wrapped =
                switch (random.nextInt(4)) {
                    case 0 -> StatementParts.one(functions, random) + " ( " + text + " )";
                    case 1 -> "( " + text + " ) :: " + StatementParts.one(types, random);
                    default ->
                            StatementParts.one(WRAPPERS, random)
                                    .replace("%%", "%")
                                    .replace("%s", text);
                };
        operand.clear();
        operand.addAll(SqlToken.of(wrapped));
    }

    private static boolean startsOperand(List<SqlToken> words, int at) {
        SqlToken.Kind kind = words.get(at).kind();
        boolean isValue =
                kind == SqlToken.Kind.NAME
                        || kind == SqlToken.Kind.NUMBER
                        || kind == SqlToken.Kind.TEXT
                        || words.get(at).is("(");
        return isValue && (at == 0 || !(words.get(at - 1).is(".") || words.get(at - 1).is("::")));
    }

    /// After the value at `start`, and up to `more` further ones that operators join to it.
    private static int operandEnd(List<SqlToken> words, int start, int more) {
        int end = words.get(start).is("(") ? StatementParts.groupEnd(words, start) : start + 1;
        while (end < words.size()) {
            SqlToken next = words.get(end);
            if (next.is("(")) {
                end = StatementParts.groupEnd(words, end);
            } else if (next.is(".") || next.is("::")) {
                end = Math.min(end + 2, words.size());
            } else if (more > 0
                    && next.kind() == SqlToken.Kind.OPERATOR
                    && end + 1 < words.size()
                    && startsOperand(words, end + 1)) {
                return operandEnd(words, end + 1, more - 1);
            } else {
                return end;
            }
        }
        return end;
    }
}
