package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.Keyword;
import org.junit.jupiter.api.Test;

/// Whatever the text, the parser answers with statements or with a [DatabaseException] that is no
/// internal error and points into the text.
final class ParserFuzzTest {
    private static final long SEED = Long.getLong("seed", 20_261_123L);
    private static final int ROUNDS = 20_000;
    private static final int SOUP_TOKENS_MAX = 25;

    private static final List<String> SYMBOLS =
            List.of(
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    ";",
                    ":",
                    ".",
                    "::",
                    ":=",
                    "=>",
                    "*",
                    "**",
                    "+",
                    "-",
                    "/",
                    "=",
                    "<>",
                    "<",
                    ">=",
                    "||",
                    "->",
                    "@",
                    "!",
                    "~",
                    "%",
                    "^",
                    "?",
                    "$1",
                    "$0",
                    "1",
                    "2147483648",
                    "1.5",
                    "1e400",
                    "0x1f",
                    "'a'",
                    "''",
                    "e'\\n'",
                    "u&'\\0041'",
                    "b'1'",
                    "x'f'",
                    "$$a$$",
                    "a",
                    "b",
                    "t",
                    "\"Q\"",
                    "`m`",
                    "é",
                    "'",
                    "\"",
                    "/*",
                    "--",
                    "\\",
                    "$",
                    "\u0000",
                    "\uD83D");

    private static final List<String> STATEMENTS =
            List.of(
                    "select distinct a, (select b from c where d = e) from t left join u on a = b"
                            + " where c in (1, 2) and d between 1 and 2 group by e having f"
                            + " order by g desc nulls last limit 5 offset 6 for update",
                    "with recursive a (b) as (select 1 union all select b + 1 from a) select * from"
                            + " a",
                    "insert into t (a, b) values (1, default) on conflict (a) do update set b = 2"
                            + " where t.a returning *",
                    "update t set a = 1, (b, c) = (select 1, 2) from u where d",
                    "delete from t using u where a returning b",
                    "create table t (a int primary key, b varchar(3) default 'x' not null check (b"
                            + " > 1), grouping foreign key (a) references p (b) on delete cascade)",
                    "alter table t add column a int, drop constraint b cascade, alter c type text"
                            + " using d::text",
                    "select sum(a) filter (where b) over (partition by c order by d rows between 1"
                            + " preceding and current row), case a when 1 then 2 else 3 end,"
                            + " extract(year from b), cast(c as numeric(3, 2)), array[1, 2][1]",
                    "create index on t using btree (a desc, lower(b)) include (c) where d",
                    "grant select (a), insert on all tables in schema s to public with grant"
                            + " option",
                    "copy t (a) from stdin with (format csv, null 'x')",
                    "set local a.b to 'c', d; begin isolation level serializable; commit and chain",
                    "declare c scroll cursor with hold for select 1; fetch backward 5 from c",
                    "create view v (a) with (b = c) as select 1 with local check option",
                    "explain (analyze, format json) select * from f(1) with ordinality as g (a,"
                            + " b)");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private void parse(String sql) {
        try {
            assertThat(SqlParser.parse(sql)).isNotNull();
        } catch (DatabaseException error) {
            assertThat(error.state())
                    .as("seed %d: %s", SEED, sql)
                    .isNotIn(SqlState.INTERNAL_ERROR, SqlState.DATA_CORRUPTED);
            assertThat(error.fields().position())
                    .as("seed %d: position of %s in %s", SEED, error.message(), sql)
                    .isBetween(-1, sql.length());
        } catch (RuntimeException | StackOverflowError error) {
            throw new AssertionError("seed " + SEED + ": " + sql, error);
        }
    }

    private String anyToken() {
        Keyword[] keywords = Keyword.values();
        return random.nextInt(3) == 0
                ? SYMBOLS.get(random.nextInt(SYMBOLS.size()))
                : keywords[random.nextInt(keywords.length)].word();
    }

    @Test
    void tokenSoup() {
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder sql = new StringBuilder();
            int count = random.nextInt(SOUP_TOKENS_MAX);
            for (int i = 0; i < count; i++) {
                sql.append(anyToken()).append(random.nextInt(4) == 0 ? "" : " ");
            }
            parse(sql.toString());
        }
    }

    @Test
    void mutatedStatements() {
        for (int round = 0; round < ROUNDS; round++) {
            String statement = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
            List<String> words = new ArrayList<>(List.of(statement.split("(?<=\\W)|(?=\\W)", -1)));
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(words.size());
                switch (random.nextInt(4)) {
                    case 0 -> words.set(at, "");
                    case 1 -> words.add(at, " " + anyToken() + " ");
                    case 2 -> words.set(at, anyToken());
                    default -> words.set(at, words.get(random.nextInt(words.size())));
                }
            }
            parse(String.join("", words));
        }
    }

    @Test
    void cutStatements() {
        for (String statement : STATEMENTS) {
            for (int end = 0; end <= statement.length(); end++) {
                parse(statement.substring(0, end));
                parse(statement.substring(end));
            }
        }
    }

    @Test
    void randomCharacters() {
        for (int round = 0; round < ROUNDS; round++) {
            char[] chars = new char[random.nextInt(40)];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) random.nextInt(random.nextInt(20) == 0 ? 0x10000 : 0x80);
            }
            parse("select " + new String(chars));
        }
    }
}
