package org.cladedb.analysis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.View;
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
    private final Shared shared;
    private final @Nullable Resolutions resolutions;

    /// What stored text and the statement that uses it have in common.
    private static final class Shared {
        final ParameterTypes parameters;
        final Map<Integer, ColumnOwner> owners = new HashMap<>();
        final Map<Integer, OutputColumn> columns = new HashMap<>();
        final IdentityHashMap<TypedExpression, Integer> positions = new IdentityHashMap<>();
        int nextColumnId = 1;
        int nextCommonTableId = 1;
        boolean setCalls;
        boolean collations;
        final Map<Integer, String> columnCollations = new HashMap<>();
        final Set<Integer> openViews = new HashSet<>();

        Shared(ParameterTypes parameters) {
            this.parameters = parameters;
        }
    }

    StatementState(AnalysisContext context) {
        this(context, null);
    }

    /// @param resolutions takes down what is found out; null when nobody wants to know
    StatementState(AnalysisContext context, @Nullable Resolutions resolutions) {
        this(
                context,
                new Shared(new ParameterTypes(context.parameterTypes(), context.takesParameters())),
                resolutions);
    }

    private StatementState(
            AnalysisContext context, Shared shared, @Nullable Resolutions resolutions) {
        this.context = context;
        this.shared = shared;
        this.resolutions = resolutions;
    }

    /// For stored text that this statement uses: it does not depend on the session.
    StatementState forStoredText() {
        return context.storedText()
                ? this
                : new StatementState(context.forStoredText(), shared, null);
    }

    @Nullable Resolutions resolutions() {
        return resolutions;
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
        return shared.parameters;
    }

    OutputColumn column(String name, SqlType type) {
        return column(name, type, 0, 0);
    }

    OutputColumn column(String name, SqlType type, int tableOid, int columnNumber) {
        OutputColumn column =
                new OutputColumn(shared.nextColumnId++, name, type, tableOid, columnNumber);
        shared.columns.put(column.id(), column);
        return column;
    }

    /// The column with this number as clients are told about it; null when there is none.
    @Nullable OutputColumn origin(int columnId) {
        return shared.columns.get(columnId);
    }

    /// Lets a column of a view's query appear as the view's own.
    void originate(int columnId, String name, int tableOid, int columnNumber) {
        shared.columns.computeIfPresent(
                columnId,
                (id, column) -> new OutputColumn(id, name, column.type(), tableOid, columnNumber));
    }

    int newCommonTableId() {
        return shared.nextCommonTableId++;
    }

    void own(int columnId, ColumnOwner owner) {
        shared.owners.put(columnId, owner);
        shared.setCalls |= owner.kind() == ColumnOwner.Kind.SET;
    }

    /// Says that a collation other than the default is mentioned.
    void noteCollation() {
        shared.collations = true;
    }

    boolean hasCollations() {
        return shared.collations;
    }

    /// The explicit collation of a table's column, null for the default.
    @Nullable String collation(int columnId) {
        return shared.columnCollations.get(columnId);
    }

    /// A new column for one of a table.
    OutputColumn column(Column column, int tableOid) {
        OutputColumn output = column(column.name(), column.type(), tableOid, column.number());
        if (column.collation() != null) {
            shared.columnCollations.put(output.id(), column.collation());
            shared.collations = true;
        }
        return output;
    }

    /// Whether any set-returning call has been found outside of FROM.
    boolean hasSetCalls() {
        return shared.setCalls;
    }

    /// Whether the column stands for a set-returning call.
    boolean isSetCall(int columnId) {
        ColumnOwner owner = shared.owners.get(columnId);
        return owner != null && owner.kind() == ColumnOwner.Kind.SET;
    }

    /// Whose column it is; null for columns that no expression of a query level can name.
    @Nullable ColumnOwner owner(int columnId) {
        return shared.owners.get(columnId);
    }

    /// Remembers where the column references in `expression` stand.
    void locate(TypedExpression expression, int position) {
        Expressions.forEach(
                expression,
                part -> {
                    if (part instanceof TypedExpression.ColumnReference) {
                        shared.positions.putIfAbsent(part, position);
                    }
                });
    }

    /// Where this very instance of a column reference stands, -1 when unknown.
    int position(TypedExpression reference) {
        return shared.positions.getOrDefault(reference, -1);
    }

    /// Says that the query of a view is analysed, until [#leaveView].
    void enterView(View view, int position) {
        if (!shared.openViews.add(view.oid())) {
            throw new DatabaseException(
                    SqlState.INVALID_OBJECT_DEFINITION,
                    "infinite recursion detected in rules for relation \"" + view.name() + "\"");
        }
        if (shared.openViews.size() > VIEW_DEPTH_MAX) {
            throw new DatabaseException(
                            SqlState.STATEMENT_TOO_COMPLEX, "views are nested too deeply")
                    .at(position);
        }
    }

    void leaveView(View view) {
        shared.openViews.remove(view.oid());
    }
}
