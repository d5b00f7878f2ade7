package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ColumnStorage;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableStorage;
import org.cladedb.catalog.View;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.sql.ast.TableElement;
import org.cladedb.sql.ast.TableStatement.CreateTable;
import org.cladedb.sql.ast.TableStatement.Persistence;
import org.cladedb.stored.StoredNames;
import org.cladedb.txn.TableLockMode;
import org.jspecify.annotations.Nullable;

/// CREATE TABLE.
final class TableCreation {
    private final DdlContext context;

    TableCreation(DdlContext context) {
        this.context = context;
    }

    void run(CreateTable statement) {
        if (statement.persistence() == Persistence.TEMPORARY) {
            throw ConstraintAdder.unsupported("CREATE TEMPORARY TABLE", -1);
        }
        String schema = context.names().creationSchema(statement.name());
        String name = statement.name().last();
        if (statement.ifNotExists() && isThere(schema, name, true)) {
            return;
        }
        TableStorage storage =
                storage(
                        statement.persistence() == Persistence.UNLOGGED,
                        statement.options(),
                        statement.tablespace(),
                        statement.method());
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        TableDraft draft = new TableDraft(builder.newOid(), schema, name);
        draft.storage = storage;
        ConstraintAdder constraints = new ConstraintAdder(context, builder, draft);
        constraints.gather();
        ColumnAdder columns = new ColumnAdder(context, builder, draft, constraints);
        List<TableConstraint> tableConstraints = new ArrayList<>();
        for (TableElement element : statement.elements()) {
            switch (element) {
                case TableElement.ColumnDefinition definition -> columns.add(definition);
                case TableElement.ConstraintElement constraint ->
                        tableConstraints.add(constraint.constraint());
                case TableElement.LikeElement like -> copy(like, builder, draft);
            }
        }
        columns.addConstraints();
        tableConstraints.forEach(constraints::add);
        constraints.finish(() -> {
            columns.makeSequences();
            draft.requireDistinctColumns();
            isThere(schema, name, false);
            ExpressionChecks.store(context, draft);
        });
        create(builder, draft, columns.sequences());
    }

    /// Whether the name is taken, which is said and no error when `skips`.
    boolean isThere(String schema, String name, boolean skips) {
        if (!Names.exists(context.catalog(), schema, name)) {
            return false;
        }
        if (!skips) {
            throw Names.duplicate(name);
        }
        context.notice(
                SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists, skipping");
        return true;
    }

    /// What a new table's definition says of its storage.
    static TableStorage storage(
            boolean unlogged,
            List<Option> options,
            @Nullable String tablespace,
            @Nullable String method) {
        StoragePlaces.requireTableMethod(method);
        StoragePlaces.requireTablespace(tablespace);
        return TableStorage.DEFAULT
                .withUnlogged(unlogged)
                .withOptions(RelationOptions.ofNewTable(options));
    }

    private void create(
            CatalogSnapshot.Builder builder, TableDraft draft, List<Sequence> sequences) {
        Table table = draft.build();
        sequences.forEach(builder::put);
        context.change(
                GroupLayout.addTable(builder.build(), table), TableLockMode.SHARE_ROW_EXCLUSIVE);
    }

    /// Adds a table of the given columns without constraints, for CREATE TABLE AS.
    Table create(String schema, String name, List<Column> columns, TableStorage storage) {
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        TableDraft draft = new TableDraft(builder.newOid(), schema, name);
        draft.storage = storage;
        draft.columns.addAll(columns);
        create(builder, draft, List.of());
        Table created = context.catalog().table(draft.oid);
        if (created == null) {
            throw new IllegalStateException("a new table is in the catalog");
        }
        return created;
    }

    private void copy(
            TableElement.LikeElement like, CatalogSnapshot.Builder builder, TableDraft draft) {
        Object found = context.names().find(like.source());
        if (found == null) {
            throw Names.undefined("relation", like.source()).at(like.source().position());
        }
        if (found instanceof View view) {
            for (Column column : view.columns()) {
                draft.columns.add(
                        Column.of(draft.columns.size() + 1, column.name(), column.type())
                                .withCollation(column.collation()));
            }
            return;
        }
        Table source = context.names().table(like.source());
        boolean defaults = like.including().contains(TableElement.LikeOption.DEFAULTS);
        boolean generated = like.including().contains(TableElement.LikeOption.GENERATED);
        if (like.including().contains(TableElement.LikeOption.IDENTITY)
                && source.columns().stream().anyMatch(Column::isIdentity)) {
            throw ConstraintAdder.unsupported("LIKE … INCLUDING IDENTITY", like.position());
        }
        for (Column column : source.columns()) {
            if (column.dropped()) {
                continue;
            }
            boolean isGenerated = column.generation() == Column.Generation.STORED;
            boolean keepsExpression = isGenerated ? generated : defaults;
            draft.columns.add(
                    new Column(
                            draft.columns.size() + 1,
                            column.name(),
                            column.type(),
                            column.notNull(),
                            keepsExpression ? column.defaultExpression() : null,
                            isGenerated && generated
                                    ? Column.Generation.STORED
                                    : Column.Generation.NONE,
                            false,
                            null,
                            column.collation(),
                            0,
                            copied(column.storage(), like)));
        }
        for (Constraints.NotNullConstraint notNull : source.constraints().notNulls()) {
            draft.notNulls.add(
                    new Constraints.NotNullConstraint(
                            builder.newOid(),
                            notNull.name(),
                            draft.column(source.column(notNull.column()).name(), -1).number(),
                            true,
                            notNull.noInherit()));
        }
        for (Column column : source.columns()) {
            Column copy = column.dropped() ? null : draft.find(column.name());
            String stored = copy == null ? null : copy.defaultExpression();
            if (copy != null && stored != null) {
                draft.replace(copy.withDefault(copied(source, stored, draft), copy.generation()));
            }
        }
        if (like.including().contains(TableElement.LikeOption.CONSTRAINTS)) {
            for (Constraints.CheckConstraint check : source.constraints().checks()) {
                draft.checks.add(
                        new Constraints.CheckConstraint(
                                builder.newOid(),
                                check.name(),
                                copied(source, check.expression(), draft),
                                check.enforced(),
                                check.enforced(),
                                check.noInherit()));
            }
        }
        if (like.including().contains(TableElement.LikeOption.INDEXES)) {
            copyIndexes(source, builder, draft);
        }
    }

    private static ColumnStorage copied(ColumnStorage storage, TableElement.LikeElement like) {
        ColumnStorage copy = ColumnStorage.DEFAULT;
        if (like.including().contains(TableElement.LikeOption.STORAGE)) {
            copy = copy.withStorage(storage.storage());
        }
        return like.including().contains(TableElement.LikeOption.COMPRESSION)
                ? copy.withCompression(storage.compression())
                : copy;
    }

    /// An expression of another table, for this one, whose columns of the same names may have other
    /// slots.
    private static String copied(Table source, String stored, TableDraft draft) {
        return StoredNames.withColumns(
                stored, slot -> draft.column(source.column(slot).name(), -1).number());
    }

    private void copyIndexes(Table source, CatalogSnapshot.Builder builder, TableDraft draft) {
        for (Index index : source.indexes()) {
            List<Index.IndexColumn> columns = new ArrayList<>();
            List<String> columnNames = new ArrayList<>();
            for (Index.IndexColumn column : index.columns()) {
                String columnName = source.column(column.slot()).name();
                columnNames.add(columnName);
                columns.add(column.withSlot(draft.column(columnName, -1).number()));
            }
            List<String> includedNames =
                    index.included().stream().map(slot -> source.column(slot).name()).toList();
            boolean isConstraint =
                    source.constraints().keys().stream()
                            .anyMatch(key -> key.indexOid() == index.oid());
            String free =
                    ObjectNames.unused(
                            draft.name,
                            index.primary() ? "" : IndexNames.part(columnNames, includedNames),
                            index.primary() ? "pkey" : isConstraint ? "key" : "idx",
                            candidate ->
                                    Names.exists(context.catalog(), draft.schema, candidate)
                                            || draft.indexes.stream()
                                                    .anyMatch(
                                                            made -> made.name().equals(candidate)));
            int oid = builder.newOid();
            draft.indexes.add(
                    new Index(
                            oid,
                            free,
                            0,
                            columns,
                            ConstraintAdder.included(draft, includedNames, -1),
                            index.unique(),
                            index.primary(),
                            false,
                            null,
                            index.storage()));
            if (isConstraint) {
                draft.keys.add(
                        new Constraints.KeyConstraint(
                                builder.newOid(), free, index.primary(), oid));
            }
        }
    }
}
