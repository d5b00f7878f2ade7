package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.cladedb.sql.ast.Expression.BitStringLiteral;
import org.cladedb.sql.ast.Expression.ColumnReference;
import org.cladedb.sql.ast.Expression.DecimalLiteral;
import org.cladedb.sql.ast.Expression.IntegerLiteral;
import org.cladedb.sql.ast.Expression.StringLiteral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LexerTest {
    private static String string(String sql) {
        return ((StringLiteral) SqlParser.parseExpression(sql)).value();
    }

    private static String name(String sql) {
        return ((ColumnReference) SqlParser.parseExpression(sql)).name().dotted();
    }

    private static String error(String expression) {
        return Parsing.report("select " + expression);
    }

    @Test
    void stringsOfAllNotations() {
        assertThat(string("'it''s'")).isEqualTo("it's");
        assertThat(string("''")).isEmpty();
        assertThat(string("'a\\n'")).isEqualTo("a\\n");
        assertThat(string("E'a\\n\\t\\\\\\'\\x41\\101\\u00e9\\q'")).isEqualTo("a\n\t\\'AAéq");
        assertThat(string("e'\\ud83d\\ude00'")).isEqualTo("\uD83D\uDE00");
        assertThat(string("e'\\U0001F600'")).isEqualTo("\uD83D\uDE00");
        assertThat(string("e'\\xe2\\x82\\xac'")).isEqualTo("€");
        assertThat(string("U&'d\\0061t\\+000061 \\\\'")).isEqualTo("data \\");
        assertThat(string("U&'d!0061t!!' UESCAPE '!'")).isEqualTo("dat!");
        assertThat(string("$$it's$$")).isEqualTo("it's");
        assertThat(string("$tag$a $$ b$tag$")).isEqualTo("a $$ b");
    }

    @Test
    void stringsWithALineBreakBetweenThemAreOne() {
        assertThat(string("'a'\n  'b'")).isEqualTo("ab");
        assertThat(string("'a' -- comment\n'b'")).isEqualTo("ab");
        assertThat(string("e'a'\n'\\n'")).isEqualTo("a\n");
        assertThat(error("'a' 'b'")).isEqualTo("42601 syntax error at or near \"'b'\" @12");
    }

    @Test
    void bitStrings() {
        assertThat(SqlParser.parseExpression("B'101'"))
                .isEqualTo(new BitStringLiteral("101", false, 0));
        assertThat(SqlParser.parseExpression("x'1F'"))
                .isEqualTo(new BitStringLiteral("1F", true, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1_000, 1000",
        "2147483647, 2147483647",
        "-2147483648, -2147483648",
        "0x1F, 31",
        "0b101, 5",
        "0o17, 15",
        "- -2147483647, 2147483647"
    })
    void integers(String sql, int value) {
        assertThat(SqlParser.parseExpression(sql)).isEqualTo(new IntegerLiteral(value, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, 2147483648",
        "-2147483649, -2147483649",
        "- -2147483648, 2147483648",
        "0xFFFFFFFFFF, 1099511627775",
        "1.50, 1.50",
        ".5, .5",
        "5., 5.",
        "1e10, 1e10",
        "1_0.0_1e-3, 10.01e-3",
        "-1.5, -1.5"
    })
    void numbersPast32Bits(String sql, String text) {
        assertThat(SqlParser.parseExpression(sql)).isEqualTo(new DecimalLiteral(text, 0));
    }

    @Test
    void namesAreFoldedUnlessQuoted() {
        assertThat(name("Foo_Bar$1")).isEqualTo("foo_bar$1");
        assertThat(name("\"Foo\"\"Bar\"")).isEqualTo("Foo\"Bar");
        assertThat(name("`Order`")).isEqualTo("Order");
        assertThat(name("U&\"\\0046oo\"")).isEqualTo("Foo");
        assertThat(name("ÉTÉ")).isEqualTo("ÉtÉ");
        assertThat(name("a.\"B\".select")).isEqualTo("a.B.select");
    }

    @Test
    void namesAreCutTo63Bytes() {
        assertThat(name("x".repeat(100))).isEqualTo("x".repeat(63));
        assertThat(name('"' + "é".repeat(40) + '"')).isEqualTo("é".repeat(31));
        assertThat(name('"' + "\uD83D\uDE00".repeat(20) + '"'))
                .isEqualTo("\uD83D\uDE00".repeat(15));
    }

    @Test
    void commentsAreSpace() {
        assertThat(Parsing.shape("1 -- one\n + /* two /* nested */ */ 2")).isEqualTo("(1 + 2)");
    }

    @Test
    void operatorsEndWhereTheyShould() {
        assertThat(Parsing.shape("a=-1")).isEqualTo("(a = '-1'::integer)");
        assertThat(Parsing.shape("a@-b")).isEqualTo("(a @- b)");
        assertThat(Parsing.shape("a*-- comment\nb")).isEqualTo("(a * b)");
        assertThat(Parsing.shape("a != b")).isEqualTo("(a <> b)");
        assertThat(Parsing.shape("a ->> 'b'")).isEqualTo("(a ->> 'b')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'abc|unterminated quoted string at or near \"'abc\" @8",
                "e'abc\\|unterminated quoted string at or near \"e'abc\\\" @8",
                "b'1|unterminated bit string literal at or near \"b'1\" @8",
                "x'1|unterminated hexadecimal string literal at or near \"x'1\" @8",
                "\"abc|unterminated quoted identifier at or near \"\"abc\" @8",
                "\"\"|zero-length delimited identifier at or near \"\"\"\" @8",
                "$$abc|unterminated dollar-quoted string at or near \"$$abc\" @8",
                "/* abc|unterminated /* comment at or near \"/* abc\" @8",
                "1abc|trailing junk after numeric literal at or near \"1abc\" @8",
                "1e+|trailing junk after numeric literal at or near \"1e+\" @8",
                "1_|trailing junk after numeric literal at or near \"1_\" @8",
                "0x|invalid hexadecimal integer at or near \"0x\" @8",
                "$1a|trailing junk after parameter at or near \"$1a\" @8",
                "$99999999999|parameter number too large at or near \"$99999999999\" @8",
                "a\\b|syntax error at or near \"\\\" @9",
                "$a|syntax error at or near \"$\" @8",
                "e'\\ud800'|invalid Unicode surrogate pair at or near \"'\" @16",
                "e'\\udc00'|invalid Unicode surrogate pair at or near \"\\udc00\" @10",
                "e'\\U00110000'|invalid Unicode escape value at or near \"\\U00110000\" @10",
                "U&'\\D83D'|invalid Unicode surrogate pair @16",
                "U&'x' uescape 'a'|invalid Unicode escape character at or near \"'a'\" @22"
            })
    void errors(String test) {
        int bar = test.lastIndexOf('|');
        assertThat(error(test.substring(0, bar))).isEqualTo("42601 " + test.substring(bar + 1));
    }

    @Test
    void errorsOfOtherClasses() {
        assertThat(error("e'\\u12'")).startsWith("22025 invalid Unicode escape");
        assertThat(error("e'\\377'"))
                .startsWith("22021 invalid byte sequence for encoding \"UTF8\": 0xff");
        assertThat(error("e'\\0'"))
                .startsWith("22021 invalid byte sequence for encoding \"UTF8\": 0x00");
    }

    @Test
    void theFirstErrorIsReportedEvenIfTheLexerKnowsOfALaterOne() {
        assertThat(error("from where 'abc"))
                .isEqualTo("42601 syntax error at or near \"where\" @13");
    }
}
