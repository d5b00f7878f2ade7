package org.cladedb.sql.ast;

import java.util.List;
import java.util.Set;
import org.cladedb.sql.ast.TableElement.ColumnDefinition;
import org.jspecify.annotations.Nullable;

/// One action of ALTER TABLE.
public sealed interface AlterTableAction {
    int position();

    record AddColumn(ColumnDefinition column, boolean ifNotExists, int position)
            implements AlterTableAction {}

    record DropColumn(String column, boolean ifExists, DropBehavior behavior, int position)
            implements AlterTableAction {}

    /// @param using null without USING
    /// @param position of the column's name
    record AlterColumnType(
            String column,
            TypeName type,
            @Nullable QualifiedName collation,
            @Nullable Expression using,
            int position)
            implements AlterTableAction {}

    /// SET DEFAULT, or DROP DEFAULT with a null expression.
    record SetDefault(String column, @Nullable Expression expression, int position)
            implements AlterTableAction {}

    record SetNotNull(String column, boolean notNull, int position) implements AlterTableAction {}

    record AddIdentity(String column, boolean always, List<SequenceOption> options, int position)
            implements AlterTableAction {
        public AddIdentity {
            options = List.copyOf(options);
        }
    }

    /// `SET GENERATED …`, `SET option`, `RESTART`.
    ///
    /// @param always null if GENERATED was not among them
    record SetIdentity(
            String column, @Nullable Boolean always, List<SequenceOption> options, int position)
            implements AlterTableAction {
        public SetIdentity {
            options = List.copyOf(options);
        }
    }

    record DropIdentity(String column, boolean ifExists, int position)
            implements AlterTableAction {}

    record SetExpression(String column, Expression expression, int position)
            implements AlterTableAction {}

    record DropExpression(String column, boolean ifExists, int position)
            implements AlterTableAction {}

    /// @param target null for DEFAULT
    record SetStatistics(String column, @Nullable Integer target, int position)
            implements AlterTableAction {}

    record SetStorage(String column, String storage, int position) implements AlterTableAction {}

    record SetCompression(String column, String method, int position) implements AlterTableAction {}

    record SetColumnOptions(String column, List<Option> options, boolean reset, int position)
            implements AlterTableAction {
        public SetColumnOptions {
            options = List.copyOf(options);
        }
    }

    record AddConstraint(TableConstraint constraint, int position) implements AlterTableAction {}

    record DropConstraint(String name, boolean ifExists, DropBehavior behavior, int position)
            implements AlterTableAction {}

    /// `DROP GROUPING FOREIGN KEY`: the table's only one.
    record DropGroupingForeignKey(boolean ifExists, DropBehavior behavior, int position)
            implements AlterTableAction {}

    record ValidateConstraint(String name, int position) implements AlterTableAction {}

    /// @param altered which of the attributes were written
    record AlterConstraint(
            String name,
            ConstraintAttributes attributes,
            Set<AlteredProperty> altered,
            int position)
            implements AlterTableAction {
        public AlterConstraint {
            altered = Set.copyOf(altered);
        }
    }

    enum AlteredProperty {
        DEFERRABILITY,
        ENFORCEABILITY,
        INHERITABILITY
    }

    record ChangeOwner(RoleName owner, int position) implements AlterTableAction {}

    /// @param name null for ALL or USER
    record EnableTrigger(boolean enable, @Nullable String name, int position)
            implements AlterTableAction {}

    record RowLevelSecurity(RowSecurity setting, int position) implements AlterTableAction {}

    enum RowSecurity {
        ENABLE,
        DISABLE,
        FORCE,
        NO_FORCE
    }

    /// @param mode `default`, `full`, `nothing` or `index`
    record ReplicaIdentity(String mode, @Nullable String index, int position)
            implements AlterTableAction {}

    /// `CLUSTER ON index`; null for SET WITHOUT CLUSTER.
    record ClusterOn(@Nullable String index, int position) implements AlterTableAction {}

    record SetOptions(List<Option> options, boolean reset, int position)
            implements AlterTableAction {
        public SetOptions {
            options = List.copyOf(options);
        }
    }

    record SetTablespace(String tablespace, int position) implements AlterTableAction {}

    record SetLogged(boolean logged, int position) implements AlterTableAction {}

    record SetAccessMethod(@Nullable String method, int position) implements AlterTableAction {}
}
