package org.cladedb.session;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Statement;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The extended query protocol. An implicit transaction goes from the first message to
/// [#sync(ResultReceiver)].
public final class ExtendedQueries {
    private final Session session;

    ExtendedQueries(Session session) {
        this.session = session;
    }

    /// Prepares the statement in `text` as `name`.
    ///
    /// @param typeOids declared types of the first parameters, 0 where open
    public void parse(String name, String text, int[] typeOids, ResultReceiver receiver) {
        session.guard()
                .run(
                        text,
                        receiver,
                        () -> {
                            if (name.isEmpty()) {
                                session.statements().remove(name);
                            } else {
                                session.statements().checkFree(name);
                            }
                            PreparedStatement prepared =
                                    session.statements().prepareText(text, typeOids);
                            session.transaction().endUnused();
                            session.statements().put(name, prepared, null);
                        });
    }

    /// Makes a portal of a prepared statement.
    public void bind(
            String portalName,
            String statementName,
            ParameterValues values,
            int[] resultFormats,
            ResultReceiver receiver) {
        PreparedStatement found = session.statements().find(statementName);
        session.guard()
                .run(
                        found == null ? "" : found.text(),
                        receiver,
                        () -> bind(portalName, statementName, values, resultFormats));
    }

    private void bind(
            String portalName, String statementName, ParameterValues values, int[] resultFormats) {
        PreparedStatement prepared = session.statements().get(statementName);
        checkAllowed(prepared);
        List<SqlType> types = prepared.parameterTypes();
        if (values.count() != types.size()) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message supplies %d parameters, but prepared statement \"%s\" requires %d"
                            .formatted(values.count(), statementName, types.size()));
        }
        session.transaction().ensureBlock();
        List<Datum> parameters = values.decode(types, conversions(types));
        session.portals()
                .add(
                        session.statements()
                                .bind(portalName, prepared, parameters, resultFormats, false));
    }

    /// The catalog is asked only for parameters that name its objects.
    private TypeContext conversions(List<SqlType> types) {
        for (SqlType type : types) {
            if (type.kind().typeName().startsWith("reg") || type.kind() == TypeKind.ARRAY) {
                session.beginStatement();
                TypeContext context = session.types(session.transaction().transaction().catalog());
                session.transaction().endUnused();
                return context;
            }
        }
        return session.types(ObjectNames.NONE);
    }

    private void checkAllowed(PreparedStatement prepared) {
        Statement statement = prepared.statement();
        if (statement == null || !TransactionCommands.isExit(statement)) {
            session.transaction().preventFailed();
        }
    }

    public StatementDescription describeStatement(String name, ResultReceiver receiver) {
        return session.guard()
                .call(
                        "",
                        receiver,
                        () -> {
                            PreparedStatement found = session.statements().get(name);
                            checkAllowed(found);
                            return new StatementDescription(
                                    found.parameterTypes(), found.columns());
                        });
    }

    /// The shape of the portal's rows; null when it returns none.
    public @Nullable ResultShape describePortal(String name, ResultReceiver receiver) {
        return session.guard()
                .<@Nullable ResultShape>call(
                        "",
                        receiver,
                        () -> {
                            Portal found = portal(name);
                            checkAllowed(found.prepared());
                            return found.shape();
                        });
    }

    private Portal portal(String name) {
        Portal portal = session.portals().find(name);
        if (portal == null) {
            throw new DatabaseException(
                    SqlState.INVALID_CURSOR_NAME, "portal \"%s\" does not exist".formatted(name));
        }
        return portal;
    }

    /// Runs a portal, or goes on with it; `rowsMax` 0 means all rows.
    public void execute(String name, int rowsMax, ResultReceiver receiver) {
        Portal found = session.portals().find(name);
        session.guard()
                .run(
                        found == null ? "" : found.prepared().text(),
                        receiver,
                        () -> execute(portal(name), rowsMax, receiver));
    }

    private void execute(Portal portal, int rowsMax, ResultReceiver receiver) {
        if (portal.prepared().statement() == null) {
            receiver.emptyQuery();
            return;
        }
        checkAllowed(portal.prepared());
        if (portal.isDone() && !portal.isCounted()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "portal \"%s\" cannot be run".formatted(portal.name()));
        }
        StatementExecution.Outcome outcome =
                session.execution().run(portal, Math.max(0, rowsMax), false, receiver);
        session.transaction().statementExecuted();
        if (outcome.complete()) {
            session.guard().statementEnded();
            receiver.complete(outcome.tag());
        } else {
            receiver.suspended();
        }
    }

    /// Closes a prepared statement; no error when there is none.
    public void closeStatement(String name) {
        session.statements().remove(name);
    }

    /// Closes a portal; no error when there is none.
    public void closePortal(String name) {
        session.portals().close(name);
    }

    /// Ends the implicit transaction.
    public void sync(ResultReceiver receiver) {
        if (session.transaction().block() == SessionTransaction.Block.IMPLICIT) {
            session.guard()
                    .run(
                            "",
                            receiver,
                            () ->
                                    session.transaction()
                                            .commit(session.typed().synchronousCommit()));
        }
        session.guard().statementEnded();
    }
}
