package org.cladedb.session;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Which columns utility statements return.
final class UtilityShapes {
    static final List<ResultColumn> SHOW_ALL =
            List.of(
                    ResultColumn.of("name", SqlType.TEXT),
                    ResultColumn.of("setting", SqlType.TEXT),
                    ResultColumn.of("description", SqlType.TEXT));

    private UtilityShapes() {}

    /// The columns of `statement`, null when it returns no rows.
    static @Nullable List<ResultColumn> columns(Session session, Statement statement) {
        if (statement instanceof SettingStatement.Show show) {
            String name = show.name();
            return name == null ? SHOW_ALL : List.of(SettingCommands.showColumn(name));
        }
        if (statement instanceof Explain explain) {
            return List.of(ResultColumn.of("QUERY PLAN", explainType(explain)));
        }
        if (statement instanceof PreparedStatementCommand.Execute execute) {
            return session.statements().get(execute.name()).columns();
        }
        if (statement instanceof CursorStatement.Fetch fetch && !fetch.move()) {
            ResultShape shape = cursor(session, fetch.cursor()).shape();
            return shape == null ? null : shape.columns();
        }
        return null;
    }

    private static SqlType explainType(Explain explain) {
        for (Option option : explain.options()) {
            if (option.name().equals("format")
                    && option.values().size() == 1
                    && option.values().getFirst().equalsIgnoreCase("json")) {
                return SqlType.JSON;
            }
        }
        return SqlType.TEXT;
    }

    /// @throws DatabaseException 34000
    static Portal cursor(Session session, String name) {
        Portal cursor = name.isEmpty() ? null : session.portals().find(name);
        if (cursor == null) {
            throw new DatabaseException(
                    SqlState.INVALID_CURSOR_NAME, "cursor \"%s\" does not exist".formatted(name));
        }
        return cursor;
    }
}
