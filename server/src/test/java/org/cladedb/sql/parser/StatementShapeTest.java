package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Collectors;
import org.cladedb.sql.ast.Expression.Parameter;
import org.cladedb.sql.ast.SelectStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementShapeTest {
    /// The key with `?` for the mark, and the literals.
    private static String shape(String sql) {
        StatementShape shape = StatementShape.of(sql);
        if (shape == null) {
            return "none";
        }
        return shape.key().replace('\0', '?')
                + " "
                + shape.literals().stream()
                        .map(StatementShape.Literal::text)
                        .collect(Collectors.joining(";", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from t where id = 5 | select * from t where id = ?i [5]",
                "select * from t where t.a<>'x' and b >= 2.5 or c < 99999999999"
                        + "| select * from t where t.a<>?s and b >= ?n or c < ?l [x;2.5;99999999999]",
                "select 1 from t where name = 'it''s' limit 10"
                        + "| select 1 from t where name = ?s limit 10 [it's]",
                "select 1 from t where id between 5 and 7 and b = 1"
                        + "| select 1 from t where id between ?i and ?i and b = ?i [5;7;1]",
                "select 1 from t where id = -5 | select 1 from t where id = -?i [5]",
                "select 1 from t where lower(a) = e'\\x41'; | select 1 from t where lower(a) = ?s; [A]",
                "update t set a = 'x', b = b + 1, c = c - -3 where id = 4"
                        + "| update t set a = ?s, b = b + ?i, c = c - -?i where id = ?i [x;1;3;4]",
                "insert into t (a, b) values (1, 'x') | insert into t (a, b) values (?i, ?s) [1;x]",
                "insert into t values (-1, now(), f('y'), 'z') returning a = 2"
                        + "| insert into t values (-?i, now(), f('y'), ?s) returning a = ?i [1;z;2]",
                "delete from t where value = 3 and key = 'k'"
                        + "| delete from t where value = ?i and key = ?s [3;k]",
                "with x as (select * from t where a = 1) select * from x where b > 2"
                        + "| with x as (select * from t where a = ?i) select * from x where b > ?i [1;2]",
            })
    void takesOutWhatStandsForItself(String sql, String expected) {
        assertThat(shape(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 5",
                "select 'x', 2 from t limit 3 offset 4",
                "select * from t where 1 = 1",
                "select * from t where 'a' = 'b'",
                "select * from t where a = 5::bigint",
                "select * from t where a = date '2020-01-01'",
                "select * from t where a = 5 * 2",
                "select * from t where a = 'x' || b",
                "select * from t where a = 'x' collate \"C\"",
                "select * from t where a like 'x%'",
                "select * from t where a in (1, 2)",
                "select * from t where a = -2147483648",
                "select * from t where a - 'x'",
                "select * from t where not a between symmetric 1 and 2",
                "select * from t where j -> 'k' = '5'",
                "select * from t where a = $1 and b = 5",
                "insert into t values (1, 'x'), (2, 'y')",
                "insert into t values (array[1, 2], (3), 4 + 5)",
                "set statement_timeout = 5",
                "create table t (a int check (a = 5))",
                "select * from t where a = 5 and 'open",
            })
    void leavesTheRest(String sql) {
        assertThat(shape(sql)).isEqualTo("none");
    }

    @Test
    void parsesWithParametersWhereTheLiteralsStood() {
        StatementShape shape =
                Objects.requireNonNull(StatementShape.of("select * from t where id = 42"));
        SelectStatement select = (SelectStatement) shape.parse().getFirst().statement();
        assertThat(select.toString()).contains(new Parameter(1, 27).toString());
    }

    @Test
    void ofBoundedSize() {
        assertThat(shape("select * from t where a = 5 and b = '" + "x".repeat(20_000) + "'"))
                .isEqualTo("none");
        assertThat(shape("select * from t where " + "a = 5 or ".repeat(300) + "b = 1"))
                .isEqualTo("none");
    }
}
