package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ForeignKeyReference;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.storage.group.KeyConversion;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Adds constraints to a table draft: resolves names, chooses the ones left open as PostgreSQL
/// does, and checks what can be checked without rows.
final class ConstraintAdder {
    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;
    private final Set<String> namesTaken = new HashSet<>();
    private final List<TableConstraint.Key> gatheredKeys = new ArrayList<>();
    private final List<TableConstraint.ForeignKey> gatheredForeignKeys = new ArrayList<>();
    private boolean isGathering;

    ConstraintAdder(DdlContext context, CatalogSnapshot.Builder builder, TableDraft draft) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
    }

    /// Gathers keys and foreign keys from now on, for [#finish()].
    void gather() {
        isGathering = true;
    }

    /// Adds what was gathered: the primary key first, each key once, and then the foreign keys,
    /// which may refer to them.
    void finish() {
        isGathering = false;
        List<TableConstraint.Key> kept = new ArrayList<>();
        gatheredKeys.stream().filter(TableConstraint.Key::primary).forEach(kept::add);
        gatheredKeys.stream().filter(key -> !key.primary()).forEach(key -> keepOnce(kept, key));
        kept.forEach(this::addKey);
        gatheredForeignKeys.forEach(this::addForeignKey);
    }

    private static void keepOnce(List<TableConstraint.Key> kept, TableConstraint.Key key) {
        for (int i = 0; i < kept.size(); i++) {
            TableConstraint.Key other = kept.get(i);
            boolean isSame =
                    other.columns().equals(key.columns())
                            && other.include().equals(key.include())
                            && other.nullsNotDistinct() == key.nullsNotDistinct()
                            && !other.attributes().deferrable()
                            && !key.attributes().deferrable();
            if (isSame) {
                kept.set(i, other.name() == null ? other.withName(key.name()) : other);
                return;
            }
        }
        kept.add(key);
    }

    /// Adds any constraint; the foreign key added is given back, null for other kinds and for what
    /// is gathered.
    @Nullable ForeignKey add(TableConstraint constraint) {
        return switch (constraint) {
            case TableConstraint.Key key -> {
                if (isGathering) {
                    gatheredKeys.add(key);
                } else {
                    addKey(key);
                }
                yield null;
            }
            case TableConstraint.Check check -> {
                addCheck(check.name(), check.expression(), null);
                yield null;
            }
            case TableConstraint.ForeignKey key -> {
                if (isGathering) {
                    gatheredForeignKeys.add(key);
                    yield null;
                }
                yield addForeignKey(key);
            }
            case TableConstraint.NotNull notNull -> {
                Column column = draft.column(notNull.column(), notNull.position());
                draft.replace(Columns.withNotNull(column, true));
                yield null;
            }
        };
    }

    private void addKey(TableConstraint.Key key) {
        if (key.nullsNotDistinct()) {
            throw unsupported("NULLS NOT DISTINCT", key.position());
        }
        if (key.attributes().deferrable()) {
            throw unsupported("a deferrable unique constraint", key.position());
        }
        if (key.usingIndex() != null) {
            addKeyUsingIndex(key, key.usingIndex());
            return;
        }
        if (key.primary() && draft.keys.stream().anyMatch(Constraints.KeyConstraint::primary)) {
            throw new DatabaseException(
                            SqlState.INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \""
                                    + draft.name
                                    + "\" are not allowed")
                    .at(draft.isNew() ? key.position() : -1);
        }
        List<Index.IndexColumn> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : key.columns()) {
            Column column = keyColumn(name, key.position());
            if (!seen.add(name)) {
                throw new DatabaseException(
                                SqlState.DUPLICATE_COLUMN,
                                "column \""
                                        + name
                                        + "\" appears twice in "
                                        + (key.primary() ? "primary key" : "unique")
                                        + " constraint")
                        .at(key.position());
            }
            requireIndexable(column.type());
            if (key.primary()) {
                draft.replace(Columns.withNotNull(column, true));
            }
            columns.add(new Index.IndexColumn(column.number(), null, false, false));
        }
        List<Integer> included = included(draft, key.include(), key.position());
        String wanted =
                key.name() != null
                        ? key.name()
                        : key.primary()
                                ? Names.composed(draft.name, "", "pkey")
                                : Names.composed(
                                        draft.name, String.join("_", key.columns()), "key");
        if (key.name() != null) {
            context.names().requireFree(draft.schema, wanted);
            requireNewName(wanted);
        }
        String name = TableDraft.unused(wanted, this::isTaken);
        namesTaken.add(name);
        int indexOid = builder.newOid();
        draft.indexes.add(
                new Index(indexOid, name, 0, columns, included, true, key.primary(), false, null));
        draft.keys.add(
                new Constraints.KeyConstraint(builder.newOid(), name, key.primary(), indexOid));
    }

    private Column keyColumn(String name, int position) {
        Column column = draft.find(name);
        if (column == null) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_COLUMN,
                            "column \"" + name + "\" named in key does not exist")
                    .at(position);
        }
        return column;
    }

    private void addKeyUsingIndex(TableConstraint.Key key, String indexName) {
        Index index = null;
        for (Index candidate : draft.indexes) {
            if (candidate.name().equals(indexName)) {
                index = candidate;
            }
        }
        if (index == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT, "index \"" + indexName + "\" does not exist");
        }
        if (!index.unique()) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE, "\"" + indexName + "\" is not a unique index");
        }
        if (key.primary()) {
            throw unsupported("ADD PRIMARY KEY USING INDEX", key.position());
        }
        String name = key.name() == null ? indexName : key.name();
        draft.indexes.remove(index);
        draft.indexes.add(
                new Index(
                        index.oid(),
                        name,
                        index.spaceId(),
                        index.columns(),
                        index.included(),
                        true,
                        false,
                        false,
                        index.predicate()));
        draft.keys.add(new Constraints.KeyConstraint(builder.newOid(), name, false, index.oid()));
    }

    static List<Integer> included(TableDraft draft, List<String> names, int position) {
        List<Integer> included = new ArrayList<>();
        for (String name : names) {
            included.add(draft.column(name, position).number());
        }
        return included;
    }

    /// Fails for types without an order.
    static void requireIndexable(SqlType type) {
        switch (type.kind()) {
            case JSON, XML, PG_NODE_TREE, ACLITEM, RECORD ->
                    throw new DatabaseException(
                                    SqlState.UNDEFINED_OBJECT,
                                    "data type "
                                            + type.kind().sqlName()
                                            + " has no default operator class for access method"
                                            + " \"btree\"")
                            .withHint(
                                    "You must specify an operator class for the index or define a"
                                            + " default operator class for the data type.");
            case JSONB -> throw unsupported("an index on type jsonb", -1);
            default -> {}
        }
    }

    /// Adds a CHECK constraint; `columnName` when it stood with that column.
    void addCheck(@Nullable String name, Expression expression, @Nullable String columnName) {
        String text = draft.stored(expression, "check constraint");
        String wanted = name;
        if (wanted == null) {
            String only = columnName != null ? columnName : ExpressionColumns.only(expression);
            wanted = Names.composed(draft.name, only == null ? "" : only, "check");
            wanted = TableDraft.unused(wanted, draft::hasConstraint);
        }
        requireNewName(wanted);
        draft.checks.add(new Constraints.CheckConstraint(builder.newOid(), wanted, text));
    }

    private void requireNewName(String name) {
        if (draft.hasConstraint(name)) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_OBJECT,
                    "constraint \""
                            + name
                            + "\" for relation \""
                            + draft.name
                            + "\" already exists");
        }
    }

    private boolean isTaken(String name) {
        return namesTaken.contains(name)
                || draft.hasConstraint(name)
                || Names.exists(context.catalog(), draft.schema, name);
    }

    private ForeignKey addForeignKey(TableConstraint.ForeignKey key) {
        ForeignKeyReference reference = key.reference();
        if (reference.match() == ForeignKeyReference.MatchType.FULL && key.columns().size() > 1) {
            throw unsupported("MATCH FULL", key.position());
        }
        if (!reference.onDeleteColumns().isEmpty()) {
            throw unsupported("a column list after ON DELETE", key.position());
        }
        if (key.attributes().initiallyDeferred() || key.attributes().deferrable()) {
            throw unsupported("a deferrable foreign key", key.position());
        }
        List<Column> columns = new ArrayList<>();
        for (String name : key.columns()) {
            Column column = draft.find(name);
            if (column == null) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \""
                                + name
                                + "\" referenced in foreign key constraint does not exist");
            }
            columns.add(column);
        }
        requireWritable(columns, reference);
        Table target = target(reference);
        List<Column> referenced = referenced(target, reference);
        if (columns.size() != referenced.size()) {
            throw new DatabaseException(
                    SqlState.INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
        }
        String wanted =
                key.name() != null
                        ? key.name()
                        : TableDraft.unused(
                                Names.composed(draft.name, String.join("_", key.columns()), "fkey"),
                                draft::hasConstraint);
        requireNewName(wanted);
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
                        key.attributes().enforced());
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
                throw unsupported(
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

    static DatabaseException unsupported(String what, int position) {
        return new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported yet")
                .at(position);
    }
}
