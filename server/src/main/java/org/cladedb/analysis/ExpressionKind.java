package org.cladedb.analysis;

/// Where an expression stands, which decides what it may contain.
///
/// `label` is how error messages call the place.
enum ExpressionKind {
    SELECT_TARGET("SELECT", true, true, true),
    ORDER_BY("ORDER BY", true, true, true),
    DISTINCT_ON("DISTINCT ON", true, true, true),
    GROUP_BY("GROUP BY", false, false, true),
    HAVING("HAVING", true, false, false),
    WINDOW_DEFINITION("window definitions", true, false, true),
    WINDOW_ROWS("window ROWS", false, false, false),
    WINDOW_RANGE("window RANGE", false, false, false),
    WINDOW_GROUPS("window GROUPS", false, false, false),
    WHERE("WHERE", false, false, false),
    FILTER("FILTER", false, false, false),
    JOIN_ON("JOIN conditions", false, false, false),
    FROM_FUNCTION("functions in FROM", false, false, true),
    VALUES_ROW("VALUES", false, false, true),
    LIMIT("LIMIT", false, false, false),
    OFFSET("OFFSET", false, false, false),
    VALUES("VALUES", false, false, false),
    UPDATE("UPDATE", false, false, false),
    RETURNING("RETURNING", false, false, false),
    CHECK("check constraints", false, false, false),
    DEFAULT("DEFAULT expressions", false, false, false),
    GENERATED("column generation expressions", false, false, false),
    INDEX("index expressions", false, false, false),
    INDEX_PREDICATE("index predicates", false, false, false);

    private final String label;
    private final boolean aggregates;
    private final boolean windows;
    private final boolean sets;

    ExpressionKind(String label, boolean aggregates, boolean windows, boolean sets) {
        this.label = label;
        this.aggregates = aggregates;
        this.windows = windows;
        this.sets = sets;
    }

    String label() {
        return label;
    }

    /// How messages about window functions and set-returning ones call the place.
    String broadLabel() {
        return switch (this) {
            case WINDOW_ROWS, WINDOW_RANGE, WINDOW_GROUPS -> WINDOW_DEFINITION.label;
            default -> label;
        };
    }

    boolean allowsAggregates() {
        return aggregates;
    }

    boolean allowsWindows() {
        return windows;
    }

    boolean allowsSets() {
        return sets;
    }

    /// Whether this is an expression kept in the catalog, which may look at one row only.
    boolean isStored() {
        return switch (this) {
            case CHECK, DEFAULT, GENERATED, INDEX, INDEX_PREDICATE -> true;
            case SELECT_TARGET,
                    ORDER_BY,
                    DISTINCT_ON,
                    GROUP_BY,
                    HAVING,
                    WINDOW_DEFINITION,
                    WINDOW_ROWS,
                    WINDOW_RANGE,
                    WINDOW_GROUPS,
                    WHERE,
                    FILTER,
                    JOIN_ON,
                    FROM_FUNCTION,
                    VALUES_ROW,
                    LIMIT,
                    OFFSET,
                    VALUES,
                    UPDATE,
                    RETURNING ->
                    false;
        };
    }
}
