package org.cladedb.sql.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlTextTest {
    @Test
    void namesAreQuotedWhereTheyMustBe() {
        assertThat(SqlText.identifier("plain_1")).isEqualTo("plain_1");
        assertThat(SqlText.identifier("Upper")).isEqualTo("\"Upper\"");
        assertThat(SqlText.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(SqlText.identifier("1a")).isEqualTo("\"1a\"");
        assertThat(SqlText.identifier("é")).isEqualTo("\"é\"");
        assertThat(SqlText.identifier("")).isEqualTo("\"\"");
        assertThat(SqlText.identifier("select")).isEqualTo("\"select\"");
        assertThat(SqlText.identifier("coalesce")).isEqualTo("\"coalesce\"");
        assertThat(SqlText.identifier("left")).isEqualTo("\"left\"");
        assertThat(SqlText.identifier("value")).isEqualTo("value");
        assertThat(SqlText.qualified(List.of("s", "T"))).isEqualTo("s.\"T\"");
    }

    @Test
    void strings() {
        assertThat(SqlText.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlText.literal("a\\b'")).isEqualTo("'a\\b'''");
    }
}
