package org.cladedb.sql.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers, and what cannot be printed; everything else is compared with PostgreSQL's own print.
final class ExpressionFormatterTest {
    private static String print(String sql) {
        return ExpressionFormatter.format(SqlParser.parseExpression(sql));
    }

    @Test
    void numbersCarryTheirTypeWhereItCouldBeLost() {
        assertThat(print("5")).isEqualTo("5");
        assertThat(print("-5")).isEqualTo("'-5'::integer");
        assertThat(print("5000000000")).isEqualTo("'5000000000'::bigint");
        assertThat(print("1.50")).isEqualTo("1.50");
        assertThat(print(".5")).isEqualTo("0.5");
        assertThat(print("-1.5")).isEqualTo("'-1.5'::numeric");
        assertThat(print("1e5")).isEqualTo("'100000'::numeric");
        assertThat(print("1e100000")).isEqualTo("'1e100000'::numeric");
        assertThat(print("99999999999999999999")).isEqualTo("'99999999999999999999'::numeric");
    }

    @Test
    void defaultsOfSequences() {
        assertThat(print("nextval('s.\"T_id_seq\"'::regclass)"))
                .isEqualTo("nextval('s.\"T_id_seq\"'::regclass)");
        assertThat(print("pg_catalog.now()")).isEqualTo("now()");
        assertThat(print("NULL::varchar(3)")).isEqualTo("NULL::character varying(3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(select 1)",
                "a in (select 1)",
                "a = any (select 1)",
                "exists (select 1)",
                "array(select 1)",
                "multiset(select 1)"
            })
    void queriesAreRefused(String sql) {
        Expression expression = SqlParser.parseExpression(sql);
        DatabaseException error =
                catchThrowableOfType(
                        DatabaseException.class, () -> ExpressionFormatter.format(expression));
        assertThat(error.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    }
}
