package org.cladedb.sql.parser;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;

import java.util.List;

/// Parses SQL text. Stateless and safe for use by any thread.
public final class SqlParser {
    private SqlParser() {}

    /// The statements in `sql`, empty ones left out.
    ///
    /// @throws DatabaseException at the first error, with its position in `sql`
    public static List<ParsedStatement> parse(String sql) {
        throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, "parser not there: " + sql);
    }

    /// One expression that is the whole text, as the catalog stores defaults and checks.
    ///
    /// @throws DatabaseException at the first error, with its position in `sql`
    public static Expression parseExpression(String sql) {
        throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, "parser not there: " + sql);
    }
}
