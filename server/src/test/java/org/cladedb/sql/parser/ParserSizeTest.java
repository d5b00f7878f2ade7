package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.sql.parser.Parsing.core;
import static org.cladedb.sql.parser.Parsing.parse;
import static org.cladedb.sql.parser.Parsing.present;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cladedb.sql.ast.Expression.InList;
import org.cladedb.sql.ast.ModifyStatement.Insert;
import org.cladedb.sql.ast.QueryBody.ValuesBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Long statements are parsed in linear time. The time limits are far above what they take;
/// anything quadratic would be far beyond them.
@Timeout(10)
final class ParserSizeTest {
    @Test
    void listOfTenThousandParameters() {
        String list =
                IntStream.rangeClosed(1, 10_000)
                        .mapToObj(number -> "$" + number)
                        .collect(Collectors.joining(", "));
        InList in = (InList) present(core("select 1 from t where a in (" + list + ")").where());
        assertThat(in.values()).hasSize(10_000);
    }

    @Test
    void insertOfManyMegabytes() {
        String row = "(1, 'some text of usual length', 3.5, null, -7)";
        int rows = 100_000;
        String sql = "insert into t values " + (row + ", ").repeat(rows - 1) + row;
        Insert insert = parse(Insert.class, sql);
        assertThat(((ValuesBody) present(insert.source()).body()).rows()).hasSize(rows);
    }

    @Test
    void manyStatements() {
        assertThat(SqlParser.parse("select 1; ".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void longTexts() {
        String text = "x''".repeat(1_000_000);
        assertThat(SqlParser.parse("select '" + text + "', $$" + text + "$$")).hasSize(1);
        assertThat(SqlParser.parse("select e'" + "\\n\\x41".repeat(500_000) + "'")).hasSize(1);
        assertThat(SqlParser.parse("select 1 /*" + "/*".repeat(100_000) + "*/".repeat(100_001)))
                .hasSize(1);
        assertThat(SqlParser.parse("select " + "1".repeat(100_000) + ".5")).hasSize(1);
    }
}
