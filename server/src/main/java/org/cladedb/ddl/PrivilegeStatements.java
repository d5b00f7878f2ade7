package org.cladedb.ddl;

import java.util.Set;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.RoleStatement;

/// GRANT, REVOKE and their like. There is one role, who owns everything: granting and owning change
/// nothing, but what they name must be there and make sense.
final class PrivilegeStatements {
    private static final Set<String> ALL =
            Set.of(
                    "select",
                    "insert",
                    "update",
                    "delete",
                    "truncate",
                    "references",
                    "trigger",
                    "maintain",
                    "usage",
                    "create",
                    "connect",
                    "temporary",
                    "temp",
                    "execute",
                    "set",
                    "alter system");
    private static final Set<String> OF_TABLES =
            Set.of(
                    "select",
                    "insert",
                    "update",
                    "delete",
                    "truncate",
                    "references",
                    "trigger",
                    "maintain");
    private static final Set<String> OF_COLUMNS =
            Set.of("select", "insert", "update", "references");
    private static final Set<String> OF_SEQUENCES = Set.of("select", "update", "usage");
    private static final Set<String> OF_SCHEMAS = Set.of("usage", "create");
    private static final Set<String> OF_DATABASES =
            Set.of("create", "connect", "temporary", "temp");

    private final DdlContext context;
    private final Roles roles;
    private final NamedObjects objects;

    PrivilegeStatements(DdlContext context) {
        this.context = context;
        roles = new Roles(context);
        objects = new NamedObjects(context);
    }

    void grant(RoleStatement.GrantPrivileges grant) {
        for (ObjectName object : grant.objects()) {
            if (grant.allInSchema()) {
                objects.requireSchema(object.name().last());
            } else {
                objects.require(grant.kind(), object);
            }
        }
        requireRoles(grant);
        for (RoleStatement.Privilege privilege : grant.privileges()) {
            requireKnown(privilege);
        }
        for (ObjectName object : grant.objects()) {
            if (!grant.allInSchema()) {
                requireApplicable(grant, object);
            }
        }
        if (grant.allInSchema()) {
            requireOf(grant, applicable(grant.kind()), grant.kind().words());
        }
    }

    private void requireRoles(RoleStatement.GrantPrivileges grant) {
        for (RoleName role : grant.roles()) {
            roles.requireOrPublic(role);
            boolean isPublic = role.kind() == RoleName.Kind.PUBLIC || "public".equals(role.name());
            if (isPublic && grant.grant() && grant.grantOption()) {
                throw invalid("grant options can only be granted to roles");
            }
        }
    }

    private static void requireKnown(RoleStatement.Privilege privilege) {
        if (!ALL.contains(privilege.name())) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "unrecognized privilege type \"" + privilege.name() + "\"");
        }
    }

    private void requireApplicable(RoleStatement.GrantPrivileges grant, ObjectName object) {
        if (grant.kind() != ObjectKind.TABLE && grant.kind() != ObjectKind.SEQUENCE) {
            requireOf(grant, applicable(grant.kind()), grant.kind().words());
            return;
        }
        Object found = context.names().find(object.name());
        if (found instanceof Index) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE, "\"" + object.name().last() + "\" is an index");
        }
        boolean isSequence = found instanceof Sequence;
        if (grant.kind() == ObjectKind.SEQUENCE) {
            if (!isSequence) {
                throw new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE,
                        "\"" + object.name().last() + "\" is not a sequence");
            }
            requireOf(grant, OF_SEQUENCES, "sequence");
            return;
        }
        for (RoleStatement.Privilege privilege : grant.privileges()) {
            if (!privilege.columns().isEmpty()) {
                requireOfColumns(privilege, found, object);
            } else if (!OF_TABLES.contains(privilege.name())
                    && !(isSequence && OF_SEQUENCES.contains(privilege.name()))) {
                // PostgreSQL says "table" of what might have been a sequence's.
                throw invalid(
                        privilege, OF_SEQUENCES.contains(privilege.name()) ? "table" : "relation");
            }
        }
    }

    private static void requireOfColumns(
            RoleStatement.Privilege privilege,
            @org.jspecify.annotations.Nullable Object found,
            ObjectName object) {
        if (!OF_COLUMNS.contains(privilege.name())) {
            throw invalid(privilege, "column");
        }
        if (found instanceof Table table) {
            for (String column : privilege.columns()) {
                new TableDraft(table).column(column, -1);
            }
        } else if (found instanceof Sequence) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "privileges on columns of sequence \""
                            + object.name().last()
                            + "\" are not supported");
        }
    }

    private static Set<String> applicable(ObjectKind kind) {
        return switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> OF_TABLES;
            case SEQUENCE -> OF_SEQUENCES;
            case SCHEMA -> OF_SCHEMAS;
            case DATABASE -> OF_DATABASES;
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> Set.of("execute");
            case TABLESPACE -> Set.of("create");
            case TYPE, DOMAIN, LANGUAGE, SERVER, FOREIGN_DATA_WRAPPER -> Set.of("usage");
            case INDEX,
                    COLUMN,
                    CONSTRAINT,
                    TRIGGER,
                    RULE,
                    POLICY,
                    ROLE,
                    EXTENSION,
                    COLLATION,
                    CONVERSION,
                    STATISTICS,
                    EVENT_TRIGGER,
                    PUBLICATION,
                    SUBSCRIPTION,
                    ACCESS_METHOD,
                    TEXT_SEARCH_CONFIGURATION,
                    TEXT_SEARCH_DICTIONARY,
                    TEXT_SEARCH_PARSER,
                    TEXT_SEARCH_TEMPLATE ->
                    Set.of();
        };
    }

    private static void requireOf(
            RoleStatement.GrantPrivileges grant, Set<String> possible, String what) {
        for (RoleStatement.Privilege privilege : grant.privileges()) {
            if (!possible.contains(privilege.name())) {
                throw invalid(privilege, what);
            }
        }
    }

    void alterDefaults(RoleStatement.AlterDefaultPrivileges alter) {
        alter.forRoles().forEach(roles::require);
        requireRoles(alter.action());
        for (RoleStatement.Privilege privilege : alter.action().privileges()) {
            requireKnown(privilege);
            if (!applicable(alter.action().kind()).contains(privilege.name())) {
                throw invalid(
                        privilege,
                        alter.action().kind() == ObjectKind.TABLE
                                ? "relation"
                                : alter.action().kind().words());
            }
        }
        alter.inSchemas().forEach(objects::requireSchema);
    }

    /// What belongs to the only owner is needed by the server itself.
    void reassign(RoleStatement.ReassignOwned reassign) {
        reassign.from().forEach(roles::require);
        roles.require(reassign.to());
        for (RoleName role : reassign.from()) {
            String name = role.name() == null ? context.currentUser() : role.name();
            if (name.equals(context.currentUser())) {
                throw new DatabaseException(
                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot reassign ownership of objects owned by role "
                                + name
                                + " because they are required by the database system");
            }
        }
    }

    private static DatabaseException invalid(RoleStatement.Privilege privilege, String what) {
        return invalid(
                "invalid privilege type %s for %s"
                        .formatted(privilege.name().toUpperCase(java.util.Locale.ROOT), what));
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException(SqlState.INVALID_GRANT_OPERATION, message);
    }
}
