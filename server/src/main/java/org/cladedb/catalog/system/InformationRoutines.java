package org.cladedb.catalog.system;

import org.cladedb.catalog.system.Procedures.Procedure;
import org.cladedb.types.SqlType;

/// Functions and their parameters in `information_schema`.
final class InformationRoutines {
    private InformationRoutines() {}

    /// Sets the names of a routine.
    ///
    /// @param schemaOid of its schema, as text
    static Rows named(
            Snapshot snapshot, Rows rows, String schemaOid, String name, String specificName) {
        String database = snapshot.session().databaseName();
        String schema = schema(schemaOid);
        return rows.set("specific_catalog", database)
                .set("specific_schema", schema)
                .set("specific_name", specificName)
                .set("routine_catalog", database)
                .set("routine_schema", schema)
                .set("routine_name", name);
    }

    private static String schema(String oid) {
        return Integer.parseInt(oid) == Oids.PG_CATALOG ? "pg_catalog" : "information_schema";
    }

    static void routines(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_proc");
        int kind = facts.position("prokind");
        int strict = facts.position("proisstrict");
        int volatility = facts.position("provolatile");
        for (String[] line : facts.linesOf("pg_proc", snapshot.system().available())) {
            Procedure procedure = procedure(line);
            named(
                    snapshot,
                    rows.row(),
                    line[facts.position("pronamespace")],
                    procedure.name(),
                    specificName(procedure));
            type(snapshot, rows, procedure.result(), "type_udt");
            rows.set("routine_type", line[kind].equals("f") ? "FUNCTION" : null)
                    .set("dtd_identifier", "0")
                    .set("routine_body", "EXTERNAL")
                    .set("routine_definition", line[facts.position("prosrc")])
                    .set("external_language", "INTERNAL")
                    .set("parameter_style", "GENERAL")
                    .set("is_deterministic", line[volatility].equals("i") ? "YES" : "NO")
                    .set("sql_data_access", "MODIFIES")
                    .set("is_null_call", line[strict].equals("t") ? "YES" : "NO")
                    .set("schema_level_routine", "YES")
                    .set("max_dynamic_result_sets", 0)
                    .set("security_type", "INVOKER")
                    .set("as_locator", "NO")
                    .set("is_udt_dependent", "NO")
                    .set("result_cast_as_locator", null);
        }
    }

    static void parameters(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_proc");
        for (String[] line : facts.linesOf("pg_proc", snapshot.system().available())) {
            Procedure procedure = procedure(line);
            for (int i = 0; i < procedure.all().size(); i++) {
                parameter(snapshot, rows, procedure, i);
                rows.set("specific_schema", schema(line[facts.position("pronamespace")]));
            }
        }
    }

    private static void parameter(Snapshot snapshot, Rows rows, Procedure procedure, int index) {
        String mode = procedure.modes().isEmpty() ? "i" : procedure.modes().get(index);
        String name = procedure.names().isEmpty() ? "" : procedure.names().get(index);
        rows.row()
                .set("specific_catalog", snapshot.session().databaseName())
                .set("specific_name", specificName(procedure))
                .set("ordinal_position", index + 1)
                .set(
                        "parameter_mode",
                        switch (mode) {
                            case "o", "t" -> "OUT";
                            case "b" -> "INOUT";
                            default -> "IN";
                        })
                .set("is_result", "NO")
                .set("as_locator", "NO")
                .set("parameter_name", name.isEmpty() ? null : name)
                .set("dtd_identifier", Integer.toString(index + 1));
        type(snapshot, rows, procedure.all().get(index), "udt");
    }

    static void descriptors(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_proc");
        for (String[] line : facts.linesOf("pg_proc", snapshot.system().available())) {
            Procedure procedure = procedure(line);
            for (int i = 0; i <= procedure.all().size(); i++) {
                InformationViews.descriptor(
                                snapshot,
                                rows,
                                schema(line[facts.position("pronamespace")]),
                                specificName(procedure))
                        .set("object_type", "ROUTINE")
                        .set("dtd_identifier", Integer.toString(i));
            }
        }
    }

    private static String specificName(Procedure procedure) {
        return procedure.name() + "_" + procedure.oid();
    }

    private static Procedure procedure(String[] line) {
        Procedure procedure = Procedures.all().find(Integer.parseInt(line[0]));
        if (procedure == null) {
            throw new IllegalStateException("every line of pg_proc is a procedure");
        }
        return procedure;
    }

    private static void type(Snapshot snapshot, Rows rows, int oid, String udt) {
        SqlType type = SqlType.byOid(oid);
        String name = TypeRows.typeName(oid);
        rows.set(udt + "_catalog", snapshot.session().databaseName())
                .set(udt + "_schema", "pg_catalog")
                .set(udt + "_name", name)
                .set(
                        "data_type",
                        type == null
                                ? name
                                : type.isArray() ? "ARRAY" : InformationTables.typeName(type));
    }
}
