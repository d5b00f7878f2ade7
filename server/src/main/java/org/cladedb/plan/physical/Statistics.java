package org.cladedb.plan.physical;

import org.cladedb.catalog.Table;

/// What a plan is made by, of the data that there is.
@FunctionalInterface
public interface Statistics {
    /// Every table has as many rows as one that nobody knows anything about.
    Statistics ASSUMED = _ -> Estimates.TABLE_ROWS;

    /// Roughly how many rows a table has, at least 1.
    double rows(Table table);
}
