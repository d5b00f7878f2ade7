package org.cladedb.ddl;

import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// The operator classes that indexes name. All that there are order values as the type itself does,
/// so that they decide nothing; they are kept to be shown.
final class OperatorClasses {
    private static final Column ANSWER = Column.of(1, "answer", SqlType.TEXT);

    private final DdlContext context;

    OperatorClasses(DdlContext context) {
        this.context = context;
    }

    /// The OID to be kept with an index's column; 0 for the default of its type.
    ///
    /// @throws DatabaseException 42704 when there is no such class, 42804 when it does not take
    ///   `type`
    int find(@Nullable QualifiedName written, SqlType type, String method) {
        if (written == null) {
            return 0;
        }
        String schema = written.qualifier().isEmpty() ? null : written.qualifier().getLast();
        if (schema != null) {
            new NamedObjects(context).requireSchema(schema);
        }
        String found =
                ask(
                        ("SELECT CASE WHEN c.opcdefault AND c.opcintype = %d THEN '0'"
                                        + " ELSE c.oid::text END FROM pg_catalog.pg_opclass c"
                                        + " JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod"
                                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace"
                                        + " WHERE a.amname = %s AND c.opcname = %s AND n.nspname = %s")
                                .formatted(
                                        type.oid(),
                                        SqlText.literal(method),
                                        SqlText.literal(written.last()),
                                        SqlText.literal(schema == null ? "pg_catalog" : schema)));
        if (found == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "operator class \"%s\" does not exist for access method \"%s\""
                            .formatted(written.dotted(), method));
        }
        int oid = Integer.parseInt(found);
        requireFit(oid, type);
        return oid;
    }

    /// @throws DatabaseException 42804 when the class does not take `type`
    void requireFit(int oid, SqlType type) {
        if (oid == 0) {
            return;
        }
        String misfit =
                ask(
                        ("SELECT c.opcname FROM pg_catalog.pg_opclass c WHERE c.oid = %d"
                                        + " AND c.opcintype NOT IN (%d, %d)"
                                        + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_cast k"
                                        + " WHERE k.castsource = %2$d AND k.casttarget = c.opcintype"
                                        + " AND k.castmethod = 'b' AND k.castcontext = 'i')")
                                .formatted(
                                        oid,
                                        type.oid(),
                                        type.isArray() ? TypeKind.ANYARRAY.oid() : type.oid()));
        if (misfit != null) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "operator class \"%s\" does not accept data type %s"
                            .formatted(misfit, TypeNames.format(type.withoutModifier())));
        }
    }

    private @Nullable String ask(String query) {
        return context.queries().value("(" + query + ")", ANSWER);
    }
}
