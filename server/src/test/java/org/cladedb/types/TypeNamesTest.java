package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Types by name and names of types; expectations from PostgreSQL 15.
final class TypeNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | integer",
                "INT4 | integer",
                "pg_catalog.int8 | bigint",
                "_int4 | integer[]",
                "int[3][] | integer[]",
                "character varying(5)[] | character varying(5)[]",
                "varchar | character varying",
                "char | bpchar",
                "char(3) | character(3)",
                "\"char\" | \"char\"",
                "decimal(10,2) | numeric(10,2)",
                "numeric(2,-1) | numeric(2,-1)",
                "numeric(7) | numeric(7,0)",
                "double precision | double precision",
                "float | double precision",
                "real | real",
                "timestamp(3) with time zone | timestamp(3) with time zone",
                "timestamp (3) | timestamp(3) without time zone",
                "time | time without time zone",
                "interval(2) | interval(2)",
                "name | name",
                "boolean | boolean",
            })
    void textsMeanTypes(String text, String formatted) {
        SqlType type = Objects.requireNonNull(TypeNames.ofSqlText(text));
        assertThat(TypeNames.format(type)).isEqualTo(formatted);
    }

    @ParameterizedTest
    @CsvSource({"serial", "foo", "\"int\"", "\"character varying\"", "other.int4", "int(", "()"})
    void otherTextsMeanNone(String text) {
        assertThat(TypeNames.ofSqlText(text)).isNull();
    }

    @Test
    void intervalsKeepTheirFields() {
        assertThat(format("interval", List.of(), "day to second"))
                .isEqualTo("interval day to second");
        assertThat(format("interval", List.of(3), "second")).isEqualTo("interval second(3)");
        assertThat(format("interval", List.of(), "year to month"))
                .isEqualTo("interval year to month");
        assertThat(TypeNames.resolve("pg_catalog", "interval", List.of(), "day").modifier())
                .isEqualTo((8 << 16) | 0xFFFF);
    }

    private static String format(String name, List<Integer> modifiers, @Nullable String fields) {
        return TypeNames.format(TypeNames.resolve(null, name, modifiers, fields));
    }

    @Test
    void modifiersAreChecked() {
        expect("varchar", List.of(0), "22023", "length for type varchar must be at least 1");
        expect(
                "varchar",
                List.of(10_485_761),
                "22023",
                "length for type varchar cannot exceed 10485760");
        expect("bpchar", List.of(0), "22023", "length for type char must be at least 1");
        expect("numeric", List.of(0), "22023", "NUMERIC precision 0 must be between 1 and 1000");
        expect(
                "numeric",
                List.of(5, 1001),
                "22023",
                "NUMERIC scale 1001 must be between -1000 and 1000");
        expect("numeric", List.of(1, 2, 3), "22023", "invalid NUMERIC type modifier");
        expect("text", List.of(3), "42601", "type modifier is not allowed for type \"text\"");
        expect("foo", List.of(), "42704", "type \"foo\" does not exist");
    }

    private static void expect(String name, List<Integer> modifiers, String code, String message) {
        assertThatThrownBy(() -> TypeNames.resolve(null, name, modifiers, null))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.state().code()).isEqualTo(code));
    }

    @Test
    void everyTypeIsFoundByTheNameItPrints() {
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY) {
                SqlType type = SqlType.of(kind);
                assertThat(TypeNames.ofSqlText(TypeNames.format(type)))
                        .as(kind.name())
                        .isEqualTo(type);
            }
        }
        assertThat(TypeNames.unknown("x").state()).isEqualTo(SqlState.UNDEFINED_OBJECT);
    }
}
