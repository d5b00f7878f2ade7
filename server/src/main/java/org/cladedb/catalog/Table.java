package org.cladedb.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An ordinary table.
///
/// @param groupOid the OID of the root table of its group (its own when it is the root)
/// @param ordinal its number inside the group, from 1, never used again in that group
/// @param hkey what its rows are keyed by, from the root down
/// @param indexes all indexes, the primary key's first when there is one
public record Table(
        int oid,
        String schema,
        String name,
        List<Column> columns,
        int groupOid,
        int ordinal,
        HKey hkey,
        List<Index> indexes,
        Constraints constraints,
        TableStorage storage)
        implements Relation {
    public Table {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    public Table withColumns(List<Column> newColumns) {
        return with(newColumns, constraints);
    }

    public Table withConstraints(Constraints newConstraints) {
        return with(columns, newConstraints);
    }

    private Table with(List<Column> newColumns, Constraints newConstraints) {
        return new Table(
                oid,
                schema,
                name,
                newColumns,
                groupOid,
                ordinal,
                hkey,
                indexes,
                newConstraints,
                storage);
    }

    /// The table with those constraints only that all its rows are known to meet.
    public Table asValidated() {
        boolean isAll =
                constraints.checks().stream().allMatch(Constraints.CheckConstraint::validated)
                        && constraints.foreignKeys().stream().allMatch(ForeignKey::validated)
                        && constraints.notNulls().stream()
                                .allMatch(Constraints.NotNullConstraint::validated);
        if (isAll) {
            return this;
        }
        return with(
                columns.stream()
                        .map(column -> isNeverNull(column) ? column : column.withNotNull(false))
                        .toList(),
                new Constraints(
                        constraints.keys(),
                        constraints.checks().stream()
                                .filter(Constraints.CheckConstraint::validated)
                                .toList(),
                        constraints.foreignKeys().stream().filter(ForeignKey::validated).toList(),
                        constraints.notNulls().stream()
                                .filter(Constraints.NotNullConstraint::validated)
                                .toList()));
    }

    /// Whether no row of the table has NULL in this column.
    public boolean isNeverNull(Column column) {
        Constraints.NotNullConstraint notNull = constraints.notNull(column.number());
        return column.notNull() && (notNull == null || notNull.validated());
    }

    /// The column in slot `number` (1-based).
    public Column column(int number) {
        return columns.get(number - 1);
    }

    /// The live column called `columnName`, null when there is none.
    public @Nullable Column column(String columnName) {
        for (Column column : columns) {
            if (!column.dropped() && column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }

    public Optional<Index> primaryKey() {
        return indexes.stream().filter(Index::primary).findFirst();
    }

    /// The grouping foreign key, if the table is no root.
    public Optional<ForeignKey> groupingForeignKey() {
        return constraints.foreignKeys().stream().filter(ForeignKey::grouping).findFirst();
    }

    public boolean isRoot() {
        return oid == groupOid;
    }
}
