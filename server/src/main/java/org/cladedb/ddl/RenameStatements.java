package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.txn.TableLockMode;

/// RENAME and SET SCHEMA.
///
/// Stored queries know tables and columns by number, so that names are all that changes.
final class RenameStatements {
    private final DdlContext context;

    RenameStatements(DdlContext context) {
        this.context = context;
    }

    void rename(SchemaStatement.Rename statement) {
        if (statement.kind() == ObjectKind.SCHEMA) {
            renameSchema(statement.object().name().last(), statement.newName());
            return;
        }
        if (!isRelation(statement.kind())) {
            new NamedObjects(context).require(statement.kind(), statement.object());
            throw ConstraintAdder.unsupported(
                    "RENAME of a " + statement.kind().words(), statement.position());
        }
        Object found = context.names().find(statement.object().name());
        if (found == null) {
            if (statement.ifExists()) {
                context.notice(
                        "relation \""
                                + statement.object().name().dotted()
                                + "\" does not exist, skipping");
                return;
            }
            throw Names.undefined("relation", statement.object().name());
        }
        // As in PostgreSQL, ALTER INDEX … RENAME takes relations of all kinds, and so does RENAME
        // of a column.
        if (statement.owner() != ObjectKind.INDEX && statement.part() == null) {
            RelationKinds.requireAlterable(statement.owner(), found, statement.object().name());
        }
        String part = statement.part();
        if (part == null) {
            renameRelation(found, statement.newName());
        } else if (found instanceof View view) {
            renameColumn(view, part, statement.newName());
        } else if (!(found instanceof Table table)) {
            throw ConstraintAdder.unsupported(
                    "RENAME COLUMN of this kind of object", statement.position());
        } else if (statement.kind() == ObjectKind.CONSTRAINT) {
            renameConstraint(table, part, statement.newName());
        } else {
            renameColumn(table, part, statement.newName());
        }
    }

    private static boolean isRelation(ObjectKind kind) {
        return switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE, COLUMN, CONSTRAINT -> true;
            default -> false;
        };
    }

    private void renameRelation(Object object, String newName) {
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        switch (object) {
            case Table table -> {
                context.names().requireFree(table.schema(), newName);
                builder.put(new TableDraft(table, table.schema(), newName).build());
            }
            case View view -> {
                context.names().requireFree(view.schema(), newName);
                builder.put(view.moved(view.schema(), newName));
            }
            case Sequence sequence -> {
                context.names().requireFree(sequence.schema(), newName);
                builder.put(SequenceFactory.renamed(sequence, sequence.schema(), newName));
            }
            case Index index -> {
                Table table = context.catalog().tableOfIndex(index.oid());
                if (table == null) {
                    throw new IllegalStateException("an index belongs to a table");
                }
                context.names().requireFree(table.schema(), newName);
                builder.put(withIndexRenamed(table, index, newName));
            }
            case Object _ ->
                    throw new DatabaseException(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied: system catalogs cannot be renamed");
        }
        context.change(builder);
    }

    private static Table withIndexRenamed(Table table, Index index, String name) {
        TableDraft draft = new TableDraft(table);
        draft.indexes.replaceAll(
                other -> other.oid() == index.oid() ? other.withName(name) : other);
        draft.keys.replaceAll(key ->
                key.indexOid() == index.oid()
                        ? new Constraints.KeyConstraint(
                                key.oid(), name, key.primary(), key.indexOid())
                        : key);
        return draft.build();
    }

    private void renameConstraint(Table table, String name, String newName) {
        TableDraft draft = new TableDraft(table);
        for (Constraints.KeyConstraint key : table.constraints().keys()) {
            if (key.name().equals(name)) {
                for (Index index : table.indexes()) {
                    if (index.oid() == key.indexOid()) {
                        context.names().requireFree(table.schema(), newName);
                        requireFree(draft, newName);
                        context.change(
                                context.catalog().toBuilder()
                                        .put(withIndexRenamed(table, index, newName)));
                        return;
                    }
                }
            }
        }
        if (!draft.hasConstraint(name)) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \""
                            + name
                            + "\" for table \""
                            + table.name()
                            + "\" does not exist");
        }
        requireFree(draft, newName);
        draft.checks.replaceAll(
                check -> check.name().equals(name) ? check.withName(newName) : check);
        draft.foreignKeys.replaceAll(key -> key.name().equals(name) ? key.withName(newName) : key);
        draft.notNulls.replaceAll(
                notNull -> notNull.name().equals(name) ? notNull.withName(newName) : notNull);
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private static void requireFree(TableDraft draft, String constraint) {
        if (draft.hasConstraint(constraint)) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_OBJECT,
                    "constraint \"%s\" for relation \"%s\" already exists"
                            .formatted(constraint, draft.name));
        }
    }

    private void renameColumn(View view, String name, String newName) {
        if (view.columns().stream().noneMatch(column -> column.name().equals(name))) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
        }
        if (view.columns().stream().anyMatch(column -> column.name().equals(newName))) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_COLUMN,
                    "column \"%s\" of relation \"%s\" already exists"
                            .formatted(newName, view.name()));
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : view.columns()) {
            columns.add(column.name().equals(name) ? column.withName(newName) : column);
        }
        context.change(context.catalog().toBuilder().put(view.withColumns(columns)));
    }

    private void renameColumn(Table table, String name, String newName) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.find(name);
        if (column == null && Column.SYSTEM_NAMES.contains(name)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "cannot rename system column \"" + name + "\"");
        }
        if (column == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
        }
        TableDraft.requireNoSystemColumn(newName);
        if (draft.find(newName) != null) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_COLUMN,
                    "column \""
                            + newName
                            + "\" of relation \""
                            + table.name()
                            + "\" already exists");
        }
        draft.replace(column.withName(newName));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void renameSchema(String name, String newName) {
        Schema schema = context.catalog().schema(name);
        if (schema == null) {
            throw new DatabaseException(
                    SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
        }
        if (context.catalog().schema(newName) != null) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_SCHEMA, "schema \"" + newName + "\" already exists");
        }
        CatalogSnapshot.Builder builder =
                context.catalog().toBuilder()
                        .removeSchema(name)
                        .put(new Schema(schema.oid(), newName));
        for (Table table : context.catalog().tablesIn(name)) {
            builder.put(new TableDraft(table, newName, table.name()).build());
        }
        for (View view : context.catalog().viewsIn(name)) {
            builder.put(view.moved(newName, view.name()));
        }
        for (Sequence sequence : context.catalog().sequencesIn(name)) {
            builder.put(SequenceFactory.renamed(sequence, newName, sequence.name()));
        }
        // PostgreSQL locks no table for it; here the rules for writers change with the name.
        context.change(builder.build(), TableLockMode.SHARE);
    }

    void setSchema(SchemaStatement.SetSchema statement) {
        Object found = context.names().find(statement.object().name());
        if (found == null) {
            if (statement.ifExists()) {
                return;
            }
            throw Names.undefined("relation", statement.object().name());
        }
        RelationKinds.requireAlterable(statement.kind(), found, statement.object().name());
        String schema = statement.schema();
        context.names().requireSchema(schema, -1);
        if ((found instanceof Relation relation && relation.schema().equals(schema))
                || (found instanceof Sequence own && own.schema().equals(schema))) {
            return;
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        switch (found) {
            case Table table -> {
                requireFreeIn(schema, table.name());
                table.indexes().forEach(index -> requireFreeIn(schema, index.name()));
                builder.put(new TableDraft(table, schema, table.name()).build());
                for (Sequence sequence : context.catalog().ownedSequences(table.oid())) {
                    requireFreeIn(schema, sequence.name());
                    builder.put(SequenceFactory.renamed(sequence, schema, sequence.name()));
                }
            }
            case View view -> {
                requireFreeIn(schema, view.name());
                builder.put(view.moved(schema, view.name()));
            }
            case Sequence sequence -> {
                if (sequence.ownerTableOid() != 0) {
                    throw ownedSequence(sequence);
                }
                requireFreeIn(schema, sequence.name());
                builder.put(SequenceFactory.renamed(sequence, schema, sequence.name()));
            }
            case Object _ ->
                    throw ConstraintAdder.unsupported(
                            "SET SCHEMA of this kind of object", statement.position());
        }
        context.change(builder);
    }

    private void requireFreeIn(String schema, String name) {
        if (context.catalog().object(schema, name) != null) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_TABLE,
                    "relation \"" + name + "\" already exists in schema \"" + schema + "\"");
        }
    }

    private DatabaseException ownedSequence(Sequence sequence) {
        Table owner = context.catalog().table(sequence.ownerTableOid());
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot move an owned sequence into another schema")
                .withDetail(
                        "Sequence \"%s\" is linked to table \"%s\"."
                                .formatted(sequence.name(), owner == null ? "" : owner.name()));
    }
}
