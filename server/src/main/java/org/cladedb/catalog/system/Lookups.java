package org.cladedb.catalog.system;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// By which columns of system relations their rows are found, and how.
///
/// Every row of a user's object that has the value must come from an object that the way finds.
final class Lookups {
    /// How a value leads to objects.
    enum Way {
        /// The OID of a relation or index.
        RELATION(20),
        /// The OID of a row type, or of another.
        TYPE(2),
        /// The OID of a constraint.
        CONSTRAINT(2),
        /// The OID of a table, to those whose foreign keys refer to it.
        REFERENCED(20),
        /// The OID of an index that constraints go by.
        KEY_INDEX(20),
        /// The OID of a view's rule.
        RULE(1),
        /// The OID of anything that depends on something.
        DEPENDENT(10),
        /// The OID of anything that something depends on.
        DEPENDED_ON(20),
        /// The name of a relation or index, in any schema.
        NAME(25),
        /// The OID of a schema.
        SCHEMA(200),
        /// The name of a schema.
        SCHEMA_NAME(200);

        /// How many rows one value gives, roughly.
        final double rows;

        Way(double rows) {
            this.rows = rows;
        }
    }

    private static final Map<String, Way> WAYS =
            Map.ofEntries(
                    Map.entry("pg_class.oid", Way.RELATION),
                    Map.entry("pg_class.relname", Way.NAME),
                    Map.entry("pg_class.relnamespace", Way.SCHEMA),
                    Map.entry("pg_attribute.attrelid", Way.RELATION),
                    Map.entry("pg_attrdef.adrelid", Way.RELATION),
                    Map.entry("pg_index.indrelid", Way.RELATION),
                    Map.entry("pg_index.indexrelid", Way.RELATION),
                    Map.entry("pg_constraint.oid", Way.CONSTRAINT),
                    Map.entry("pg_constraint.conrelid", Way.RELATION),
                    Map.entry("pg_constraint.conindid", Way.KEY_INDEX),
                    Map.entry("pg_constraint.confrelid", Way.REFERENCED),
                    Map.entry("pg_constraint.connamespace", Way.SCHEMA),
                    Map.entry("pg_trigger.tgrelid", Way.RELATION),
                    Map.entry("pg_rewrite.oid", Way.RULE),
                    Map.entry("pg_rewrite.ev_class", Way.RELATION),
                    Map.entry("pg_depend.objid", Way.DEPENDENT),
                    Map.entry("pg_depend.refobjid", Way.DEPENDED_ON),
                    Map.entry("pg_type.oid", Way.TYPE),
                    Map.entry("pg_type.typname", Way.NAME),
                    Map.entry("pg_type.typrelid", Way.RELATION),
                    Map.entry("pg_sequence.seqrelid", Way.RELATION),
                    Map.entry("pg_sequences.sequencename", Way.NAME),
                    Map.entry("pg_sequences.schemaname", Way.SCHEMA_NAME),
                    Map.entry("pg_tables.tablename", Way.NAME),
                    Map.entry("pg_tables.schemaname", Way.SCHEMA_NAME),
                    Map.entry("pg_stat_user_tables.relid", Way.RELATION),
                    Map.entry("pg_stat_user_tables.relname", Way.NAME),
                    Map.entry("pg_stat_user_tables.schemaname", Way.SCHEMA_NAME),
                    Map.entry("pg_views.viewname", Way.NAME),
                    Map.entry("pg_views.schemaname", Way.SCHEMA_NAME),
                    Map.entry("pg_indexes.tablename", Way.NAME),
                    Map.entry("pg_indexes.indexname", Way.NAME),
                    Map.entry("pg_indexes.schemaname", Way.SCHEMA_NAME),
                    Map.entry("tables.table_name", Way.NAME),
                    Map.entry("tables.table_schema", Way.SCHEMA_NAME),
                    Map.entry("columns.table_name", Way.NAME),
                    Map.entry("columns.table_schema", Way.SCHEMA_NAME),
                    Map.entry("views.table_name", Way.NAME),
                    Map.entry("views.table_schema", Way.SCHEMA_NAME),
                    Map.entry("sequences.sequence_name", Way.NAME),
                    Map.entry("sequences.sequence_schema", Way.SCHEMA_NAME),
                    Map.entry("table_constraints.table_name", Way.NAME),
                    Map.entry("table_constraints.table_schema", Way.SCHEMA_NAME),
                    Map.entry("table_constraints.constraint_schema", Way.SCHEMA_NAME),
                    Map.entry("key_column_usage.table_name", Way.NAME),
                    Map.entry("key_column_usage.table_schema", Way.SCHEMA_NAME),
                    Map.entry("key_column_usage.constraint_schema", Way.SCHEMA_NAME),
                    Map.entry("referential_constraints.constraint_schema", Way.SCHEMA_NAME),
                    Map.entry("constraint_column_usage.constraint_schema", Way.SCHEMA_NAME),
                    Map.entry("check_constraints.constraint_schema", Way.SCHEMA_NAME));

    private Lookups() {}

    /// How the rows of a relation are found by one of its columns; null when they are not.
    static @Nullable Way of(String relation, String column) {
        return WAYS.get(relation + "." + column);
    }
}
