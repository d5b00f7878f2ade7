package org.cladedb.ddl;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.words.SqlText;

/// The roles that statements name. There are few, and one of them owns everything.
final class Roles {
    private final DdlContext context;

    Roles(DdlContext context) {
        this.context = context;
    }

    /// @throws DatabaseException 42704 when the role is not there, or is PUBLIC, which owns nothing
    void require(RoleName role) {
        if (role.kind() == RoleName.Kind.PUBLIC) {
            throw missing("public");
        }
        requireOrPublic(role);
    }

    /// For those who may be given privileges.
    void requireOrPublic(RoleName role) {
        String name = role.name();
        if (role.kind() != RoleName.Kind.NAMED || name == null || name.equals("public")) {
            return;
        }
        if (!name.equals(context.currentUser())
                && !context.queries()
                        .hasRows(
                                "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = "
                                        + SqlText.literal(name))) {
            throw missing(name);
        }
    }

    private static DatabaseException missing(String name) {
        return new DatabaseException(
                SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
    }
}
