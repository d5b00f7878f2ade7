package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.cladedb.catalog.Constraints.NotNullConstraint;

/// Sees that each default of a table has its OID and each NOT NULL column its constraint, and that
/// no constraint stays whose column is gone or takes NULL.
record TableParts(IntSupplier newOid, Predicate<String> isNameTaken) {

    Table completed(Table table) {
        List<Column> columns = new ArrayList<>();
        List<NotNullConstraint> notNulls = new ArrayList<>();
        for (NotNullConstraint notNull : table.constraints().notNulls()) {
            if (table.column(notNull.column()).notNull()) {
                notNulls.add(notNull);
            }
        }
        for (Column column : table.columns()) {
            boolean isNew = column.defaultExpression() != null && column.defaultOid() == 0;
            columns.add(isNew ? column.withDefaultOid(newOid.getAsInt()) : column);
            if (column.notNull() && table.constraints().notNull(column.number()) == null) {
                notNulls.add(
                        new NotNullConstraint(
                                newOid.getAsInt(),
                                name(table, column, notNulls),
                                column.number(),
                                true,
                                false));
            }
        }
        boolean isComplete =
                columns.equals(table.columns()) && notNulls.equals(table.constraints().notNulls());
        return isComplete
                ? table
                : table.withColumns(columns)
                        .withConstraints(table.constraints().withNotNulls(notNulls));
    }

    private String name(Table table, Column column, List<NotNullConstraint> chosen) {
        return ObjectNames.unused(
                table.name(),
                column.name(),
                "not_null",
                name ->
                        isNameTaken.test(name)
                                || chosen.stream().anyMatch(other -> other.name().equals(name)));
    }
}
