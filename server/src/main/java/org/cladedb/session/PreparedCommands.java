package org.cladedb.session;

import java.util.List;
import org.cladedb.analysis.TypeNameResolver;
import org.cladedb.error.DatabaseException;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.types.SqlType;

/// PREPARE and DEALLOCATE; EXECUTE is resolved when its portal is made.
final class PreparedCommands {
    private final Session session;

    PreparedCommands(Session session) {
        this.session = session;
    }

    UtilityResult execute(PreparedStatementCommand statement, String text) {
        return switch (statement) {
            case PreparedStatementCommand.Prepare prepare -> prepare(prepare, text);
            case PreparedStatementCommand.Deallocate deallocate -> deallocate(deallocate);
            case PreparedStatementCommand.Execute _ ->
                    throw new IllegalStateException("EXECUTE is run as the statement it names");
        };
    }

    private UtilityResult prepare(PreparedStatementCommand.Prepare prepare, String text) {
        List<SqlType> types =
                prepare.parameterTypes().stream().map(TypeNameResolver::resolve).toList();
        int start = prepare.statementStart();
        String inner = text.substring(start, prepare.statementEnd());
        try {
            session.statements()
                    .put(
                            prepare.name(),
                            session.statements()
                                    .prepare(
                                            inner,
                                            SqlParser.parse(inner).getFirst().statement(),
                                            types),
                            text);
        } catch (DatabaseException failure) {
            int position = failure.fields().position();
            throw position < 0 ? failure : failure.movedTo(start + position);
        }
        session.transaction().endUnused();
        return UtilityResult.of("PREPARE");
    }

    private UtilityResult deallocate(PreparedStatementCommand.Deallocate deallocate) {
        String name = deallocate.name();
        if (name == null) {
            session.statements().removeAll();
            return UtilityResult.of("DEALLOCATE ALL");
        }
        session.statements().get(name);
        session.statements().remove(name);
        return UtilityResult.of("DEALLOCATE");
    }
}
