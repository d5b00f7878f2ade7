package org.cladedb.ddl;

import java.util.List;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.txn.TableLockMode;

/// How ALTER TABLE locks the table.
final class AlterTableLocks {
    private AlterTableLocks() {}

    /// How strong a lock the strongest of the actions takes in PostgreSQL.
    static TableLockMode mode(List<AlterTableAction> actions) {
        TableLockMode strongest = TableLockMode.SHARE_UPDATE_EXCLUSIVE;
        for (AlterTableAction action : actions) {
            TableLockMode mode = mode(action);
            strongest = mode.compareTo(strongest) > 0 ? mode : strongest;
        }
        return strongest;
    }

    private static TableLockMode mode(AlterTableAction action) {
        return switch (action) {
            case AlterTableAction.ValidateConstraint _,
                    AlterTableAction.SetStatistics _,
                    AlterTableAction.SetColumnOptions _,
                    AlterTableAction.SetOptions _,
                    AlterTableAction.ClusterOn _ ->
                    TableLockMode.SHARE_UPDATE_EXCLUSIVE;
            case AlterTableAction.AddConstraint add
                    when add.constraint() instanceof TableConstraint.ForeignKey ->
                    TableLockMode.SHARE_ROW_EXCLUSIVE;
            case AlterTableAction.EnableTrigger _ -> TableLockMode.SHARE_ROW_EXCLUSIVE;
            case AlterTableAction.AddConstraint _,
                    AlterTableAction.AddColumn _,
                    AlterTableAction.DropColumn _,
                    AlterTableAction.AlterColumnType _,
                    AlterTableAction.SetDefault _,
                    AlterTableAction.SetNotNull _,
                    AlterTableAction.AddIdentity _,
                    AlterTableAction.SetIdentity _,
                    AlterTableAction.DropIdentity _,
                    AlterTableAction.SetExpression _,
                    AlterTableAction.DropExpression _,
                    AlterTableAction.DropConstraint _,
                    AlterTableAction.DropGroupingForeignKey _,
                    AlterTableAction.AlterConstraint _,
                    AlterTableAction.RowLevelSecurity _,
                    AlterTableAction.ChangeOwner _,
                    AlterTableAction.SetStorage _,
                    AlterTableAction.SetCompression _,
                    AlterTableAction.ReplicaIdentity _,
                    AlterTableAction.SetTablespace _,
                    AlterTableAction.SetLogged _,
                    AlterTableAction.SetAccessMethod _ ->
                    TableLockMode.ACCESS_EXCLUSIVE;
        };
    }
}
