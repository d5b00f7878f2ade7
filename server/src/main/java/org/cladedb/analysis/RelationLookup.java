package org.cladedb.analysis;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.stored.StoredNames;
import org.jspecify.annotations.Nullable;

/// Finds tables and views by name.
final class RelationLookup {
    private final AnalysisContext context;
    private final List<String> searchPath;

    RelationLookup(AnalysisContext context, List<String> searchPath) {
        this.context = context;
        this.searchPath = searchPath;
    }

    /// To read it.
    Relation find(QualifiedName name) {
        Relation found = lookUp(name);
        if (found instanceof Table || found instanceof View) {
            context.uses().read(found.oid(), context.storedText() ? -1 : name.position());
        }
        return found;
    }

    /// To write its rows.
    Relation findToWrite(QualifiedName name) {
        Relation found = lookUp(name);
        if (found instanceof Table) {
            context.uses().written(found.oid(), name.position());
        }
        return found;
    }

    private Relation lookUp(QualifiedName name) {
        if (name.parts().size() > 3) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "improper qualified name (too many dotted names): " + name.dotted())
                    .at(name.position());
        }
        if (name.parts().size() > 2) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cross-database references are not implemented: \""
                                    + name.dotted()
                                    + "\"")
                    .at(name.position());
        }
        int oid = context.storedText() ? StoredNames.relationOid(name) : 0;
        if (oid != 0) {
            return byOid(oid);
        }
        Object found = name.isQualified() ? in(name.parts().getFirst(), name) : onPath(name);
        return switch (found) {
            case null ->
                    throw new DatabaseException(
                                    SqlState.UNDEFINED_TABLE,
                                    "relation \"" + name.dotted() + "\" does not exist")
                            .at(name.position());
            case Relation relation -> relation;
            case Index _ ->
                    throw new DatabaseException(
                                    SqlState.WRONG_OBJECT_TYPE,
                                    "cannot open relation \"" + name.last() + "\"")
                            .withDetail("This operation is not supported for indexes.")
                            .at(name.position());
            case Sequence sequence -> sequence.relation();
            default -> throw new IllegalStateException("unknown object " + found);
        };
    }

    private Relation byOid(int oid) {
        Table table = context.catalog().table(oid);
        if (table != null) {
            return table;
        }
        View view = context.catalog().view(oid);
        if (view != null) {
            return view;
        }
        Sequence sequence = context.catalog().sequence(oid);
        if (sequence == null) {
            throw new DatabaseException(
                    SqlState.INTERNAL_ERROR, "a stored query reads a relation that is gone");
        }
        return sequence.relation();
    }

    private @Nullable Object onPath(QualifiedName name) {
        for (String schema : searchPath) {
            Object found = in(schema, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Object in(String schema, QualifiedName name) {
        CatalogSnapshot catalog = context.catalog();
        Object found = catalog.object(schema, name.last());
        return found != null ? found : context.system().find(schema, name.last());
    }
}
