package org.cladedb.analysis;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// What a statement is analysed against.
///
/// @param searchPath schemas in which unqualified names are looked up, `pg_catalog` included
/// @param parameterTypes types the client declared; `UNKNOWN` (or a shorter list) where it left
///   them open
/// @param takesParameters whether there may be parameters: not in what a simple query or a
///   definition says
/// @param currentUser for the few names that depend on it
/// @param types for the conversion of literals
/// @param storedText whether names are spelled as in [org.cladedb.stored.StoredNames]
/// @param uses takes down which relations are named
public record AnalysisContext(
        CatalogSnapshot catalog,
        SystemRelations system,
        List<String> searchPath,
        FunctionRegistry functions,
        List<SqlType> parameterTypes,
        boolean takesParameters,
        String currentUser,
        TypeContext types,
        boolean storedText,
        RelationUses uses) {
    public AnalysisContext {
        searchPath = List.copyOf(searchPath);
        parameterTypes = List.copyOf(parameterTypes);
    }

    /// With parameters.
    public AnalysisContext(
            CatalogSnapshot catalog,
            SystemRelations system,
            List<String> searchPath,
            FunctionRegistry functions,
            List<SqlType> parameterTypes,
            String currentUser,
            TypeContext types) {
        this(catalog, system, searchPath, functions, parameterTypes, true, currentUser, types);
    }

    /// For what a session says.
    public AnalysisContext(
            CatalogSnapshot catalog,
            SystemRelations system,
            List<String> searchPath,
            FunctionRegistry functions,
            List<SqlType> parameterTypes,
            boolean takesParameters,
            String currentUser,
            TypeContext types) {
        this(
                catalog,
                system,
                searchPath,
                functions,
                parameterTypes,
                takesParameters,
                currentUser,
                types,
                false,
                new RelationUses());
    }

    /// For text of [org.cladedb.stored]: literals mean the same in every session.
    AnalysisContext forStoredText() {
        return new AnalysisContext(
                catalog,
                system,
                List.of("pg_catalog"),
                functions,
                List.of(),
                false,
                currentUser,
                TypeContext.DEFAULT,
                true,
                uses);
    }
}
