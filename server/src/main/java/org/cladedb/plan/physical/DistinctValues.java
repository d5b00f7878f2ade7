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
    static final double PLAIN = Estimates.TABLE_ROWS / Estimates.VALUE_ROWS;

    /// Of a column that refers to a key, or of one in a key of several.
    private static final double REFERENCE = Estimates.TABLE_ROWS / Estimates.INDEX_ROWS;

    private DistinctValues() {}

    /// Of `expressions` together, over the rows of `node`.
    static double of(PhysicalNode node, List<TypedExpression> expressions) {
        List<Source> sources = new ArrayList<>();
        double product = 1;
        for (TypedExpression expression : expressions) {
            Source source = source(node, expression);
            product *= source == null ? PLAIN : alone(source);
            if (source != null) {
                sources.add(source);
            }
        }
        return holdsKey(sources) ? Estimates.TABLE_ROWS : Math.min(Estimates.TABLE_ROWS, product);
    }

    private record Source(Table table, int slot) {}

    private static double alone(Source source) {
        boolean part =
                source.table().indexes().stream()
                                .anyMatch(index ->
                                        index.unique()
                                                && index.columns().stream()
                                                        .anyMatch(column ->
                                                                column.slot() == source.slot()))
                        || Estimates.isReference(source.table(), source.slot());
        return part ? REFERENCE : PLAIN;
    }

    private static boolean holdsKey(List<Source> sources) {
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
                return true;
            }
        }
        return false;
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
                        yield new Source(scan.table(), scan.slots().get(i));
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
