package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Relation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Errors for names that mean nothing, with hints at what may have been meant.
final class ColumnSuggestions {
    private static final int DISTANCE_MAX = 3;

    private ColumnSuggestions() {}

    static DatabaseException missingItem(QueryScope scope, String name, int position) {
        RangeItem sameRelation = null;
        RangeItem invisible = null;
        for (QueryScope level = scope; level != null; level = level.parent()) {
            for (RangeItem item : level.rangeTable()) {
                Relation relation = item.relation();
                if (name.equals(item.alias())) {
                    invisible = invisible == null ? item : invisible;
                } else if (relation != null
                        && relation.name().equals(name)
                        && item.relationVisible()) {
                    sameRelation = sameRelation == null ? item : sameRelation;
                }
            }
        }
        String invalid = "invalid reference to FROM-clause entry for table \"" + name + "\"";
        DatabaseException error;
        if (invisible != null) {
            error =
                    new DatabaseException(SqlState.UNDEFINED_TABLE, invalid)
                            .withDetail(
                                    "There is an entry for table \""
                                            + name
                                            + "\", but it cannot be referenced from this part of"
                                            + " the query.");
            if (isLateral(scope, invisible)) {
                error =
                        error.withHint(
                                "To reference that table, you must mark this subquery with"
                                        + " LATERAL.");
            }
        } else if (sameRelation != null) {
            error =
                    new DatabaseException(SqlState.UNDEFINED_TABLE, invalid)
                            .withHint(
                                    "Perhaps you meant to reference the table alias \""
                                            + sameRelation.alias()
                                            + "\".");
        } else {
            error =
                    new DatabaseException(
                            SqlState.UNDEFINED_TABLE,
                            "missing FROM-clause entry for table \"" + name + "\"");
        }
        return error.at(position);
    }

    static DatabaseException missingColumn(
            QueryScope scope, @Nullable String qualifier, String name, int position) {
        String message =
                qualifier == null
                        ? "column \"" + name + "\" does not exist"
                        : "column " + qualifier + "." + name + " does not exist";
        DatabaseException error = new DatabaseException(SqlState.UNDEFINED_COLUMN, message);
        if (qualifier == null) {
            RangeItem item = itemWith(scope, name);
            if (item != null) {
                return invisible(error, scope, item, name).at(position);
            }
        }
        String hint = hint(scope, qualifier, name);
        return (hint == null ? error : error.withHint(hint)).at(position);
    }

    private static DatabaseException invisible(
            DatabaseException error, QueryScope scope, RangeItem item, String name) {
        DatabaseException detailed =
                error.withDetail(
                        "There is a column named \""
                                + name
                                + "\" in table \""
                                + item.alias()
                                + "\", but it cannot be referenced from this part of the query.");
        if (isLateral(scope, item)) {
            return detailed.withHint(
                    "To reference that column, you must mark this subquery with LATERAL.");
        }
        boolean visible = scope.items().contains(item) && item.relationVisible();
        return visible
                ? detailed.withHint(
                        "To reference that column, you must use a table-qualified name.")
                : detailed;
    }

    /// Whether LATERAL would make the item visible.
    private static boolean isLateral(QueryScope scope, RangeItem item) {
        for (QueryScope level = scope; level != null; level = level.parent()) {
            if (level.items().contains(item)) {
                return item.lateralOnly() && item.lateralAllowed() && !level.lateralActive();
            }
        }
        return false;
    }

    private static @Nullable RangeItem itemWith(QueryScope scope, String name) {
        for (QueryScope level = scope; level != null; level = level.parent()) {
            for (RangeItem item : level.rangeTable()) {
                if (item.alias() != null
                        && item.columns().stream().anyMatch(c -> c.name().equals(name))) {
                    return item;
                }
            }
        }
        return null;
    }

    private static @Nullable String hint(
            QueryScope scope, @Nullable String qualifier, String name) {
        List<String> best = new ArrayList<>();
        int bestDistance = Math.min(DISTANCE_MAX, name.length() / 2);
        for (QueryScope level = scope; level != null; level = level.parent()) {
            for (RangeItem item : level.rangeTable()) {
                if (item.alias() == null) {
                    continue;
                }
                int penalty =
                        qualifier == null || qualifier.equals(item.alias())
                                ? 0
                                : distance(qualifier, item.alias());
                for (ScopeColumn column : item.columns()) {
                    int distance = penalty + distance(name, column.name());
                    if (distance < bestDistance) {
                        best.clear();
                    }
                    if (distance <= bestDistance) {
                        bestDistance = distance;
                        best.add(item.alias() + "." + column.name());
                    }
                }
            }
        }
        return switch (best.size()) {
            case 1 -> "Perhaps you meant to reference the column \"" + best.getFirst() + "\".";
            case 2 ->
                    "Perhaps you meant to reference the column \""
                            + best.get(0)
                            + "\" or the column \""
                            + best.get(1)
                            + "\".";
            default -> null;
        };
    }

    /// The number of characters to insert, delete or replace.
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
