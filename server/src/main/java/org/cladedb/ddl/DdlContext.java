package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.error.Origin;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.Databases;
import org.cladedb.txn.RelationLock;
import org.cladedb.txn.Sequences;
import org.cladedb.txn.TableLockMode;
import org.cladedb.types.TypeContext;

/// What one DDL statement works with.
///
/// @param text the text that the statement's positions count in
/// @param searchPath schemas to look names up in; new objects go to the first that exists
/// @param queries runs SQL in the statement's transaction, for checks and conversions of rows
/// @param databases all of the store
/// @param databaseUsers who is in them
/// @param notices takes NOTICE messages
public record DdlContext(
        DatabaseTransaction transaction,
        Sequences sequences,
        FunctionRegistry functions,
        SystemRelations system,
        List<String> searchPath,
        String text,
        String currentUser,
        TypeContext types,
        InternalQueries queries,
        Databases databases,
        DatabaseUsers databaseUsers,
        Consumer<DdlNotice> notices) {
    public DdlContext {
        searchPath = List.copyOf(searchPath);
    }

    CatalogSnapshot catalog() {
        return transaction.catalog();
    }

    void change(CatalogSnapshot changed) {
        transaction.changeCatalog(changed);
    }

    void change(CatalogSnapshot.Builder builder) {
        transaction.changeCatalog(builder.build());
    }

    /// Changes the catalog with readers, and perhaps others, beside.
    void change(CatalogSnapshot changed, TableLockMode mode) {
        transaction.changeCatalog(changed, Map.of(), mode);
    }

    /// Locks what an analysed query reads. Where that had to wait the statement starts again.
    void lockRead(AnalysisContext analysed) {
        List<RelationLock> locks = new ArrayList<>();
        for (int oid : analysed.uses().read().keySet()) {
            locks.add(transaction.relationLock(oid, TableLockMode.ACCESS_SHARE));
        }
        if (!transaction.lock(locks, true)) {
            throw new StaleRowException();
        }
    }

    void notice(String message) {
        notice(SqlState.SUCCESSFUL_COMPLETION, message, Origin.ofCaller());
    }

    void notice(SqlState state, String message) {
        notice(state, message, Origin.ofCaller());
    }

    private void notice(SqlState state, String message, Origin origin) {
        notices.accept(new DdlNotice(false, state, message, null, origin));
    }

    void warning(SqlState state, String message) {
        notices.accept(new DdlNotice(true, state, message, null, Origin.ofCaller()));
    }

    /// Says what goes with that which a statement drops; `objects` as PostgreSQL describes them.
    void noticeCascade(List<String> objects) {
        if (objects.size() == 1) {
            notice("drop cascades to " + objects.getFirst());
        } else if (!objects.isEmpty()) {
            notices.accept(
                    new DdlNotice(
                            false,
                            SqlState.SUCCESSFUL_COMPLETION,
                            "drop cascades to " + objects.size() + " other objects",
                            "drop cascades to " + String.join("\ndrop cascades to ", objects),
                            Origin.here()));
        }
    }

    Names names() {
        return new Names(this);
    }

    AnalysisContext analysis() {
        return new AnalysisContext(
                catalog(), system, searchPath, functions, List.of(), false, currentUser, types);
    }
}
