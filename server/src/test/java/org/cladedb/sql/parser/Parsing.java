package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.sql.ast.ExpressionFormatter;
import org.cladedb.sql.ast.QueryBody.SelectCore;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.jspecify.annotations.Nullable;

/// Shorthands of the parser's tests.
final class Parsing {
    private Parsing() {}

    static <S extends Statement> S parse(Class<S> type, String sql) {
        List<ParsedStatement> statements = SqlParser.parse(sql);
        assertThat(statements).as(sql).hasSize(1);
        return type.cast(statements.getFirst().statement());
    }

    /// What an optional part holds.
    static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new AssertionError("the part is absent");
        }
        return part;
    }

    static SelectCore core(String sql) {
        return (SelectCore) parse(SelectStatement.class, sql).body();
    }

    /// The expression with every operator in parentheses.
    static String shape(String expression) {
        return ExpressionFormatter.format(SqlParser.parseExpression(expression));
    }

    static DatabaseException failure(String sql) {
        DatabaseException error =
                catchThrowableOfType(DatabaseException.class, () -> SqlParser.parse(sql));
        assertThat(error).as("error of: %s", sql).isNotNull();
        return error;
    }

    /// `code message @position`, the position counted from 1 as clients show it.
    static String report(String sql) {
        DatabaseException error = failure(sql);
        return error.state().code()
                + " "
                + error.message()
                + " @"
                + (error.fields().position() + 1);
    }
}
