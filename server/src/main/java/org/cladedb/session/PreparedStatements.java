package org.cladedb.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The prepared statements of a session, and how statements become prepared. Owned by the session's
/// thread.
final class PreparedStatements {
    private static final int STATEMENTS_MAX = 100_000;
    private static final int[] NO_TYPES = {};

    private final Session session;
    private final Map<String, PreparedStatement> byName = new HashMap<>();
    private final Map<String, ListedStatement> listed = new LinkedHashMap<>();
    private final PlanCache cache = new PlanCache();
    private final ShapedStatements shaped;

    PreparedStatements(Session session) {
        this.session = session;
        shaped = new ShapedStatements(session);
    }

    /// @throws DatabaseException 26000
    PreparedStatement get(String name) {
        PreparedStatement statement = byName.get(name);
        if (statement == null) {
            throw new DatabaseException(
                            SqlState.INVALID_SQL_STATEMENT_NAME,
                            name.isEmpty()
                                    ? "unnamed prepared statement does not exist"
                                    : "prepared statement \"%s\" does not exist".formatted(name))
                    .withRoutine("FetchPreparedStatement");
        }
        return statement;
    }

    @Nullable PreparedStatement find(String name) {
        return byName.get(name);
    }

    /// Enters a statement; only the unnamed one replaces another.
    ///
    /// @param command the text of the PREPARE command; null when it came by the protocol
    void put(String name, PreparedStatement statement, @Nullable String command) {
        checkFree(name);
        byName.put(name, statement);
        if (!name.isEmpty()) {
            long now = session.transaction().nowMicros();
            listed.put(name, ListedStatement.of(name, statement, command, now));
        }
    }

    /// All that have a name.
    List<ListedStatement> named() {
        return List.copyOf(listed.values());
    }

    /// @throws DatabaseException 42P05
    void checkFree(String name) {
        if (!name.isEmpty() && byName.containsKey(name)) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"%s\" already exists".formatted(name));
        }
        if (byName.size() >= STATEMENTS_MAX) {
            throw new DatabaseException(
                    SqlState.CONFIGURATION_LIMIT_EXCEEDED, "too many prepared statements");
        }
    }

    boolean remove(String name) {
        listed.remove(name);
        return byName.remove(name) != null;
    }

    void removeAll() {
        byName.clear();
        listed.clear();
    }

    /// All statements are analysed anew before they run again.
    void forgetPlans() {
        for (PreparedStatement statement : byName.values()) {
            QueryPlan plan = statement.plan();
            if (plan != null) {
                plan.discard();
            }
        }
        cache.clear();
        shaped.forgetPlans();
    }

    /// A statement of the cache that still means the same, with a statement of the transaction
    /// begun for it; null when there is none.
    @Nullable PreparedStatement cached(String text, int[] typeOids) {
        PreparedStatement found = cache.find(text, typeOids);
        QueryPlan plan = found == null ? null : found.plan();
        if (found == null || plan == null) {
            return null;
        }
        session.beginStatement();
        return plan.isValidFor(session.transaction().transaction(), session.typed()) ? found : null;
    }

    /// The same, or one that shares the plan of texts that differ in their literals only.
    @Nullable PreparedStatement cachedOrShaped(String text) {
        PreparedStatement cached = cached(text, NO_TYPES);
        return cached == null ? shaped.prepare(text) : cached;
    }

    /// Prepares the only statement of `text`, from the cache if possible.
    PreparedStatement prepareText(String text, int[] typeOids) {
        if (session.transaction().block() != SessionTransaction.Block.FAILED) {
            PreparedStatement known =
                    typeOids.length == 0 ? cachedOrShaped(text) : cached(text, typeOids);
            if (known != null) {
                return known;
            }
        }
        List<SqlType> declared = declaredTypes(typeOids);
        List<ParsedStatement> parsed = session.stack().prepare(() -> SqlParser.parse(text));
        if (parsed.size() > 1) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "cannot insert multiple commands into a prepared statement");
        }
        if (parsed.isEmpty()) {
            return PreparedStatement.empty(text, declared);
        }
        ParsedStatement first = parsed.getFirst();
        PreparedStatement prepared =
                session.stack().run(first.deep(), () -> prepare(text, first.statement(), declared));
        keep(text, typeOids, prepared);
        return prepared;
    }

    /// Keeps a statement that is the whole of `text`, for when the text comes again.
    void keep(String text, PreparedStatement prepared) {
        keep(text, NO_TYPES, prepared);
    }

    private void keep(String text, int[] typeOids, PreparedStatement prepared) {
        if (prepared.plan() != null) {
            cache.keep(text, typeOids, prepared);
        }
    }

    private static List<SqlType> declaredTypes(int[] oids) {
        return java.util.Arrays.stream(oids).mapToObj(PreparedStatements::declaredType).toList();
    }

    private static SqlType declaredType(int oid) {
        SqlType type = oid == 0 ? SqlType.UNKNOWN : SqlType.byOid(oid);
        if (type == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "type with OID %s does not exist".formatted(Integer.toUnsignedString(oid)));
        }
        return type;
    }

    /// Prepares one statement; for a query a statement of the transaction is begun.
    PreparedStatement prepare(String text, Statement statement, List<SqlType> declared) {
        return prepare(text, statement, declared, true);
    }

    /// The same for a statement of a simple query, where `$1` is an error.
    PreparedStatement prepareWithoutParameters(String text, Statement statement) {
        return prepare(text, statement, List.of(), false);
    }

    private PreparedStatement prepare(
            String text, Statement statement, List<SqlType> declared, boolean takesParameters) {
        if (!TransactionCommands.isExit(statement)) {
            session.transaction().preventFailed();
        }
        return switch (statement) {
            case SelectStatement select -> query(text, select, declared, takesParameters);
            case ModifyStatement modify -> query(text, modify, declared, takesParameters);
            case SettingStatement.ShowObjects show -> {
                String query = ShowObjectQueries.text(show);
                yield query(
                        query,
                        SqlParser.parse(query).getFirst().statement(),
                        declared,
                        takesParameters);
            }
            case Explain explain ->
                    utility(text, statement, declared, explain.statement(), takesParameters);
            case CursorStatement.Declare declare ->
                    utility(text, statement, declared, declare.query(), takesParameters);
            default -> utility(text, statement, declared, null, takesParameters);
        };
    }

    private PreparedStatement query(
            String text, Statement statement, List<SqlType> declared, boolean takesParameters) {
        session.beginStatement();
        QueryPlan plan =
                takesParameters
                        ? session.planner().plan(statement, declared)
                        : session.planner().planWithoutParameters(statement);
        boolean silent = statement instanceof ModifyStatement && plan.columns().isEmpty();
        return new PreparedStatement(
                text,
                statement,
                declared,
                plan.analyzed().parameterTypes(),
                silent ? null : plan.columns(),
                plan);
    }

    /// @param inner the query inside, whose parameters are the statement's; null for none
    private PreparedStatement utility(
            String text,
            Statement statement,
            List<SqlType> declared,
            @Nullable Statement inner,
            boolean takesParameters) {
        List<SqlType> types = declared;
        if (inner instanceof SelectStatement || inner instanceof ModifyStatement) {
            types = query(text, inner, declared, takesParameters).parameterTypes();
        }
        return new PreparedStatement(
                text, statement, declared, types, UtilityShapes.columns(session, statement), null);
    }

    /// Makes a portal, not yet entered. For EXECUTE it is one of the statement executed.
    Portal bind(
            String name,
            PreparedStatement prepared,
            List<Datum> parameters,
            int[] formats,
            boolean holdable) {
        PreparedStatement target = prepared;
        List<Datum> values = parameters;
        if (prepared.statement() instanceof PreparedStatementCommand.Execute execute) {
            target = get(execute.name());
            values = new ArgumentValues(session).evaluate(execute, target, prepared.text());
        }
        List<ResultColumn> columns = target.columns();
        return new Portal(
                name,
                target,
                target.plannedValues(values),
                columns == null ? null : ResultShape.of(columns, formats),
                session.transaction().savepointDepth(),
                holdable);
    }
}
