package org.cladedb.analysis;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// What all parts of the analysis of one statement share: numbers given out, parameters, and where
/// in the text column references stand.
final class StatementState {
    private static final int VIEW_DEPTH_MAX = 100;

    private final AnalysisContext context;
    private final ParameterTypes parameters;
    private final Map<Integer, ColumnOwner> owners = new HashMap<>();
    private final Map<Integer, OutputColumn> columns = new HashMap<>();
    private final IdentityHashMap<TypedExpression, Integer> positions = new IdentityHashMap<>();
    private int nextColumnId = 1;
    private int nextCommonTableId = 1;
    private int viewDepth;

    StatementState(AnalysisContext context) {
        this.context = context;
        this.parameters = new ParameterTypes(context.parameterTypes(), context.takesParameters());
    }

    AnalysisContext context() {
        return context;
    }

    FunctionRegistry functions() {
        return context.functions();
    }

    CatalogSnapshot catalog() {
        return context.catalog();
    }

    ParameterTypes parameters() {
        return parameters;
    }

    OutputColumn column(String name, SqlType type) {
        return column(name, type, 0, 0);
    }

    OutputColumn column(String name, SqlType type, int tableOid, int columnNumber) {
        OutputColumn column = new OutputColumn(nextColumnId++, name, type, tableOid, columnNumber);
        columns.put(column.id(), column);
        return column;
    }

    /// The column with this number as clients are told about it; null when there is none.
    @Nullable OutputColumn origin(int columnId) {
        return columns.get(columnId);
    }

    /// Lets a column of a view's query appear as the view's own.
    void originate(int columnId, String name, int tableOid, int columnNumber) {
        columns.computeIfPresent(
                columnId,
                (id, column) -> new OutputColumn(id, name, column.type(), tableOid, columnNumber));
    }

    int newCommonTableId() {
        return nextCommonTableId++;
    }

    void own(int columnId, ColumnOwner owner) {
        owners.put(columnId, owner);
    }

    /// Whose column it is; null for columns that no expression of a query level can name.
    @Nullable ColumnOwner owner(int columnId) {
        return owners.get(columnId);
    }

    /// Remembers where the column references in `expression` stand.
    void locate(TypedExpression expression, int position) {
        Expressions.forEach(
                expression,
                part -> {
                    if (part instanceof TypedExpression.ColumnReference) {
                        positions.putIfAbsent(part, position);
                    }
                });
    }

    /// Where this very instance of a column reference stands, -1 when unknown.
    int position(TypedExpression reference) {
        return positions.getOrDefault(reference, -1);
    }

    void enterView(int position) {
        if (++viewDepth > VIEW_DEPTH_MAX) {
            throw new DatabaseException(
                            SqlState.STATEMENT_TOO_COMPLEX, "views are nested too deeply")
                    .at(position);
        }
    }

    void leaveView() {
        viewDepth--;
    }
}
