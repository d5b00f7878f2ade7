package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.cladedb.error.DatabaseException;
import org.cladedb.sql.words.Keyword;
import org.cladedb.sql.words.Keyword.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where each key word may be a name.
final class KeywordNameTest {
    private static boolean parses(String sql) {
        try {
            return !SqlParser.parse(sql).isEmpty();
        } catch (DatabaseException _) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(Keyword.class)
    void asNames(Keyword keyword) {
        String word = keyword.word();
        boolean columnId =
                keyword.category() == Category.UNRESERVED
                        || keyword.category() == Category.COLUMN_NAME;
        boolean function =
                keyword.category() == Category.UNRESERVED
                        || keyword.category() == Category.TYPE_OR_FUNCTION;
        assertThat(parses("create table t (" + word + " int)"))
                .as("column %s", word)
                .isEqualTo(columnId || keyword == Keyword.LIKE);
        assertThat(parses("select 1 from t as " + word)).as("alias %s", word).isEqualTo(columnId);
        assertThat(parses("select 1 as " + word)).as("label %s", word).isTrue();
        assertThat(parses("select \"" + word + "\"." + word + " from t"))
                .as("attribute %s", word)
                .isTrue();
        assertThat(parses("call " + word + "(1)")).as("function %s", word).isEqualTo(function);
        assertThat(parses("create table t (a " + word + ")"))
                .as("type %s", word)
                .isEqualTo(function || isTypeWord(keyword));
    }

    /// Types that are grammar, and complete in one word.
    private static boolean isTypeWord(Keyword keyword) {
        return switch (keyword) {
            case BIGINT,
                    BIT,
                    BOOLEAN,
                    CHAR,
                    CHARACTER,
                    DEC,
                    DECIMAL,
                    FLOAT,
                    INT,
                    INTEGER,
                    INTERVAL,
                    JSON,
                    NCHAR,
                    NUMERIC,
                    REAL,
                    SMALLINT,
                    TIME,
                    TIMESTAMP,
                    VARCHAR ->
                    true;
            default -> false;
        };
    }

    @Test
    void outputNamesWithoutAs() {
        assertThat(parses("select 1 value, 2 type, 3 end")).isTrue();
        assertThat(parses("select 1 year")).isFalse();
        assertThat(parses("select 1 as year")).isTrue();
        assertThat(parses("select a over from t")).isFalse();
    }

    @Test
    void wordsOfSpecialFunctionsNameColumns() {
        assertThat(parses("select coalesce, t.position, timestamp, interval, row, exists from t"))
                .isTrue();
        assertThat(parses("select left from t")).isFalse();
        assertThat(parses("select left(a, 1) from t")).isTrue();
        assertThat(parses("update set set set = 1")).isTrue();
    }
}
