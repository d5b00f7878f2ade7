package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Roles and privileges.
public sealed interface RoleStatement extends Definition {
    /// CREATE ROLE, USER or GROUP; option names as written, in lower case (`login`, `nologin`, …).
    ///
    /// @param user whether LOGIN is the default
    record CreateRole(String name, boolean user, List<Option> options, int position)
            implements RoleStatement {
        public CreateRole {
            options = List.copyOf(options);
        }
    }

    record AlterRole(RoleName role, List<Option> options, int position) implements RoleStatement {
        public AlterRole {
            options = List.copyOf(options);
        }
    }

    record DropRole(List<RoleName> roles, boolean ifExists, int position) implements RoleStatement {
        public DropRole {
            roles = List.copyOf(roles);
        }
    }

    /// @param columns empty for the whole object
    record Privilege(String name, List<String> columns) {
        public Privilege {
            columns = List.copyOf(columns);
        }
    }

    /// GRANT and REVOKE of privileges on objects.
    ///
    /// @param privileges empty for ALL
    /// @param allInSchema whether `objects` are schemas and all objects of the kind in them are
    ///   meant
    /// @param grantOption WITH GRANT OPTION, or GRANT OPTION FOR
    record GrantPrivileges(
            boolean grant,
            List<Privilege> privileges,
            ObjectKind kind,
            boolean allInSchema,
            List<ObjectName> objects,
            List<RoleName> roles,
            boolean grantOption,
            @Nullable RoleName grantedBy,
            DropBehavior behavior,
            int position)
            implements RoleStatement {
        public GrantPrivileges {
            privileges = List.copyOf(privileges);
            objects = List.copyOf(objects);
            roles = List.copyOf(roles);
        }
    }

    /// GRANT and REVOKE of roles.
    record GrantRole(
            boolean grant,
            List<RoleName> granted,
            List<RoleName> roles,
            List<Option> options,
            @Nullable RoleName grantedBy,
            DropBehavior behavior,
            int position)
            implements RoleStatement {
        public GrantRole {
            granted = List.copyOf(granted);
            roles = List.copyOf(roles);
            options = List.copyOf(options);
        }
    }

    /// @param action its object list is empty
    record AlterDefaultPrivileges(
            List<RoleName> forRoles, List<String> inSchemas, GrantPrivileges action, int position)
            implements RoleStatement {
        public AlterDefaultPrivileges {
            forRoles = List.copyOf(forRoles);
            inSchemas = List.copyOf(inSchemas);
        }
    }

    record ReassignOwned(List<RoleName> from, RoleName to, int position) implements RoleStatement {
        public ReassignOwned {
            from = List.copyOf(from);
        }
    }

    record DropOwned(List<RoleName> roles, DropBehavior behavior, int position)
            implements RoleStatement {
        public DropOwned {
            roles = List.copyOf(roles);
        }
    }
}
