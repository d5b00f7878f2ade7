package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.sql.ast.QueryBody.WindowDefinition;
import org.jspecify.annotations.Nullable;

/// One query level: the names visible in it, and the aggregate, window and set-returning calls
/// found in its expressions. Used by one thread while a statement is analysed.
final class QueryScope {
    private final StatementState state;
    private final @Nullable QueryScope parent;
    private final List<String> searchPath;
    private final Map<String, CommonTableDefinition> commonTables = new HashMap<>();
    private final Set<String> laterCommonTables = new HashSet<>();
    private final List<RangeItem> rangeTable = new ArrayList<>();
    private List<RangeItem> items = new ArrayList<>();
    private boolean lateralActive;
    private ExpressionKind kind = ExpressionKind.SELECT_TARGET;
    private List<WindowDefinition> namedWindows = List.of();

    private final Map<String, AggregateCall> aggregates = new HashMap<>();
    private final List<AggregateCall> aggregateCalls = new ArrayList<>();
    private final List<WindowCall> windowCalls = new ArrayList<>();
    private final List<SetCall> setCalls = new ArrayList<>();
    private final List<Integer> setCallPositions = new ArrayList<>();
    private final Set<String> usedWindows = new HashSet<>();
    private boolean selfReference;
    private int aggregatePosition = -1;

    QueryScope(StatementState state, @Nullable QueryScope parent, List<String> searchPath) {
        this.state = state;
        this.parent = parent;
        this.searchPath = searchPath;
    }

    /// The outermost level of a statement.
    static QueryScope root(StatementState state) {
        return new QueryScope(state, null, state.context().searchPath());
    }

    /// A level inside this one.
    QueryScope child() {
        return new QueryScope(state, this, searchPath);
    }

    StatementState state() {
        return state;
    }

    @Nullable QueryScope parent() {
        return parent;
    }

    List<String> searchPath() {
        return searchPath;
    }

    List<RangeItem> items() {
        return items;
    }

    /// Every range variable of this level, visible or not, for hints in error messages.
    List<RangeItem> rangeTable() {
        return rangeTable;
    }

    void add(RangeItem item) {
        items.add(item);
        rangeTable.add(item);
    }

    /// Replaces what is visible and gives back what was.
    List<RangeItem> swapItems(List<RangeItem> visible) {
        List<RangeItem> before = items;
        items = visible;
        return before;
    }

    boolean lateralActive() {
        return lateralActive;
    }

    void lateralActive(boolean active) {
        lateralActive = active;
    }

    ExpressionKind kind() {
        return kind;
    }

    void kind(ExpressionKind newKind) {
        kind = newKind;
    }

    List<WindowDefinition> namedWindows() {
        return namedWindows;
    }

    void namedWindows(List<WindowDefinition> definitions) {
        namedWindows = definitions;
    }

    void define(CommonTableDefinition table) {
        laterCommonTables.remove(table.name());
        commonTables.put(table.name(), table);
    }

    /// Names that common tables further on in the same WITH will have.
    Set<String> laterCommonTables() {
        return laterCommonTables;
    }

    boolean isLaterCommonTable(String name) {
        for (QueryScope scope = this; scope != null; scope = scope.parent) {
            if (scope.laterCommonTables.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /// The common table of that name, here or further out.
    @Nullable CommonTableDefinition commonTable(String name) {
        for (QueryScope scope = this; scope != null; scope = scope.parent) {
            CommonTableDefinition table = scope.commonTables.get(name);
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    /// Whether `other` is this level or one around it.
    boolean isWithin(QueryScope other) {
        for (QueryScope scope = this; scope != null; scope = scope.parent) {
            if (scope == other) {
                return true;
            }
        }
        return false;
    }

    /// The equal call that is already there, else `call`, which is then kept.
    AggregateCall aggregate(String fingerprint, AggregateCall call) {
        AggregateCall known = aggregates.putIfAbsent(fingerprint, call);
        if (known != null) {
            return known;
        }
        aggregateCalls.add(call);
        return call;
    }

    List<AggregateCall> aggregateCalls() {
        return aggregateCalls;
    }

    List<WindowCall> windowCalls() {
        return windowCalls;
    }

    /// The different set-returning calls.
    List<SetCall> setCalls() {
        return setCalls;
    }

    /// Where set-returning calls stand, equal ones too, in the order they were found in.
    List<Integer> setCallPositions() {
        return setCallPositions;
    }

    /// The names of the windows of the WINDOW clause that calls refer to.
    Set<String> usedWindows() {
        return usedWindows;
    }

    /// Says that this level reads the common table whose recursive part it is in.
    void noteSelfReference() {
        selfReference = true;
    }

    void noteAggregate(int position) {
        if (aggregatePosition < 0) {
            aggregatePosition = position;
        }
    }

    /// Refuses aggregates over the rows of a recursive common table in its own query.
    void refuseRecursiveAggregates() {
        if (selfReference && aggregatePosition >= 0) {
            throw new DatabaseException(
                            SqlState.INVALID_RECURSION,
                            "aggregate functions are not allowed in a recursive query's recursive"
                                    + " term")
                    .at(aggregatePosition);
        }
    }
}
