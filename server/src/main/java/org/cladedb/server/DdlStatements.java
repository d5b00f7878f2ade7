package org.cladedb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.ddl.DatabaseUsers;
import org.cladedb.ddl.DdlContext;
import org.cladedb.ddl.DdlExecutor;
import org.cladedb.ddl.DdlNotice;
import org.cladedb.ddl.InternalQueries;
import org.cladedb.error.ErrorFields;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.session.Notice;
import org.cladedb.session.Session;
import org.cladedb.session.StatementQueries;
import org.cladedb.session.SystemTables;
import org.cladedb.session.UtilityStatements;
import org.cladedb.sql.ast.Definition;
import org.cladedb.storage.group.RowTransform;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.Databases;
import org.jspecify.annotations.Nullable;

/// DDL as sessions run it.
final class DdlStatements implements UtilityStatements {
    private static final long LEAVE_MILLIS = 5_000;

    private final Databases databases;
    private final FunctionRegistry functions;
    private final SystemTables systemTables;

    DdlStatements(Databases databases, FunctionRegistry functions, SystemTables systemTables) {
        this.databases = databases;
        this.functions = functions;
        this.systemTables = systemTables;
    }

    @Override
    public String execute(
            Definition statement, String text, DatabaseTransaction transaction, Session session) {
        List<Notice> notices = new ArrayList<>();
        try {
            return DdlExecutor.execute(
                    statement, context(text, transaction, session, notices::add));
        } catch (StaleRowException stale) {
            // The statement is run again, and says the same then.
            notices.clear();
            throw stale;
        } finally {
            notices.forEach(session::notice);
        }
    }

    private DdlContext context(
            String text,
            DatabaseTransaction transaction,
            Session session,
            Consumer<Notice> notices) {
        return new DdlContext(
                transaction,
                session.database().sequences(),
                functions,
                systemTables.relations(),
                session.searchPath(),
                text,
                session.identity().user(),
                session.statementTypes(),
                new Queries(new StatementQueries(session)),
                databases,
                new Users(session),
                notice -> notices.accept(sent(notice)));
    }

    private static Notice sent(DdlNotice notice) {
        String detail = notice.detail();
        return new Notice(
                notice.warning() ? Notice.Severity.WARNING : Notice.Severity.NOTICE,
                notice.state(),
                notice.message(),
                detail == null ? ErrorFields.NONE : ErrorFields.NONE.withDetail(detail),
                notice.origin());
    }

    /// The sessions of the server in the role that DDL gives them.
    private record Users(Session session) implements DatabaseUsers {
        @Override
        public int current() {
            return session.database().oid();
        }

        @Override
        public int awaitOthers(int databaseOid) {
            return session.awaitNoOthers(databaseOid, LEAVE_MILLIS);
        }

        @Override
        public void terminateOthers(int databaseOid) {
            session.terminateOthers(databaseOid);
        }
    }

    /// The session's queries in the role that DDL gives them.
    private record Queries(StatementQueries queries) implements InternalQueries {
        @Override
        public boolean hasRows(String sql) {
            return queries.hasRows(sql);
        }

        @Override
        public List<String> texts(String sql) {
            return queries.texts(sql);
        }

        @Override
        public @Nullable String value(String expression, Column column) {
            return queries.value(expression, column);
        }

        @Override
        public long insert(AnalyzedStatement insert) {
            return queries.insert(insert);
        }

        @Override
        public RowTransform transform(
                Table before,
                int slotCount,
                Map<Integer, String> expressions,
                Map<Integer, Column> assigned) {
            return queries.transform(before, slotCount, expressions, assigned)::apply;
        }
    }
}
