package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What creates, drops, renames and describes objects of any kind.
public sealed interface SchemaStatement extends Definition {
    /// @param name null when it is the role's (`CREATE SCHEMA AUTHORIZATION role`)
    /// @param elements the objects created inside
    record CreateSchema(
            @Nullable String name,
            boolean ifNotExists,
            @Nullable RoleName owner,
            List<Statement> elements,
            int position)
            implements SchemaStatement {
        public CreateSchema {
            elements = List.copyOf(elements);
        }
    }

    record CreateDatabase(String name, List<Option> options, int position)
            implements SchemaStatement {
        public CreateDatabase {
            options = List.copyOf(options);
        }
    }

    record AlterDatabase(String name, List<Option> options, int position)
            implements SchemaStatement {
        public AlterDatabase {
            options = List.copyOf(options);
        }
    }

    /// `ALTER DATABASE d | ROLE r SET parameter …`.
    ///
    /// @param kind DATABASE or ROLE
    /// @param role null for ALL or a database
    record AlterSetting(
            ObjectKind kind,
            @Nullable String database,
            @Nullable RoleName role,
            SettingStatement setting,
            int position)
            implements SchemaStatement {}

    record DropDatabase(String name, boolean ifExists, boolean force, int position)
            implements SchemaStatement {}

    record CreateExtension(String name, boolean ifNotExists, List<Option> options, int position)
            implements SchemaStatement {
        public CreateExtension {
            options = List.copyOf(options);
        }
    }

    /// DROP of everything but databases and roles.
    record Drop(
            ObjectKind kind,
            List<ObjectName> objects,
            boolean ifExists,
            boolean concurrently,
            DropBehavior behavior,
            int position)
            implements SchemaStatement {
        public Drop {
            objects = List.copyOf(objects);
        }
    }

    /// `DROP GROUP root`: the root table and all tables below it.
    record DropGroup(QualifiedName root, boolean ifExists, DropBehavior behavior, int position)
            implements SchemaStatement {}

    /// RENAME of an object, column or constraint.
    ///
    /// @param kind what is renamed
    /// @param owner the kind of the object named: for a column or constraint that of its table,
    ///   else `kind` again
    /// @param part the column's or constraint's old name, else null
    record Rename(
            ObjectKind kind,
            ObjectKind owner,
            ObjectName object,
            @Nullable String part,
            String newName,
            boolean only,
            boolean ifExists,
            DropBehavior behavior,
            int position)
            implements SchemaStatement {}

    record SetSchema(
            ObjectKind kind, ObjectName object, String schema, boolean ifExists, int position)
            implements SchemaStatement {}

    /// OWNER TO, of what is not altered by [AlterTable].
    record ChangeOwner(ObjectKind kind, ObjectName object, RoleName owner, int position)
            implements SchemaStatement {}

    /// COMMENT ON; the column's name is the last part of the object's. Null text removes it.
    record Comment(ObjectKind kind, ObjectName object, @Nullable String text, int position)
            implements SchemaStatement {}

    record SecurityLabel(
            ObjectKind kind,
            ObjectName object,
            @Nullable String provider,
            @Nullable String label,
            int position)
            implements SchemaStatement {}
}
