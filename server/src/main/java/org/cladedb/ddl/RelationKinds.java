package org.cladedb.ddl;

import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.QualifiedName;

/// Which relations a statement takes that says of which kind its relation is.
final class RelationKinds {
    private RelationKinds() {}

    /// ALTER TABLE takes relations of all kinds, other ALTER statements those they name.
    ///
    /// @throws DatabaseException 42809 if `found` is of another kind than `kind`
    static void requireAlterable(ObjectKind kind, Object found, QualifiedName name) {
        if (kind != ObjectKind.TABLE) {
            require(kind, found, name);
        }
    }

    /// @throws DatabaseException 42809 if `found` is of another kind than `kind`
    static void require(ObjectKind kind, Object found, QualifiedName name) {
        boolean fits =
                switch (kind) {
                    case TABLE -> found instanceof Table;
                    case VIEW -> found instanceof View;
                    case INDEX -> found instanceof Index;
                    case SEQUENCE -> found instanceof Sequence;
                    case MATERIALIZED_VIEW, FOREIGN_TABLE -> false;
                    default -> true;
                };
        if (!fits) {
            String article = kind == ObjectKind.INDEX ? "an " : "a ";
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"" + name.last() + "\" is not " + article + kind.words());
        }
    }
}
