package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableStorage;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ExpressionFormatter;
import org.jspecify.annotations.Nullable;

/// A table while it is put together or changed. Owned by one statement.
final class TableDraft {
    final int oid;
    final String schema;
    final String name;
    final List<Column> columns;
    final List<Index> indexes;
    final List<Constraints.KeyConstraint> keys;
    final List<Constraints.CheckConstraint> checks;
    final List<ForeignKey> foreignKeys;
    final List<Constraints.NotNullConstraint> notNulls;
    TableStorage storage;

    /// Expressions as the statement has them, by the text that is stored.
    final Map<String, Expression> written = new HashMap<>();

    private final int groupOid;
    private final int ordinal;
    private final HKey hkey;

    /// A new table.
    TableDraft(int oid, String schema, String name) {
        this.oid = oid;
        this.schema = schema;
        this.name = name;
        columns = new ArrayList<>();
        indexes = new ArrayList<>();
        keys = new ArrayList<>();
        checks = new ArrayList<>();
        foreignKeys = new ArrayList<>();
        notNulls = new ArrayList<>();
        storage = TableStorage.DEFAULT;
        groupOid = 0;
        ordinal = 0;
        hkey = GroupLayout.UNPLACED;
    }

    /// An existing table.
    TableDraft(Table table) {
        this(table, table.schema(), table.name());
    }

    /// An existing table under another name.
    TableDraft(Table table, String schema, String name) {
        oid = table.oid();
        this.schema = schema;
        this.name = name;
        columns = new ArrayList<>(table.columns());
        indexes = new ArrayList<>(table.indexes());
        keys = new ArrayList<>(table.constraints().keys());
        checks = new ArrayList<>(table.constraints().checks());
        foreignKeys = new ArrayList<>(table.constraints().foreignKeys());
        notNulls = new ArrayList<>(table.constraints().notNulls());
        storage = table.storage();
        groupOid = table.groupOid();
        ordinal = table.ordinal();
        hkey = table.hkey();
    }

    Table build() {
        List<Index> ordered = new ArrayList<>(indexes);
        ordered.sort((one, other) -> Boolean.compare(other.primary(), one.primary()));
        return new Table(
                oid,
                schema,
                name,
                columns,
                groupOid,
                ordinal,
                hkey,
                ordered,
                new Constraints(keys, checks, foreignKeys, notNulls),
                storage);
    }

    @Nullable Column find(String columnName) {
        for (Column column : columns) {
            if (!column.dropped() && column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }

    /// The column of this name, or 42703.
    Column column(String columnName, int position) {
        Column column = find(columnName);
        if (column == null && Column.SYSTEM_NAMES.contains(columnName)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot alter system column \"" + columnName + "\"");
        }
        if (column == null) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_COLUMN,
                            "column \""
                                    + columnName
                                    + "\" of relation \""
                                    + name
                                    + "\" does not exist")
                    .at(position);
        }
        return column;
    }

    /// Fails for the name of a column that every table has.
    static void requireNoSystemColumn(String columnName) {
        if (Column.SYSTEM_NAMES.contains(columnName)) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_COLUMN,
                    "column name \"" + columnName + "\" conflicts with a system column name");
        }
    }

    void requireDistinctColumns() {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + column.name() + "\" specified more than once");
            }
        }
    }

    void replace(Column column) {
        columns.set(column.number() - 1, column);
    }

    boolean isNew() {
        return groupOid == 0;
    }

    /// The text to store for an expression.
    ///
    /// @param what it is, for the error about what it may not hold
    String stored(Expression expression, String what) {
        try {
            String text = ExpressionFormatter.format(expression);
            written.putIfAbsent(text, expression);
            return text;
        } catch (DatabaseException refused) {
            String message =
                    refused.state() == SqlState.WINDOWING_ERROR
                            ? "window functions are not allowed in " + what + "s"
                            : "cannot use subquery in " + what;
            throw new DatabaseException(refused.state(), message)
                    .at(isNew() ? refused.fields().position() : -1);
        }
    }

    /// The NOT NULL constraint of a column, if it has a name or qualities of its own yet.
    Constraints.@Nullable NotNullConstraint notNull(int slot) {
        for (Constraints.NotNullConstraint notNull : notNulls) {
            if (notNull.column() == slot) {
                return notNull;
            }
        }
        return null;
    }

    /// Whether a constraint of this table, or of another in its schema, is called so.
    boolean isConstraintTaken(CatalogSnapshot catalog, String constraintName) {
        return hasConstraint(constraintName) || catalog.hasConstraint(schema, constraintName);
    }

    void requireNewConstraint(String constraintName) {
        if (hasConstraint(constraintName)) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_OBJECT,
                    "constraint \"%s\" for relation \"%s\" already exists"
                            .formatted(constraintName, name));
        }
    }

    /// Whether a constraint is called so.
    boolean hasConstraint(String constraintName) {
        return keys.stream().anyMatch(key -> key.name().equals(constraintName))
                || checks.stream().anyMatch(check -> check.name().equals(constraintName))
                || foreignKeys.stream().anyMatch(key -> key.name().equals(constraintName))
                || notNulls.stream().anyMatch(notNull -> notNull.name().equals(constraintName));
    }
}
