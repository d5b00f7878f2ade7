package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// However deep a statement nests, it parses or is refused: the stack never ends first.
final class NestingTest {
    private static final long STACK_BYTES = 512 * 1024;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    select →(→1→)→.
                    select →- →a→→.
                    select →not →a→→.
                    select →@ →a→→.
                    select →(select →1→)→.
                    select →f(→1→)→.
                    select →coalesce(→1→)→.
                    select →cast(→1→ as int)→.
                    select →f() over (order by →1→)→.
                    select →case when →1→ then 1 end→.
                    select →array[→1→]→.
                    select →array[[→1→]]→.
                    select →a[→1→]→.
                    select →a + (→1→)→.
                    select →a in (→1→)→.
                    select →a between 1 and 2 + (→1→)→.
                    select →exists (select →1→)→.
                    select a→+a→→→.
                    select a→::int→→→.
                    select a→ is null→→→.
                    select (a)→.b→→→.
                    select 1→ union select 1→→→.
                    select 1 from →(→a cross join b→) cross join c→.
                    select 1 from →(select * from →a→) x→.
                    select 1 from a→ cross join b→→→.
                    →with x as (→select 1→) select 1→.
                    →(→select 1→)→.
                    create table t (a int default →(→1→)→)
                    """)
    void nestingIsBounded(
            String start,
            @Nullable String open,
            @Nullable String inner,
            @Nullable String close,
            String end)
            throws InterruptedException {
        String tail = end.equals(".") ? "" : end;
        for (int depth : new int[] {50, 100, 1000, 100_000}) {
            String sql =
                    text(start)
                            + text(open).repeat(depth)
                            + text(inner)
                            + text(close).repeat(depth)
                            + tail;
            Object outcome = parseWithSmallStack(sql);
            if (depth <= 50) {
                assertThat(outcome).as("%s, %d deep", start + open, depth).isEqualTo("parsed");
            } else if (depth >= 1000) {
                assertThat(outcome)
                        .as("%s, %d deep", start + open, depth)
                        .isEqualTo(SqlState.STATEMENT_TOO_COMPLEX);
            } else {
                assertThat(outcome)
                        .as("%s, %d deep", start + open, depth)
                        .isIn("parsed", SqlState.STATEMENT_TOO_COMPLEX);
            }
        }
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static Object parseWithSmallStack(String sql) throws InterruptedException {
        Object[] outcome = {"died"};
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                SqlParser.parse(sql);
                                outcome[0] = "parsed";
                            } catch (DatabaseException error) {
                                outcome[0] = error.state();
                            } catch (StackOverflowError error) {
                                outcome[0] = error;
                            }
                        },
                        "small-stack",
                        STACK_BYTES);
        thread.start();
        thread.join();
        return outcome[0];
    }
}
