package org.cladedb.catalog.system;

/// Collations and character sets in `information_schema`.
final class InformationFacts {
    private static final String ENCODING = "UTF8";

    private InformationFacts() {}

    static void collations(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_collation");
        for (String[] line : facts.lines()) {
            rows.row()
                    .set("collation_catalog", snapshot.session().databaseName())
                    .set("collation_schema", "pg_catalog")
                    .set("collation_name", line[facts.position("collname")])
                    .set("pad_attribute", "NO PAD")
                    .set("character_set_name", ENCODING);
        }
    }

    static void characterSets(Snapshot snapshot, Rows rows) {
        rows.row()
                .set("character_set_name", ENCODING)
                .set("character_repertoire", "UCS")
                .set("form_of_use", ENCODING)
                .set("default_collate_catalog", snapshot.session().databaseName())
                .set("default_collate_schema", "pg_catalog")
                .set("default_collate_name", "C");
    }
}
