package org.cladedb.ddl;

import java.util.List;
import java.util.Map;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.storage.group.RowTransform;
import org.jspecify.annotations.Nullable;

/// Runs SQL inside a DDL statement, in its transaction and with its catalog.
public interface InternalQueries {
    /// Whether the query gives a row.
    boolean hasRows(String sql);

    /// The first column of all rows, which is text and never NULL.
    List<String> texts(String sql);

    /// The text form, whatever the settings, of an SQL expression's value as it is stored in
    /// `column`; null for NULL.
    @Nullable String value(String expression, Column column);

    /// Runs an INSERT and returns how many rows it made.
    long insert(AnalyzedStatement insert);

    /// Computes rows of a changed table from rows of the old one.
    ///
    /// @param before the table as the expressions see it
    /// @param slotCount cells of the new rows
    /// @param expressions SQL over the old row's columns, by slot of the new row; other slots are
    ///   copied
    /// @param assigned the columns, by slot, that these values are stored in
    RowTransform transform(
            Table before,
            int slotCount,
            Map<Integer, String> expressions,
            Map<Integer, Column> assigned);
}
