package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.DisplayNames;
import org.cladedb.stored.Layout;
import org.cladedb.stored.RelationNames;
import org.cladedb.stored.SqlPrinter;
import org.jspecify.annotations.Nullable;

/// Shows stored definitions as SQL with the names of one snapshot and search path.
final class StoredDisplay implements RelationNames {
    private final CatalogSnapshot catalog;
    private final SystemNames names;

    StoredDisplay(CatalogSnapshot catalog, SystemNames names) {
        this.catalog = catalog;
        this.names = names;
    }

    static StoredDisplay of(Snapshot snapshot) {
        return new StoredDisplay(
                snapshot.catalog(),
                new SystemNames(
                        snapshot.catalog(), snapshot.system(), snapshot.session().searchPath()));
    }

    /// The query of a view, with a semicolon.
    String view(View view, Layout layout) {
        if (!(SqlParser.parse(view.query()).getFirst().statement()
                instanceof SelectStatement query)) {
            throw new IllegalStateException("a view is a query");
        }
        List<String> columns = view.columns().stream().map(Column::name).toList();
        return SqlPrinter.print(DisplayNames.query(query, columns, this), layout) + ";";
    }

    /// An expression over the columns of a table, or of none.
    String expression(String stored, @Nullable Table table, Layout layout) {
        List<String> columns =
                table == null ? List.of() : table.columns().stream().map(Column::name).toList();
        Expression shown =
                DisplayNames.expression(
                        SqlParser.parseExpression(stored),
                        table == null ? null : table.name(),
                        columns,
                        this);
        return SqlPrinter.print(shown, layout);
    }

    @Override
    public List<String> shown(int oid) {
        SystemNames.Named named = names.relation(oid);
        if (named == null) {
            return List.of();
        }
        return names.isVisible(named)
                ? List.of(named.name())
                : List.of(named.schema(), named.name());
    }

    @Override
    public List<Column> columns(int oid) {
        Table table = catalog.table(oid);
        if (table != null) {
            return table.columns();
        }
        View view = catalog.view(oid);
        if (view != null) {
            return view.columns();
        }
        Sequence sequence = catalog.sequence(oid);
        return sequence != null ? sequence.relation().columns() : names.systemColumns(oid);
    }

    @Override
    public int systemOid(String schema, String name) {
        return names.systemOid(schema, name);
    }
}
