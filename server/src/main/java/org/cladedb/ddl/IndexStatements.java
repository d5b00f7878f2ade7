package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.analysis.Collations;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.IndexStorage;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.IndexElement;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TableStatement.CreateIndex;
import org.cladedb.txn.TableLockMode;
import org.jspecify.annotations.Nullable;

/// CREATE INDEX.
final class IndexStatements {
    private static final int COLUMNS_MAX = 32;

    private final DdlContext context;

    IndexStatements(DdlContext context) {
        this.context = context;
    }

    void create(CreateIndex statement) {
        requireSupported(statement);
        String method = StoragePlaces.indexMethod(statement.method(), statement.position());
        StoragePlaces.requireTablespace(statement.tablespace());
        if (method.equals("hash")) {
            requireHash(statement);
        }
        Table table = table(statement.table());
        TableDraft draft = new TableDraft(table);
        List<Index.IndexColumn> columns = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        for (IndexElement element : statement.elements()) {
            Column column = column(draft, element);
            columnNames.add(column.name());
            boolean descending = element.direction() == OrderItem.Direction.DESCENDING;
            boolean nullsFirst =
                    switch (element.nulls()) {
                        case DEFAULT -> descending;
                        case FIRST -> true;
                        case LAST -> false;
                    };
            columns.add(
                    new Index.IndexColumn(
                            column.number(),
                            null,
                            collation(column, element),
                            new OperatorClasses(context)
                                    .find(element.operatorClass(), column.type(), method),
                            descending,
                            nullsFirst));
        }
        if (columns.size() > COLUMNS_MAX) {
            throw new DatabaseException(
                    SqlState.TOO_MANY_COLUMNS, "cannot use more than 32 columns in an index");
        }
        String given = statement.name();
        if (given != null && Names.exists(context.catalog(), table.schema(), given)) {
            if (statement.ifNotExists()) {
                context.notice(
                        SqlState.DUPLICATE_TABLE,
                        "relation \"" + given + "\" already exists, skipping");
                return;
            }
            throw Names.duplicate(given);
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        String name =
                given != null
                        ? given
                        : ObjectNames.unused(
                                table.name(),
                                IndexNames.part(columnNames, statement.include()),
                                "idx",
                                candidate ->
                                        Names.exists(context.catalog(), table.schema(), candidate));
        draft.indexes.add(
                new Index(
                        builder.newOid(),
                        name,
                        builder.newSpaceId(),
                        columns,
                        ConstraintAdder.included(draft, statement.include(), statement.position()),
                        statement.unique(),
                        false,
                        false,
                        null,
                        new IndexStorage(
                                method,
                                RelationOptions.with(
                                        List.of(),
                                        statement.options(),
                                        OtherRelations.owner(method)))));
        context.change(builder.put(draft.build()).build(), TableLockMode.SHARE);
    }

    private Table table(QualifiedName name) {
        String kind =
                switch (context.names().find(name)) {
                    case View _ -> "views";
                    case Sequence _ -> "sequences";
                    case Index _ -> "indexes";
                    case null, default -> null;
                };
        if (kind != null) {
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "cannot %s relation \"%s\""
                                    .formatted(
                                            kind.equals("indexes") ? "open" : "create index on",
                                            name.last()))
                    .withDetail("This operation is not supported for " + kind + ".");
        }
        return context.names().table(name);
    }

    private static void requireSupported(CreateIndex statement) {
        if (statement.groupJoin() != null) {
            throw ConstraintAdder.unsupported("a group index", statement.position());
        }
        if (statement.where() != null) {
            throw ConstraintAdder.unsupported("a partial index", statement.position());
        }
        if (statement.nullsNotDistinct()) {
            throw ConstraintAdder.unsupported("NULLS NOT DISTINCT", statement.position());
        }
    }

    /// Fails for what PostgreSQL's hash indexes cannot do.
    private static void requireHash(CreateIndex statement) {
        if (statement.unique()) {
            throw noHash("unique indexes");
        }
        if (!statement.include().isEmpty()) {
            throw noHash("included columns");
        }
        if (statement.elements().size() > 1) {
            throw noHash("multicolumn indexes");
        }
        for (IndexElement element : statement.elements()) {
            if (element.direction() != OrderItem.Direction.DEFAULT) {
                throw noHash("ASC/DESC options");
            }
            if (element.nulls() != OrderItem.NullsOrder.DEFAULT) {
                throw noHash("NULLS FIRST/LAST options");
            }
        }
    }

    private static DatabaseException noHash(String what) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "access method \"hash\" does not support " + what);
    }

    private Column column(TableDraft draft, IndexElement element) {
        if (!(element.expression() instanceof Expression.ColumnReference reference)) {
            throw ConstraintAdder.unsupported("an index on an expression", element.position());
        }
        Column column = draft.find(reference.name().last());
        if (column == null && Column.SYSTEM_NAMES.contains(reference.name().last())) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "index creation on system columns is not supported");
        }
        if (column == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + reference.name().last() + "\" does not exist");
        }
        ConstraintAdder.requireIndexable(column.type());
        return column;
    }

    /// The collation that the element names, null where it is the column's.
    private @Nullable String collation(Column column, IndexElement element) {
        QualifiedName written = element.collation();
        if (written == null) {
            return null;
        }
        String named =
                Collations.ofIndex(
                        column.type(), new QualifiedName(written.parts(), -1), context.catalog());
        String own = column.collation();
        return named.equals(own == null ? Collations.ofType(column.type()) : own) ? null : named;
    }
}
