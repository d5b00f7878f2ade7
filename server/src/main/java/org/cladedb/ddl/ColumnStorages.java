package org.cladedb.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ColumnStorage;
import org.cladedb.catalog.Table;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// What statements say of the storage of columns: STORAGE, COMPRESSION, STATISTICS and parameters.
final class ColumnStorages {
    private static final int TARGET_MAX = 10_000;
    private static final Set<String> STORAGES =
            Set.of("plain", "external", "extended", "main", "default");

    private final DdlContext context;

    ColumnStorages(DdlContext context) {
        this.context = context;
    }

    /// @param storage null where none was named
    /// @param compression null where none was named
    static ColumnStorage of(SqlType type, @Nullable String storage, @Nullable String compression) {
        ColumnStorage result = ColumnStorage.DEFAULT;
        if (storage != null) {
            result = result.withStorage(storage(type, storage));
        }
        if (compression != null) {
            result = result.withCompression(compression(type, compression));
        }
        return result;
    }

    void apply(Table table, AlterTableAction.SetStorage set) {
        Column column = column(table, set.column());
        change(table, column, column.storage().withStorage(storage(column.type(), set.storage())));
    }

    void apply(Table table, AlterTableAction.SetCompression set) {
        Column column = column(table, set.column());
        change(
                table,
                column,
                column.storage().withCompression(compression(column.type(), set.method())));
    }

    void apply(Table table, AlterTableAction.SetStatistics set) {
        if (isNumber(set.column())) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "cannot refer to non-index column by number");
        }
        Integer target = set.target();
        if (target != null && target < -1) {
            throw StorageParameters.invalid("statistics target " + target + " is too low");
        }
        if (target != null && target > TARGET_MAX) {
            target = TARGET_MAX;
            context.warning(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "lowering statistics target to " + TARGET_MAX);
        }
        Column column = column(table, set.column());
        Integer kept = target == null || target < 0 ? null : target;
        change(table, column, column.storage().withStatisticsTarget(kept));
    }

    void apply(Table table, AlterTableAction.SetColumnOptions set) {
        Column column = column(table, set.column());
        List<String> before = column.storage().options();
        change(
                table,
                column,
                column.storage()
                        .withOptions(
                                set.reset()
                                        ? RelationOptions.reset(before, set.options(), Owner.COLUMN)
                                        : RelationOptions.with(
                                                before, set.options(), Owner.COLUMN)));
    }

    static boolean isNumber(String column) {
        return Character.isDigit(column.charAt(0));
    }

    private static Column column(Table table, String name) {
        return new TableDraft(table).column(name, -1);
    }

    private void change(Table table, Column column, ColumnStorage storage) {
        TableDraft draft = new TableDraft(table);
        draft.replace(column.withStorage(storage));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private static char storage(SqlType type, String name) {
        String word = name.toLowerCase(Locale.ROOT);
        if (!STORAGES.contains(word)) {
            throw StorageParameters.invalid("invalid storage type \"" + name + "\"");
        }
        if (word.equals("default")) {
            return 0;
        }
        char kind = word.equals("extended") ? 'x' : word.charAt(0);
        if (kind != 'p' && !isLong(type)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "column data type " + shown(type) + " can only have storage PLAIN");
        }
        return kind;
    }

    private static String compression(SqlType type, String method) {
        if (!isLong(type)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "column data type " + shown(type) + " does not support compression");
        }
        return switch (method) {
            case "default" -> "";
            case "pglz" -> method;
            case "lz4" ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "compression method lz4 not supported");
            default ->
                    throw StorageParameters.invalid(
                            "invalid compression method \"" + method + "\"");
        };
    }

    private static String shown(SqlType type) {
        return TypeNames.format(type.withoutModifier());
    }

    /// Whether values may be too long for a page, so that there is something to choose.
    private static boolean isLong(SqlType type) {
        return type.isArray() || type.kind().length() < 0;
    }
}
