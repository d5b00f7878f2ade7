package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.IndexStorage;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.SequenceOption;

/// ALTER VIEW, ALTER INDEX and ALTER SEQUENCE, as far as they have actions of ALTER TABLE; ALTER
/// TABLE of such a relation is the same.
final class OtherRelations {
    private final DdlContext context;

    OtherRelations(DdlContext context) {
        this.context = context;
    }

    void run(AlterTable statement, Object relation) {
        for (AlterTableAction action : statement.actions()) {
            if (action instanceof AlterTableAction.ChangeOwner owner) {
                new Roles(context).require(owner.owner());
            } else {
                apply(current(relation), action);
            }
        }
    }

    private Object current(Object relation) {
        Object now =
                switch (relation) {
                    case View view -> context.catalog().view(view.oid());
                    case Sequence sequence -> context.catalog().sequence(sequence.oid());
                    case Index index ->
                            table(index).indexes().stream()
                                    .filter(other -> other.oid() == index.oid())
                                    .findFirst()
                                    .orElse(index);
                    case Object other -> other;
                };
        return now == null ? relation : now;
    }

    private Table table(Index index) {
        Table table = context.catalog().tableOfIndex(index.oid());
        if (table == null) {
            throw new IllegalStateException("an index belongs to a table");
        }
        return table;
    }

    private void apply(Object relation, AlterTableAction action) {
        switch (relation) {
            case View view when action instanceof AlterTableAction.SetOptions set -> set(view, set);
            case View view when action instanceof AlterTableAction.SetDefault set ->
                    throw ConstraintAdder.unsupported(
                            "a default of a view's column (" + view.name() + ")", set.position());
            case Index index when action instanceof AlterTableAction.SetOptions set ->
                    set(index, set);
            case Index index when action instanceof AlterTableAction.SetStatistics set ->
                    throw noStatistics(index, set);
            case Index _ when action instanceof AlterTableAction.SetTablespace set ->
                    StoragePlaces.requireTablespace(set.tablespace());
            case Sequence sequence when action instanceof AlterTableAction.SetLogged set ->
                    new SequenceStatements(context)
                            .alter(
                                    sequence,
                                    List.of(
                                            new SequenceOption.Logged(
                                                    set.logged(), set.position())));
            case Object other -> throw impossible(other, action);
        }
    }

    private void set(View view, AlterTableAction.SetOptions set) {
        List<String> options =
                set.reset()
                        ? RelationOptions.reset(view.options(), set.options(), Owner.VIEW)
                        : RelationOptions.with(view.options(), set.options(), Owner.VIEW);
        if (!set.reset()) {
            requireNoCheckOption(set.options());
        }
        context.change(context.catalog().toBuilder().put(view.withOptions(options)));
    }

    /// Fails for a view that shall check what is written through it.
    static void requireNoCheckOption(List<Option> options) {
        for (Option option : options) {
            if (option.name().equals("check_option")) {
                throw ConstraintAdder.unsupported("WITH CHECK OPTION", option.position());
            }
        }
    }

    private void set(Index index, AlterTableAction.SetOptions set) {
        IndexStorage storage = index.storage();
        Owner owner = owner(storage.method());
        List<String> options =
                set.reset()
                        ? RelationOptions.reset(storage.options(), set.options(), owner)
                        : RelationOptions.with(storage.options(), set.options(), owner);
        TableDraft draft = new TableDraft(table(index));
        draft.indexes.replaceAll(other ->
                other.oid() == index.oid()
                        ? other.withStorage(storage.withOptions(options))
                        : other);
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    static Owner owner(String indexMethod) {
        return indexMethod.equals("hash") ? Owner.HASH : Owner.BTREE;
    }

    private DatabaseException noStatistics(Index index, AlterTableAction.SetStatistics set) {
        Table table = table(index);
        String column = set.column();
        if (ColumnStorages.isNumber(column)) {
            int number = Integer.parseInt(column);
            if (number < 1 || number > index.columns().size()) {
                return new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column number %d of relation \"%s\" does not exist"
                                .formatted(number, index.name()));
            }
            column = table.column(index.columns().get(number - 1).slot()).name();
        }
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot alter statistics on non-expression column \"%s\" of index \"%s\""
                                .formatted(column, index.name()))
                .withHint("Alter statistics on table column instead.");
    }

    private static DatabaseException impossible(Object relation, AlterTableAction action) {
        String name =
                switch (relation) {
                    case Relation other -> other.name();
                    case Sequence sequence -> sequence.name();
                    case Index index -> index.name();
                    case Object other -> other.toString();
                };
        String kind =
                switch (relation) {
                    case View _ -> "views";
                    case Sequence _ -> "sequences";
                    case Object _ -> "indexes";
                };
        return new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE,
                        "ALTER action %s cannot be performed on relation \"%s\""
                                .formatted(words(action), name))
                .withDetail("This operation is not supported for " + kind + ".");
    }

    /// What PostgreSQL calls an action.
    private static String words(AlterTableAction action) {
        return switch (action) {
            case AlterTableAction.AddColumn _ -> "ADD COLUMN";
            case AlterTableAction.DropColumn _ -> "DROP COLUMN";
            case AlterTableAction.AlterColumnType _ -> "ALTER COLUMN ... SET DATA TYPE";
            case AlterTableAction.SetDefault _ -> "ALTER COLUMN ... SET DEFAULT";
            case AlterTableAction.SetNotNull set ->
                    set.notNull()
                            ? "ALTER COLUMN ... SET NOT NULL"
                            : "ALTER COLUMN ... DROP NOT NULL";
            case AlterTableAction.AddIdentity _ -> "ALTER COLUMN ... ADD IDENTITY";
            case AlterTableAction.SetIdentity _ -> "ALTER COLUMN ... SET";
            case AlterTableAction.DropIdentity _ -> "ALTER COLUMN ... DROP IDENTITY";
            case AlterTableAction.SetExpression _ -> "ALTER COLUMN ... SET EXPRESSION";
            case AlterTableAction.DropExpression _ -> "ALTER COLUMN ... DROP EXPRESSION";
            case AlterTableAction.SetStatistics _ -> "ALTER COLUMN ... SET STATISTICS";
            case AlterTableAction.SetStorage _ -> "ALTER COLUMN ... SET STORAGE";
            case AlterTableAction.SetCompression _ -> "ALTER COLUMN ... SET COMPRESSION";
            case AlterTableAction.SetColumnOptions set ->
                    set.reset() ? "ALTER COLUMN ... RESET" : "ALTER COLUMN ... SET";
            case AlterTableAction.AddConstraint _ -> "ADD CONSTRAINT";
            case AlterTableAction.DropConstraint _, AlterTableAction.DropGroupingForeignKey _ ->
                    "DROP CONSTRAINT";
            case AlterTableAction.ValidateConstraint _ -> "VALIDATE CONSTRAINT";
            case AlterTableAction.AlterConstraint _ -> "ALTER CONSTRAINT";
            case AlterTableAction.ChangeOwner _ -> "OWNER TO";
            case AlterTableAction.EnableTrigger trigger ->
                    trigger.enable() ? "ENABLE TRIGGER" : "DISABLE TRIGGER";
            case AlterTableAction.RowLevelSecurity security ->
                    switch (security.setting()) {
                        case ENABLE -> "ENABLE ROW SECURITY";
                        case DISABLE -> "DISABLE ROW SECURITY";
                        case FORCE -> "FORCE ROW SECURITY";
                        case NO_FORCE -> "NO FORCE ROW SECURITY";
                    };
            case AlterTableAction.ReplicaIdentity _ -> "REPLICA IDENTITY";
            case AlterTableAction.ClusterOn cluster ->
                    cluster.index() == null ? "SET WITHOUT CLUSTER" : "CLUSTER ON";
            case AlterTableAction.SetOptions set -> set.reset() ? "RESET" : "SET";
            case AlterTableAction.SetTablespace _ -> "SET TABLESPACE";
            case AlterTableAction.SetLogged set -> set.logged() ? "SET LOGGED" : "SET UNLOGGED";
            case AlterTableAction.SetAccessMethod _ -> "SET ACCESS METHOD";
        };
    }
}
