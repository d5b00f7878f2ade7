package org.cladedb.catalog.system;

import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;

/// What is counted of tables, indexes, databases and connections: nothing yet, so that only the
/// names of things are there, and the counters are NULL.
final class StatisticsRows {
    private StatisticsRows() {}

    static void allTables(Snapshot snapshot, Rows rows) {
        userTables(snapshot, rows);
        systemTables(snapshot, rows);
    }

    static void userTables(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            relation(rows, table);
        }
    }

    static void systemTables(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            if (relation instanceof SystemTable && snapshot.system().kind(relation.oid()) == 'r') {
                relation(rows, relation);
            }
        }
    }

    private static Rows relation(Rows rows, Relation relation) {
        return rows.row()
                .set("relid", relation.oid())
                .set("schemaname", relation.schema())
                .set("relname", relation.name());
    }

    static void indexes(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Index index : table.indexes()) {
                relation(rows, table)
                        .set("indexrelid", index.oid())
                        .set("indexrelname", index.name());
            }
        }
    }

    static void sequences(Snapshot snapshot, Rows rows) {
        for (Sequence sequence : snapshot.sequences()) {
            relation(rows, sequence.relation());
        }
    }

    static void databases(Snapshot snapshot, Rows rows) {
        for (DatabaseDefinition database : snapshot.session().databases()) {
            rows.row().set("datid", database.oid()).set("datname", database.name());
        }
    }

    /// Nobody comes encrypted, or by GSSAPI.
    static void encryption(Snapshot snapshot, Rows rows) {
        for (SystemSession.Activity activity : snapshot.session().activity()) {
            rows.row()
                    .set("pid", activity.pid())
                    .set("ssl", false)
                    .set("gss_authenticated", false)
                    .set("encrypted", false)
                    .set("credentials_delegated", false);
        }
    }
}
