package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What produces the rows of a query, without WITH, ORDER BY, LIMIT and locking.
public sealed interface QueryBody {
    int position();

    /// One SELECT.
    ///
    /// @param items may be empty, as in PostgreSQL
    /// @param groupBy empty without GROUP BY
    record SelectCore(
            Distinct distinct,
            List<SelectItem> items,
            List<TableExpression> from,
            @Nullable Expression where,
            List<Expression> groupBy,
            boolean groupByDistinct,
            @Nullable Expression having,
            List<WindowDefinition> windows,
            int position)
            implements QueryBody {
        public SelectCore {
            items = List.copyOf(items);
            from = List.copyOf(from);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }
    }

    /// All rows, DISTINCT, or DISTINCT ON (expressions).
    record Distinct(DistinctKind kind, List<Expression> on) {
        public static final Distinct NONE = new Distinct(DistinctKind.NONE, List.of());
        public static final Distinct ROWS = new Distinct(DistinctKind.ROWS, List.of());

        public Distinct {
            on = List.copyOf(on);
        }
    }

    enum DistinctKind {
        NONE,
        ROWS,
        ON
    }

    /// `WINDOW name AS (…)`.
    record WindowDefinition(String name, WindowSpecification specification, int position) {}

    /// `left UNION|INTERSECT|EXCEPT [ALL] right`; the position is the operator's.
    record SetOperation(
            SetOperator operator, boolean all, QueryBody left, QueryBody right, int position)
            implements QueryBody {}

    enum SetOperator {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /// VALUES; in INSERT a value may be [Expression.DefaultValue].
    record ValuesBody(List<List<Expression>> rows, int position) implements QueryBody {
        public ValuesBody {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// A parenthesised query that has clauses of its own (WITH, ORDER BY, LIMIT, …).
    record NestedQuery(SelectStatement query, int position) implements QueryBody {}
}
