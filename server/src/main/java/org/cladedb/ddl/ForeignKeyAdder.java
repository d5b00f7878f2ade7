package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.sql.ast.ForeignKeyReference;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.storage.group.KeyConversion;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Adds foreign keys to a table draft, and checks what can be checked without rows.
final class ForeignKeyAdder {
    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;

    ForeignKeyAdder(DdlContext context, CatalogSnapshot.Builder builder, TableDraft draft) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
    }

    ForeignKey add(TableConstraint.ForeignKey key) {
        ForeignKeyReference reference = key.reference();
        if (reference.match() == ForeignKeyReference.MatchType.FULL && key.columns().size() > 1) {
            throw ConstraintAdder.unsupported("MATCH FULL", key.position());
        }
        if (!reference.onDeleteColumns().isEmpty()) {
            throw ConstraintAdder.unsupported("a column list after ON DELETE", key.position());
        }
        if (key.attributes().initiallyDeferred() || key.attributes().deferrable()) {
            throw ConstraintAdder.unsupported("a deferrable foreign key", key.position());
        }
        if (reference.grouping() && key.attributes().notValid()) {
            throw ConstraintAdder.unsupported(
                    "a grouping foreign key that is NOT VALID", key.position());
        }
        String given = key.name();
        if (given != null) {
            draft.requireNewConstraint(given);
        }
        List<Column> columns = new ArrayList<>();
        for (String name : key.columns()) {
            Column column = draft.find(name);
            if (column == null && Column.SYSTEM_NAMES.contains(name)) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "system columns cannot be used in foreign keys");
            }
            if (column == null) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \""
                                + name
                                + "\" referenced in foreign key constraint does not exist");
            }
            columns.add(column);
        }
        Table target = target(reference);
        if (target.storage().unlogged() && !draft.storage.unlogged()) {
            throw new DatabaseException(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "constraints on permanent tables may reference only permanent tables");
        }
        List<Column> referenced = referenced(target, reference);
        if (columns.size() != referenced.size()) {
            throw new DatabaseException(
                    SqlState.INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
        }
        String wanted =
                key.name() != null
                        ? key.name()
                        : ObjectNames.unused(
                                draft.name,
                                String.join("_", key.columns()),
                                "fkey",
                                name -> draft.isConstraintTaken(context.catalog(), name));
        draft.requireNewConstraint(wanted);
        requireWritable(columns, reference);
        requireComparable(wanted, columns, referenced);
        ForeignKey added =
                new ForeignKey(
                        builder.newOid(),
                        wanted,
                        columns.stream().map(Column::number).toList(),
                        target.oid(),
                        referenced.stream().map(Column::number).toList(),
                        action(reference.onDelete()),
                        action(reference.onUpdate()),
                        false,
                        false,
                        reference.grouping(),
                        key.attributes().enforced(),
                        key.attributes().enforced()
                                && (draft.isNew() || !key.attributes().notValid()));
        draft.foreignKeys.add(added);
        return added;
    }

    /// Values of generated columns cannot be set.
    private static void requireWritable(List<Column> columns, ForeignKeyReference reference) {
        if (columns.stream().noneMatch(column -> column.generation() == Column.Generation.STORED)) {
            return;
        }
        switch (reference.onUpdate()) {
            case CASCADE, SET_NULL, SET_DEFAULT -> throw invalidAction("UPDATE");
            case NO_ACTION, RESTRICT -> {}
        }
        switch (reference.onDelete()) {
            case SET_NULL, SET_DEFAULT -> throw invalidAction("DELETE");
            case CASCADE, NO_ACTION, RESTRICT -> {}
        }
    }

    private static DatabaseException invalidAction(String event) {
        return new DatabaseException(
                SqlState.SYNTAX_ERROR,
                "invalid ON "
                        + event
                        + " action for foreign key constraint containing generated column");
    }

    private Table target(ForeignKeyReference reference) {
        boolean isSelf =
                reference.table().last().equals(draft.name)
                        && (!reference.table().isQualified()
                                || reference.table().qualifier().getLast().equals(draft.schema));
        return isSelf ? draft.build() : context.names().table(reference.table());
    }

    private static List<Column> referenced(Table target, ForeignKeyReference reference) {
        if (reference.columns().isEmpty()) {
            Index primary =
                    target.primaryKey()
                            .orElseThrow(() ->
                                    new DatabaseException(
                                            SqlState.UNDEFINED_OBJECT,
                                            "there is no primary key for referenced table"
                                                    + " \""
                                                    + target.name()
                                                    + "\""));
            return primary.columns().stream().map(column -> target.column(column.slot())).toList();
        }
        List<Column> columns = new ArrayList<>();
        for (String name : reference.columns()) {
            Column column = target.column(name);
            if (column == null && Column.SYSTEM_NAMES.contains(name)) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "system columns cannot be used in foreign keys");
            }
            if (column == null) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \""
                                + name
                                + "\" referenced in foreign key constraint does not exist");
            }
            columns.add(column);
        }
        Set<Integer> slots = new HashSet<>(columns.stream().map(Column::number).toList());
        boolean isUnique =
                target.indexes().stream()
                        .anyMatch(index ->
                                index.unique()
                                        && index.predicate() == null
                                        && index.columns().size() == slots.size()
                                        && index.columns().stream()
                                                .allMatch(column -> slots.contains(column.slot())));
        if (!isUnique) {
            throw new DatabaseException(
                    SqlState.INVALID_FOREIGN_KEY,
                    "there is no unique constraint matching given keys for referenced table \""
                            + target.name()
                            + "\"");
        }
        return columns;
    }

    private void requireComparable(String name, List<Column> columns, List<Column> referenced) {
        for (int i = 0; i < columns.size(); i++) {
            SqlType own = columns.get(i).type().withoutModifier();
            SqlType other = referenced.get(i).type().withoutModifier();
            if (!isComparable(other, own)) {
                throw new DatabaseException(
                                SqlState.DATATYPE_MISMATCH,
                                "foreign key constraint \"" + name + "\" cannot be implemented")
                        .withDetail(
                                "Key columns \""
                                        + columns.get(i).name()
                                        + "\" of the referencing table and \""
                                        + referenced.get(i).name()
                                        + "\" of the referenced table are of incompatible types: "
                                        + own.kind().sqlName()
                                        + " and "
                                        + other.kind().sqlName()
                                        + ".");
            }
            if (!KeyConversion.isPossible(own, other)) {
                throw ConstraintAdder.unsupported(
                        "a foreign key of type "
                                + own.kind().sqlName()
                                + " to a column of type "
                                + other.kind().sqlName(),
                        -1);
            }
        }
    }

    /// Whether the order of the key's index compares its column with the other type: the types are
    /// of one family, or the referring one becomes the other by itself.
    private boolean isComparable(SqlType key, SqlType referring) {
        if (key.equals(referring) || (isInteger(key) && isInteger(referring))) {
            return true;
        }
        SqlType compared = key.kind() == TypeKind.VARCHAR ? SqlType.TEXT : key;
        if (compared.equals(referring)) {
            return true;
        }
        FunctionRegistry.Cast cast = context.functions().cast(referring, compared);
        return (cast != null && cast.context() == FunctionRegistry.CastContext.IMPLICIT)
                || (isFloat(key) && isFloat(referring))
                || (isInstant(key) && isInstant(referring));
    }

    private static boolean isInteger(SqlType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    private static boolean isFloat(SqlType type) {
        return type.kind() == TypeKind.REAL || type.kind() == TypeKind.DOUBLE;
    }

    private static boolean isInstant(SqlType type) {
        return switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    private static ForeignKey.Action action(ForeignKeyReference.ReferentialAction action) {
        return switch (action) {
            case NO_ACTION -> ForeignKey.Action.NO_ACTION;
            case RESTRICT -> ForeignKey.Action.RESTRICT;
            case CASCADE -> ForeignKey.Action.CASCADE;
            case SET_NULL -> ForeignKey.Action.SET_NULL;
            case SET_DEFAULT -> ForeignKey.Action.SET_DEFAULT;
        };
    }
}
