package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.StoredNames;
import org.jspecify.annotations.Nullable;

/// Stored text as analysis reads it (see [org.cladedb.stored]). Errors in it have no position,
/// because positions point into the text that the client sent.
final class StoredText {
    private StoredText() {}

    /// The plan of a view's query, its columns as the view's.
    static LogicalNode viewPlan(StatementState state, View view, int position) {
        state.enterView(view, position);
        try {
            return withoutPosition(() -> {
                QueryScope scope = QueryScope.root(state.forStoredText());
                return new SelectAnalyzer(scope).analyze(query(view)).buildSettled();
            });
        } finally {
            state.leaveView(view);
        }
    }

    private static SelectStatement query(View view) {
        List<ParsedStatement> statements = SqlParser.parse(view.query());
        if (statements.size() == 1
                && statements.getFirst().statement() instanceof SelectStatement query) {
            return query;
        }
        throw new DatabaseException(
                SqlState.INTERNAL_ERROR, "view \"" + view.name() + "\" is no query");
    }

    static Expression parse(String text) {
        return withoutPosition(() -> SqlParser.parseExpression(text));
    }

    /// A range variable of stored text: its columns are called by number, and an alias with columns
    /// says what the fields of its row are called.
    static RangeItem range(
            @Nullable String name,
            @Nullable Relation relation,
            @Nullable TableAlias alias,
            List<ScopeColumn> columns) {
        boolean bySlot = relation instanceof Table || relation instanceof SystemTable;
        List<ScopeColumn> numbered = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ScopeColumn column = columns.get(i);
            int number = bySlot ? column.columnNumber() : i + 1;
            numbered.add(column.named(StoredNames.column(number)));
            fields.add(
                    alias != null && alias.columns().size() >= number
                            ? alias.columns().get(number - 1)
                            : column.name());
        }
        RangeItem item = new RangeItem(name, relation, true, numbered);
        item.fieldNames(fields);
        return item;
    }

    /// The column of that number in the range variable of that number.
    static ScopeColumn column(List<RangeItem> items, int range, int number) {
        String name = StoredNames.column(number);
        for (RangeItem item : items) {
            String alias = item.alias();
            if (alias == null || StoredNames.rangeNumber(alias) != range) {
                continue;
            }
            for (ScopeColumn column : item.columns()) {
                if (column.name().equals(name)) {
                    return column;
                }
            }
        }
        throw new IllegalStateException("no column " + name + " in r" + range);
    }

    /// The columns of a table's row, in the table's own expressions.
    static List<Column> numbered(List<Column> columns) {
        return columns.stream()
                .map(column -> column.withName(StoredNames.column(column.number())))
                .toList();
    }

    /// Runs `analysis`, whose errors are about text the client does not see.
    static <T> T withoutPosition(Supplier<T> analysis) {
        try {
            return analysis.get();
        } catch (DatabaseException e) {
            throw e.fields().position() < 0 ? e : e.movedTo(-1);
        }
    }
}
