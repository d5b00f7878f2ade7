package org.cladedb.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The cells that expressions can read while they are compiled, by column number: those of the
/// node's input, then those of enclosing queries.
///
/// The scope of a subquery notes whether anything looked through it to the outside: only then must
/// the subquery run again for each outer row.
final class Scope {
    private final Map<Integer, Datum> cells = new HashMap<>();
    private final @Nullable Scope parent;
    private boolean crossed;

    private Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /// A scope of no columns.
    static Scope empty() {
        return new Scope(null);
    }

    /// A scope inside this one with the cells of one more row.
    Scope with(List<OutputColumn> columns, Datum[] row) {
        Scope child = new Scope(this);
        for (int i = 0; i < columns.size(); i++) {
            child.cells.put(columns.get(i).id(), row[i]);
        }
        return child;
    }

    /// A scope inside this one with one more column.
    Scope with(int columnId, Datum cell) {
        Scope child = new Scope(this);
        child.cells.put(columnId, cell);
        return child;
    }

    /// A scope for a subquery of an expression of this scope.
    Scope subquery() {
        return new Scope(this);
    }

    /// The cell of a column.
    Datum cell(int columnId) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Datum cell = scope.cells.get(columnId);
            if (cell != null) {
                return cell;
            }
            scope.crossed = true;
        }
        throw new IllegalStateException("no input produces column " + columnId);
    }

    /// Whether nothing encloses this scope.
    boolean isOutermost() {
        return parent == null;
    }

    /// Notes a reference from here to something that belongs to `owner`, an enclosing scope.
    void crossTo(Scope owner) {
        for (Scope scope = this; scope != null && scope != owner; scope = scope.parent) {
            scope.crossed = true;
        }
    }

    /// Whether a lookup from here or from inside went on to the scopes outside.
    boolean isCorrelated() {
        return crossed;
    }
}
