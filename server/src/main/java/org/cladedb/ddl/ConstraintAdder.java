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
import org.cladedb.catalog.IndexStorage;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.ast.ConstraintAttributes;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Adds constraints to a table draft: resolves names, chooses the ones left open as PostgreSQL
/// does, and checks what can be checked without rows.
final class ConstraintAdder {
    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;
    private final ForeignKeyAdder foreignKeys;
    private final NotNullAdder notNulls;
    private final Set<String> namesTaken = new HashSet<>();
    private final List<TableConstraint.Key> gatheredKeys = new ArrayList<>();
    private final List<TableConstraint.ForeignKey> gatheredForeignKeys = new ArrayList<>();
    private boolean isGathering;

    ConstraintAdder(DdlContext context, CatalogSnapshot.Builder builder, TableDraft draft) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
        this.foreignKeys = new ForeignKeyAdder(context, builder, draft);
        this.notNulls = new NotNullAdder(context, builder, draft);
    }

    /// Gathers keys and foreign keys from now on, for [#finish].
    void gather() {
        isGathering = true;
    }

    /// Adds what was gathered: the primary key first, each key once, and then the foreign keys,
    /// which may refer to them.
    ///
    /// @param beforeKeys what is to be checked when it is known that the keys' columns are there
    void finish(Runnable beforeKeys) {
        isGathering = false;
        List<TableConstraint.Key> kept = new ArrayList<>();
        gatheredKeys.stream().filter(TableConstraint.Key::primary).forEach(kept::add);
        gatheredKeys.stream().filter(key -> !key.primary()).forEach(key -> keepOnce(kept, key));
        requireKeys();
        beforeKeys.run();
        kept.forEach(this::addKey);
        gatheredForeignKeys.forEach(foreignKeys::add);
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
                addCheck(check.name(), check.expression(), check.attributes());
                yield null;
            }
            case TableConstraint.ForeignKey key -> {
                if (isGathering) {
                    gatheredForeignKeys.add(key);
                    yield null;
                }
                yield foreignKeys.add(key);
            }
            case TableConstraint.NotNull notNull -> {
                if (Column.SYSTEM_NAMES.contains(notNull.column())) {
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot add not-null constraint on system column \"%s\""
                                    .formatted(notNull.column()));
                }
                Column column = draft.column(notNull.column(), -1);
                addNotNull(column, notNull.name(), notNull.attributes());
                yield null;
            }
        };
    }

    private void requireKeys() {
        boolean hasPrimary = false;
        for (TableConstraint.Key key : gatheredKeys) {
            if (key.primary() && hasPrimary) {
                throw KeyUsingIndex.multiple(draft, key);
            }
            hasPrimary |= key.primary();
            requireKeyColumns(key);
        }
    }

    private void requireKeyColumns(TableConstraint.Key key) {
        Set<String> seen = new HashSet<>();
        for (String name : key.columns()) {
            keyColumn(name, key.position());
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
        }
    }

    private void addKey(TableConstraint.Key key) {
        if (key.nullsNotDistinct()) {
            throw unsupported("NULLS NOT DISTINCT", key.position());
        }
        if (key.attributes().deferrable()) {
            throw unsupported("a deferrable unique constraint", key.position());
        }
        StoragePlaces.requireTablespace(key.tablespace());
        String indexName = key.usingIndex();
        if (indexName != null) {
            new KeyUsingIndex(context, builder, draft, notNulls).add(key, indexName);
            return;
        }
        List<Index.IndexColumn> columns = new ArrayList<>();
        requireKeyColumns(key);
        for (String name : key.columns()) {
            Column column = keyColumn(name, key.position());
            requireIndexable(column.type());
            if (key.primary()) {
                notNulls.addForKey(column);
            }
            columns.add(Index.IndexColumn.of(column.number()));
        }
        KeyUsingIndex.requireFirst(draft, key);
        List<Integer> included = included(draft, key.include(), key.position());
        String name = key.name();
        if (name == null) {
            name =
                    ObjectNames.unused(
                            draft.name,
                            key.primary() ? "" : IndexNames.part(key.columns(), key.include()),
                            key.primary() ? "pkey" : "key",
                            this::isTaken);
        } else {
            context.names().requireFree(draft.schema, name);
            draft.requireNewConstraint(name);
        }
        namesTaken.add(name);
        List<String> options = RelationOptions.with(List.of(), key.options(), Owner.BTREE);
        int indexOid = builder.newOid();
        draft.indexes.add(
                new Index(
                        indexOid,
                        name,
                        0,
                        columns,
                        included,
                        true,
                        key.primary(),
                        false,
                        null,
                        IndexStorage.DEFAULT.withOptions(options)));
        draft.keys.add(
                new Constraints.KeyConstraint(builder.newOid(), name, key.primary(), indexOid));
    }

    private Column keyColumn(String name, int position) {
        Column column = draft.find(name);
        if (column == null && Column.SYSTEM_NAMES.contains(name)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "index creation on system columns is not supported");
        }
        if (column == null) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_COLUMN,
                            "column \"" + name + "\" named in key does not exist")
                    .at(position);
        }
        return column;
    }

    static List<Integer> included(TableDraft draft, List<String> names, int position) {
        List<Integer> included = new ArrayList<>();
        for (String name : names) {
            included.add(draft.column(name, position).number());
        }
        return included;
    }

    /// Of two checks of a new table PostgreSQL says it in other words than of other constraints.
    private void requireNewCheck(String name) {
        if (draft.isNew() && draft.checks.stream().anyMatch(check -> check.name().equals(name))) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_OBJECT, "check constraint \"" + name + "\" already exists");
        }
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

    /// Adds a CHECK constraint, called after the one column it mentions unless it has a name.
    void addCheck(@Nullable String name, Expression expression, ConstraintAttributes attributes) {
        String text = draft.stored(expression, "check constraint");
        ExpressionColumns.requireNoSystemColumn(
                expression, draft, "system column \"%s\" reference in check constraint is invalid");
        String chosen = name;
        if (chosen == null) {
            String only = ExpressionColumns.only(expression, draft);
            chosen =
                    ObjectNames.unused(
                            draft.name,
                            only == null ? "" : only,
                            "check",
                            candidate -> draft.isConstraintTaken(context.catalog(), candidate));
        }
        requireNewCheck(chosen);
        draft.requireNewConstraint(chosen);
        draft.checks.add(
                new Constraints.CheckConstraint(
                        builder.newOid(),
                        chosen,
                        text,
                        attributes.enforced(),
                        attributes.enforced() && (draft.isNew() || !attributes.notValid()),
                        attributes.noInherit()));
    }

    /// @param name null for a name of the server's choice
    void addNotNull(Column column, @Nullable String name, ConstraintAttributes attributes) {
        notNulls.add(column, name, attributes);
    }

    private boolean isTaken(String name) {
        return namesTaken.contains(name)
                || draft.isConstraintTaken(context.catalog(), name)
                || Names.exists(context.catalog(), draft.schema, name);
    }

    static DatabaseException unsupported(String what, int position) {
        return Unsupported.of(what, what + " is not supported yet").at(position);
    }
}
