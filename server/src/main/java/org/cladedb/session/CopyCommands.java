package org.cladedb.session;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.session.copy.CopyFormat;
import org.cladedb.session.copy.CopyOptions;
import org.cladedb.session.copy.CopyOutput;
import org.cladedb.session.copy.CopyRowWriter;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.txn.TableLockMode;

/// COPY between tables or queries and the client.
final class CopyCommands {
    private static final int CHECK_EVERY_ROWS = 1_024;

    private final Session session;

    CopyCommands(Session session) {
        this.session = session;
    }

    UtilityResult execute(Copy copy, ResultReceiver receiver) {
        CopyFormat format = CopyOptions.parse(copy.options(), copy.from());
        checkEndpoint(copy);
        if (copy.from()) {
            session.transaction().preventReadOnly("COPY FROM");
        }
        session.beginStatement();
        session.transaction().takeUnused();
        QualifiedName name = copy.table();
        long count;
        if (copy.from()) {
            if (name == null) {
                throw new IllegalStateException("COPY FROM names a table");
            }
            count = new CopyFrom(session, copy, format, table(name, "to")).run(receiver);
        } else {
            count = copyTo(copy, format, receiver);
        }
        return UtilityResult.of("COPY " + count);
    }

    private static void checkEndpoint(Copy copy) {
        switch (copy.endpoint()) {
            case Copy.Endpoint.Standard _ -> {}
            case Copy.Endpoint.File _ ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "COPY to or from a file of the server is not supported")
                            .withHint(
                                    "Use COPY FROM STDIN or TO STDOUT, or psql's \\copy command.");
            case Copy.Endpoint.Program _ ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "COPY to or from a program is not supported")
                            .withHint(
                                    "Use COPY FROM STDIN or TO STDOUT, or psql's \\copy command.");
        }
    }

    private Table table(QualifiedName name, String direction) {
        TableNames names = new TableNames(session);
        return direction.equals("to")
                ? names.findToCopy(name, direction)
                : names.locked(
                        () -> names.findToCopy(name, direction), TableLockMode.ROW_EXCLUSIVE);
    }

    private long copyTo(Copy copy, CopyFormat format, ResultReceiver receiver) {
        QueryPlan plan = session.planner().planWithoutParameters(query(copy));
        if (plan.columns().isEmpty()) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "COPY query must have a RETURNING clause");
        }
        if (plan.isModifying()) {
            session.transaction().preventReadOnly("COPY");
        }
        StatementContext context =
                StatementContext.of(session, plan, new WorkCounters(), List.of());
        CopyRowWriter writer =
                CopyRowWriter.of(
                        format,
                        plan.columns().stream().map(ResultColumn::name).toList(),
                        plan.columns().stream().map(ResultColumn::type).toList(),
                        context.types());
        long count = 0;
        try (ModificationOperator operator = session.planner().operator(plan)) {
            operator.open(context);
            CopyOutput output = receiver.copyOut(plan.columns().size(), format.binary());
            writer.begin(output);
            while (operator.next()) {
                writer.row(operator.row(), output);
                if (++count % CHECK_EVERY_ROWS == 0) {
                    session.control().check();
                }
            }
            writer.end(output);
            output.finish();
        }
        session.transaction().endStatement();
        return count;
    }

    private Statement query(Copy copy) {
        Statement query = copy.query();
        QualifiedName name = copy.table();
        if (query != null) {
            return query;
        }
        if (name == null) {
            throw new IllegalStateException("COPY names a table or has a query");
        }
        Table table = table(name, "from");
        return new CopyStatements(copy, table, CopyColumns.of(table, copy)).select();
    }
}
