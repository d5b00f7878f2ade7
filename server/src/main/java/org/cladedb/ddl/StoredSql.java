package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.DisplayNames;
import org.cladedb.stored.Layout;
import org.cladedb.stored.RelationNames;
import org.cladedb.stored.SqlPrinter;
import org.cladedb.stored.StoredReferences;

/// Stored expressions of tables as SQL that can stand in a statement, with the names of now and all
/// schemas.
final class StoredSql implements RelationNames {
    private final CatalogSnapshot catalog;

    StoredSql(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /// @param table whose columns stand in the expression
    String of(String stored, Table table) {
        return of(stored, table.name(), table.columns());
    }

    String of(String stored, TableDraft draft) {
        return of(stored, draft.name, draft.columns);
    }

    private String of(String stored, String table, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        return SqlPrinter.print(
                DisplayNames.expression(SqlParser.parseExpression(stored), table, names, this),
                Layout.LINE);
    }

    /// Like [#of], as a tree.
    Expression parsed(String stored, TableDraft draft) {
        return SqlParser.parseExpression(of(stored, draft));
    }

    /// Whether a stored expression of the table mentions its column.
    static boolean mentions(String stored, int tableOid, int slot) {
        return references(stored, tableOid).contains(new ObjectReference(tableOid, slot));
    }

    /// What a stored expression of the table depends on.
    static List<ObjectReference> references(String stored, int tableOid) {
        return StoredReferences.of(SqlParser.parseExpression(stored), tableOid);
    }

    @Override
    public List<String> shown(int oid) {
        Table table = catalog.table(oid);
        if (table != null) {
            return List.of(table.schema(), table.name());
        }
        View view = catalog.view(oid);
        if (view != null) {
            return List.of(view.schema(), view.name());
        }
        Sequence sequence = catalog.sequence(oid);
        return sequence == null ? List.of() : List.of(sequence.schema(), sequence.name());
    }

    @Override
    public List<Column> columns(int oid) {
        return List.of();
    }

    @Override
    public int systemOid(String schema, String name) {
        return 0;
    }
}
