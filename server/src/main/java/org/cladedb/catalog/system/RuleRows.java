package org.cladedb.catalog.system;

import org.cladedb.catalog.View;

/// pg_rewrite: the rule that makes a view a query. There are no other rules.
final class RuleRows {
    static final String NAME = "_RETURN";

    private RuleRows() {}

    static void fill(Snapshot snapshot, Rows rows) {
        for (View view : snapshot.views()) {
            rows.row()
                    .set("oid", Oids.rule(view.oid()))
                    .set("rulename", NAME)
                    .set("ev_class", view.oid())
                    .set("ev_type", "1")
                    .set("ev_enabled", "O")
                    .set("is_instead", true)
                    .set("ev_qual", "<>")
                    .set("ev_action", view.query());
        }
    }
}
