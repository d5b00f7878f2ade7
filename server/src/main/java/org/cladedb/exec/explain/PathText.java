package org.cladedb.exec.explain;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.AccessPath;

/// Access paths as EXPLAIN prints them.
final class PathText {
    private PathText() {}

    /// The label of a scan of `table` by the path.
    static String label(AccessPath path, Table table) {
        return switch (path) {
            case AccessPath.Full full -> "Seq Scan" + backward(full.reverse()) + on(table);
            case AccessPath.KeyRange range ->
                    "Group Key Scan" + backward(range.reverse()) + on(table);
            case AccessPath.Below below ->
                    isOwnKey(below, table)
                            ? "Index Scan" + backward(below.reverse()) + usingKey(table) + on(table)
                            : "Group Scan" + backward(below.reverse()) + on(table);
            case AccessPath.IndexRange range ->
                    "Index Scan"
                            + backward(range.reverse())
                            + " using "
                            + range.index().name()
                            + on(table);
            case AccessPath.Each each -> label(each.template(), table);
        };
    }

    private static boolean isOwnKey(AccessPath.Below below, Table table) {
        return below.ancestor().oid() == table.oid();
    }

    private static String backward(boolean reverse) {
        return reverse ? " Backward" : "";
    }

    private static String on(Table table) {
        return " on " + table.name();
    }

    private static String usingKey(Table table) {
        return table.primaryKey().map(key -> " using " + key.name()).orElse("");
    }

    /// Adds what the path looks for.
    static void addConditions(
            AccessPath path, Table table, PlanDescription description, ExpressionText text) {
        switch (path) {
            case AccessPath.Full _ -> {}
            case AccessPath.KeyRange range ->
                    description.with("Key Cond", bounds(range.bounds(), hkeyColumns(table), text));
            case AccessPath.Below below -> {
                String condition = equalities(below.key(), keyColumns(below.ancestor()), text);
                description.with(
                        isOwnKey(below, table) ? "Index Cond" : "Below",
                        isOwnKey(below, table)
                                ? condition
                                : below.ancestor().name() + " " + condition);
            }
            case AccessPath.IndexRange range ->
                    description.with(
                            "Index Cond",
                            bounds(range.bounds(), indexColumns(range.index(), table), text));
            case AccessPath.Each each -> {
                addConditions(each.template(), table, description, text);
                description.with("For Each", text.of(each.array()));
            }
        }
    }

    private static List<String> hkeyColumns(Table table) {
        List<String> names = new ArrayList<>();
        for (HKey.Segment segment : table.hkey().segments()) {
            for (HKey.Part part : segment.parts()) {
                names.add(part.slot() > 0 ? table.column(part.slot()).name() : "ancestor key");
            }
        }
        return names;
    }

    private static List<String> keyColumns(Table table) {
        return table.primaryKey().map(key -> indexColumns(key, table)).orElse(List.of());
    }

    private static List<String> indexColumns(Index index, Table table) {
        List<String> names = new ArrayList<>();
        for (Index.IndexColumn column : index.columns()) {
            String expression = column.expression();
            names.add(
                    column.slot() > 0
                            ? table.column(column.slot()).name()
                            : "(" + (expression == null ? "" : expression) + ")");
        }
        return names;
    }

    private static String equalities(
            List<TypedExpression> values, List<String> columns, ExpressionText text) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(comparison(columns, i, "=", values.get(i), text));
        }
        return and(parts);
    }

    private static String bounds(
            AccessPath.Bounds bounds, List<String> columns, ExpressionText text) {
        List<String> parts = new ArrayList<>();
        int equal = bounds.equal().size();
        for (int i = 0; i < equal; i++) {
            parts.add(comparison(columns, i, "=", bounds.equal().get(i), text));
        }
        if (bounds.lower() != null) {
            String operator = bounds.lowerInclusive() ? ">=" : ">";
            parts.add(comparison(columns, equal, operator, bounds.lower(), text));
        }
        if (bounds.upper() != null) {
            String operator = bounds.upperInclusive() ? "<=" : "<";
            parts.add(comparison(columns, equal, operator, bounds.upper(), text));
        }
        return and(parts);
    }

    private static String comparison(
            List<String> columns,
            int index,
            String operator,
            TypedExpression value,
            ExpressionText text) {
        String column = index < columns.size() ? columns.get(index) : "?";
        return "(" + column + " " + operator + " " + text.of(value) + ")";
    }

    private static String and(List<String> parts) {
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(" AND ", parts) + ")";
    }
}
