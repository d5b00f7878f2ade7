package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.OutputCollation;
import org.cladedb.analysis.StoredDefinitions;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.View;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.sql.ast.TableStatement;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;

/// CREATE VIEW.
final class ViewStatements {
    private final DdlContext context;

    ViewStatements(DdlContext context) {
        this.context = context;
    }

    void create(TableStatement.CreateView statement) {
        if (statement.persistence() == TableStatement.Persistence.TEMPORARY) {
            throw ConstraintAdder.unsupported("CREATE TEMPORARY VIEW", statement.position());
        }
        List<String> options = RelationOptions.with(List.of(), statement.options(), Owner.VIEW);
        OtherRelations.requireNoCheckOption(statement.options());
        if (statement.checkOption() != TableStatement.CheckOption.NONE) {
            throw ConstraintAdder.unsupported("WITH CHECK OPTION", statement.position());
        }
        AnalysisContext analysis = context.analysis();
        StoredDefinitions.Query query = StoredDefinitions.query(statement.query(), analysis);
        context.lockRead(analysis);
        List<Column> columns = columns(statement.columns(), query);
        String schema = context.names().creationSchema(statement.name());
        String name = statement.name().last();
        Object existing = context.catalog().object(schema, name);
        boolean isReplaced = existing instanceof View && statement.orReplace();
        if (!isReplaced) {
            requireDistinct(columns);
        }
        if (existing != null && !isReplaced) {
            throw existing instanceof View || !statement.orReplace()
                    ? Names.duplicate(name)
                    : new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a view");
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        int oid = existing instanceof View old ? old.oid() : builder.newOid();
        if (existing instanceof View old) {
            requireExtension(old, columns);
            requireDistinct(columns);
        }
        context.change(
                builder.put(
                        new View(
                                oid,
                                schema,
                                name,
                                columns,
                                query.text(),
                                query.references(),
                                options)));
    }

    private static List<Column> columns(List<String> names, StoredDefinitions.Query query) {
        List<OutputColumn> outputs = query.columns();
        if (names.size() > outputs.size()) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String name = i < names.size() ? names.get(i) : outputs.get(i).name();
            OutputCollation collation = query.collations().get(i);
            if (!collation.known()) {
                throw new DatabaseException(
                                SqlState.INDETERMINATE_COLLATION,
                                "could not determine which collation to use for view column \"%s\""
                                        .formatted(name))
                        .withHint("Use the COLLATE clause to set the collation explicitly.");
            }
            SqlType type = columnType(outputs.get(i).type());
            ColumnAdder.requireReal(name, type, -1);
            columns.add(Column.of(i + 1, name, type).withCollation(collation.explicit()));
        }
        return columns;
    }

    private static void requireDistinct(List<Column> columns) {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + column.name() + "\" specified more than once");
            }
        }
    }

    /// What clients get of it: text for untyped literals, json for nested results.
    private static SqlType columnType(SqlType type) {
        if (type.isNestedResult()) {
            return SqlType.JSON;
        }
        return type.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : type;
    }

    /// A replacement keeps the columns there are, and may only add some at the end.
    private static void requireExtension(View old, List<Column> columns) {
        if (columns.size() < old.columns().size()) {
            throw new DatabaseException(
                    SqlState.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
        }
        for (int i = 0; i < old.columns().size(); i++) {
            Column before = old.columns().get(i);
            Column after = columns.get(i);
            if (!before.name().equals(after.name())) {
                throw new DatabaseException(
                                SqlState.INVALID_TABLE_DEFINITION,
                                "cannot change name of view column \""
                                        + before.name()
                                        + "\" to \""
                                        + after.name()
                                        + "\"")
                        .withHint(
                                "Use ALTER VIEW ... RENAME COLUMN ... to change name of view"
                                        + " column instead.");
            }
            if (!before.type().equals(after.type())) {
                throw new DatabaseException(
                        SqlState.INVALID_TABLE_DEFINITION,
                        "cannot change data type of view column \""
                                + before.name()
                                + "\" from "
                                + TypeNames.format(before.type())
                                + " to "
                                + TypeNames.format(after.type()));
            }
        }
    }
}
