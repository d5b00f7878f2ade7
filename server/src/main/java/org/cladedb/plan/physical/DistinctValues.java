package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.jspecify.annotations.Nullable;

/// How many different values columns have in the tables they come from, by what the catalog says of
/// keys: what joins on them give follows from it.
final class DistinctValues {
    /// Of a column that is no part of a key.
    private static final double PLAIN_MAX = 1_000;

    private static final double PLAIN_MIN = 10;

    private DistinctValues() {}

    /// Of `expressions` together, over the rows of `node`.
    static double of(PhysicalNode node, List<TypedExpression> expressions) {
        List<Source> sources = new ArrayList<>();
        double product = 1;
        for (TypedExpression expression : expressions) {
            Source source = source(node, expression);
            product *= source == null ? PLAIN_MAX : alone(source);
            if (source != null) {
                sources.add(source);
            }
        }
        double keys = ofKey(sources);
        if (keys > 0) {
            return keys;
        }
        double most =
                sources.stream().mapToDouble(Source::tableRows).max().orElse(Estimates.TABLE_ROWS);
        return Math.max(1, Math.min(most, product));
    }

    /// How many values a key of a table has that is among `expressions`, over the rows of `node`; 0
    /// when there is none.
    static double ofKey(PhysicalNode node, List<TypedExpression> expressions) {
        List<Source> sources = new ArrayList<>();
        for (TypedExpression expression : expressions) {
            Source source = source(node, expression);
            if (source != null) {
                sources.add(source);
            }
        }
        return ofKey(sources);
    }

    /// Whether no part of a key is among `expressions`, over the rows of `node`.
    static boolean areOfNoKey(PhysicalNode node, List<TypedExpression> expressions) {
        return expressions.stream()
                .map(expression -> source(node, expression))
                .allMatch(source -> source == null || !isPartOfKey(source));
    }

    private record Source(Table table, double tableRows, int slot) {}

    private static double alone(Source source) {
        double rows = source.tableRows();
        return isPartOfKey(source)
                ? rows / Estimates.INDEX_ROWS
                : Math.clamp(rows / Estimates.VALUE_ROWS, PLAIN_MIN, PLAIN_MAX);
    }

    private static boolean isPartOfKey(Source source) {
        return source.table().indexes().stream()
                        .anyMatch(index ->
                                index.unique()
                                        && index.columns().stream()
                                                .anyMatch(column -> column.slot() == source.slot()))
                || Estimates.isReference(source.table(), source.slot());
    }

    private static double ofKey(List<Source> sources) {
        for (Source source : sources) {
            Set<Integer> slots = new HashSet<>();
            sources.stream()
                    .filter(other -> other.table().oid() == source.table().oid())
                    .forEach(other -> slots.add(other.slot()));
            boolean key =
                    source.table().indexes().stream()
                            .anyMatch(index ->
                                    index.unique()
                                            && index.predicate() == null
                                            && index.columns().stream()
                                                    .map(Index.IndexColumn::slot)
                                                    .allMatch(slots::contains));
            if (key) {
                return source.tableRows();
            }
        }
        return 0;
    }

    /// The column of a table that an expression over the rows of `node` is; null when it is none.
    private static @Nullable Source source(PhysicalNode node, TypedExpression expression) {
        TypedExpression inner = expression;
        while (inner instanceof Cast cast) {
            inner = cast.operand();
        }
        return inner instanceof ColumnReference column ? source(node, column.columnId()) : null;
    }

    private static @Nullable Source source(PhysicalNode node, int column) {
        return switch (node) {
            case PhysicalNode.Scan scan -> {
                for (int i = 0; i < scan.slots().size(); i++) {
                    if (scan.slotColumns().get(i).id() == column) {
                        yield new Source(scan.table(), scan.tableRows(), scan.slots().get(i));
                    }
                }
                yield null;
            }
            case PhysicalNode.Project project -> {
                for (Assignment assignment : project.assignments()) {
                    if (assignment.column().id() == column) {
                        yield source(project.input(), assignment.expression());
                    }
                }
                yield null;
            }
            case PhysicalNode.Filter filter -> source(filter.input(), column);
            case PhysicalNode.Sort sort -> source(sort.input(), column);
            case PhysicalNode.Limit limit -> source(limit.input(), column);
            case PhysicalNode.Distinct distinct -> source(distinct.input(), column);
            case PhysicalNode.HashLookup lookup -> source(lookup.input(), column);
            case PhysicalNode.HashJoin join -> either(join.left(), join.right(), column);
            case PhysicalNode.NestedLoop join -> either(join.left(), join.right(), column);
            case PhysicalNode _ -> null;
        };
    }

    private static @Nullable Source either(PhysicalNode left, PhysicalNode right, int column) {
        Source found = source(left, column);
        return found == null ? source(right, column) : found;
    }
}
