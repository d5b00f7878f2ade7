package org.cladedb.ddl;

import java.util.List;
import java.util.function.Consumer;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.Sequences;
import org.cladedb.types.TypeContext;

/// What one DDL statement works with.
///
/// @param text the text that the statement's positions count in
/// @param searchPath schemas to look names up in; new objects go to the first that exists
/// @param queries runs SQL in the statement's transaction, for checks and conversions of rows
/// @param notices takes the texts of NOTICE messages
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
        Consumer<String> notices) {
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

    void notice(String message) {
        notices.accept(message);
    }

    Names names() {
        return new Names(this);
    }

    AnalysisContext analysis() {
        return new AnalysisContext(
                catalog(), system, searchPath, functions, List.of(), currentUser, types);
    }
}
