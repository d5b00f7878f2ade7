package org.cladedb.functions;

import static org.cladedb.functions.SystemFunctions.oid;
import static org.cladedb.functions.SystemFunctions.setText;

import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Definitions, visibility, descriptions and sizes of catalog objects, as psql and drivers ask.
final class CatalogFunctions {
    private static final Map<String, TypeKind> VISIBILITY =
            Map.of(
                    "pg_table_is_visible", TypeKind.REGCLASS,
                    "pg_type_is_visible", TypeKind.REGTYPE,
                    "pg_function_is_visible", TypeKind.REGPROC,
                    "pg_operator_is_visible", TypeKind.REGOPER);

    /// INSERT, UPDATE and DELETE, as bits of their numbers.
    private static final int ALL_CHANGES = 1 << 2 | 1 << 3 | 1 << 4;

    private CatalogFunctions() {}

    static void define(Definitions define) {
        defineDefinitions(define);
        defineNothingYet(define);
        defineVisibility(define);
        defineDescriptions(define);
        defineNames(define);
        defineEncodings(define);
        defineSets(define);
    }

    @FunctionalInterface
    private interface Lookup {
        @Nullable String get(Datum[] in, CatalogAccess catalog);
    }

    private static void text(Definitions define, String line, Lookup lookup) {
        define.function(
                line + " stable",
                (in, out, context) -> setText(out, lookup.get(in, context.catalog())));
    }

    private static void defineDefinitions(Definitions define) {
        define.function(
                "format_type(oid, int4) text stable lax",
                (in, out, context) -> {
                    if (in[0].isNull()) {
                        out.setNull();
                    } else {
                        int modifier = in[1].isNull() ? -1 : (int) in[1].longValue();
                        String type = context.catalog().formatType(oid(in[0]), modifier);
                        // As "bpchar" a type is shown whose modifier is known to be none.
                        out.setText(in[1].isNull() ? type.replace("bpchar", "character") : type);
                    }
                });
        text(
                define,
                "pg_get_constraintdef(oid) text",
                (in, catalog) -> catalog.constraintDefinition(oid(in[0]), false));
        text(
                define,
                "pg_get_constraintdef(oid, bool) text",
                (in, catalog) -> catalog.constraintDefinition(oid(in[0]), in[1].booleanValue()));
        for (String tail : new String[] {"", ", bool"}) {
            boolean hasFlag = !tail.isEmpty();
            text(
                    define,
                    "pg_get_viewdef(oid" + tail + ") text",
                    (in, catalog) ->
                            catalog.viewDefinition(oid(in[0]), hasFlag && in[1].booleanValue(), 0));
            text(
                    define,
                    "pg_get_viewdef(text" + tail + ") text",
                    (in, catalog) ->
                            catalog.viewDefinition(in[0].text(), hasFlag && in[1].booleanValue()));
            text(
                    define,
                    "pg_get_expr(pg_node_tree, oid" + tail + ") text",
                    (in, catalog) ->
                            catalog.expressionText(
                                    in[0].text(), oid(in[1]), hasFlag && in[2].booleanValue()));
        }
        text(
                define,
                "pg_get_viewdef(oid, int4) text",
                (in, catalog) -> catalog.viewDefinition(oid(in[0]), true, (int) in[1].longValue()));
        text(
                define,
                "pg_get_indexdef(oid) text",
                (in, catalog) -> catalog.indexDefinition(oid(in[0]), 0, false));
        text(
                define,
                "pg_get_indexdef(oid, int4, bool) text",
                (in, catalog) ->
                        catalog.indexDefinition(
                                oid(in[0]), (int) in[1].longValue(), in[2].booleanValue()));
        text(
                define,
                "pg_get_serial_sequence(text, text) text",
                (in, catalog) -> catalog.serialSequence(in[0].text(), in[1].text()));
        text(define, "pg_get_userbyid(oid) name", (in, catalog) -> catalog.userName(oid(in[0])));
        for (String what : new String[] {"result", "arguments", "identity_arguments"}) {
            text(
                    define,
                    "pg_get_function_" + what + "(oid) text",
                    (in, catalog) -> catalog.functionText(oid(in[0]), what));
        }
        text(
                define,
                "pg_get_functiondef(oid) text",
                (in, catalog) -> catalog.functionText(oid(in[0]), "definition"));
    }

    /// Kinds of objects that this server does not have: there is never one with the given OID.
    private static void defineNothingYet(Definitions define) {
        for (String line :
                new String[] {
                    "pg_get_triggerdef(oid)",
                    "pg_get_triggerdef(oid, bool)",
                    "pg_get_partkeydef(oid)",
                    "pg_get_statisticsobjdef(oid)",
                    "pg_get_statisticsobjdef_columns(oid)",
                    "pg_get_function_sqlbody(oid)",
                    "pg_get_partition_constraintdef(oid)",
                    "pg_tablespace_location(oid)",
                    "pg_get_function_arg_default(oid, int4)",
                    "pg_get_replica_identity_index(regclass)"
                }) {
            String result = line.contains("regclass") ? " regclass" : " text";
            define.function(line + result + " stable", (_, out, _) -> out.setNull());
        }
        define.function("pg_my_temp_schema() oid stable", (_, out, _) -> out.setLong(0));
        define.function(
                "pg_is_other_temp_schema(oid) bool stable", (_, out, _) -> out.setBoolean(false));
        define.function(
                "pg_relation_is_publishable(regclass) bool stable",
                (in, out, context) -> out.setBoolean(context.catalog().isTable(oid(in[0]))));
        define.function(
                "pg_relation_is_updatable(regclass, bool) int4 stable",
                (in, out, context) ->
                        out.setLong(context.catalog().isTable(oid(in[0])) ? ALL_CHANGES : 0));
        define.function(
                "pg_column_is_updatable(regclass, int2, bool) bool stable",
                (in, out, context) ->
                        out.setBoolean(
                                in[1].longValue() > 0 && context.catalog().isTable(oid(in[0]))));
        for (String name :
                new String[] {
                    "pg_stat_get_numscans", "pg_stat_get_tuples_returned",
                    "pg_stat_get_live_tuples", "pg_stat_get_dead_tuples"
                }) {
            define.function(name + "(oid) int8 stable", (_, out, _) -> out.setLong(0));
        }
    }

    private static void defineVisibility(Definitions define) {
        VISIBILITY.forEach((name, kind) ->
                define.function(
                        name + "(oid) bool stable",
                        (in, out, context) -> {
                            Boolean visible = context.catalog().isVisible(kind, oid(in[0]));
                            if (visible == null) {
                                out.setNull();
                            } else {
                                out.setBoolean(visible);
                            }
                        }));
        for (String name :
                new String[] {
                    "opclass",
                    "opfamily",
                    "collation",
                    "conversion",
                    "ts_parser",
                    "ts_dict",
                    "ts_template",
                    "ts_config",
                    "statistics_obj"
                }) {
            define.function(
                    "pg_" + name + "_is_visible(oid) bool stable",
                    (_, out, _) -> out.setBoolean(true));
        }
    }

    private static void defineDescriptions(Definitions define) {
        text(
                define,
                "obj_description(oid, name) text",
                (in, catalog) -> catalog.description(oid(in[0]), in[1].text(), 0));
        text(
                define,
                "obj_description(oid) text",
                (in, catalog) -> catalog.description(oid(in[0]), "", 0));
        text(
                define,
                "shobj_description(oid, name) text",
                (in, catalog) -> catalog.description(oid(in[0]), in[1].text(), 0));
        text(
                define,
                "col_description(oid, int4) text",
                (in, catalog) ->
                        catalog.description(oid(in[0]), "pg_class", (int) in[1].longValue()));
    }

    private static void defineNames(Definitions define) {
        name(define, "to_regclass", "regclass", TypeKind.REGCLASS);
        name(define, "to_regtype", "regtype", TypeKind.REGTYPE);
        name(define, "to_regproc", "regproc", TypeKind.REGPROC);
        name(define, "to_regprocedure", "regprocedure", TypeKind.REGPROCEDURE);
        name(define, "to_regoper", "regoper", TypeKind.REGOPER);
        name(define, "to_regnamespace", "regnamespace", TypeKind.REGNAMESPACE);
        name(define, "to_regrole", "regrole", TypeKind.REGROLE);
    }

    private static void name(Definitions define, String function, String type, TypeKind kind) {
        TypeCodec codec = Codecs.of(new SqlType.Scalar(kind, -1));
        define.function(
                function + "(text) " + type + " stable",
                (in, out, context) -> {
                    try {
                        codec.readText(
                                in[0].bytes(),
                                in[0].offset(),
                                in[0].length(),
                                context.types(),
                                out);
                    } catch (DatabaseException _) {
                        // What is no name at all means nothing either.
                        out.setNull();
                    }
                });
    }

    private static void defineEncodings(Definitions define) {
        define.function(
                "pg_encoding_to_char(int4) name stable",
                (in, out, _) ->
                        out.setText(
                                in[0].longValue() == 6
                                        ? "UTF8"
                                        : in[0].longValue() == 0 ? "SQL_ASCII" : ""));
        define.function(
                "pg_char_to_encoding(name) int4 stable",
                (in, out, _) ->
                        out.setLong(
                                switch (in[0].text().toLowerCase(Locale.ROOT)) {
                                    case "utf8", "utf-8", "unicode" -> 6;
                                    case "sql_ascii" -> 0;
                                    default -> -1;
                                }));
        define.function(
                "pg_encoding_max_length(int4) int4",
                (in, out, _) -> out.setLong(in[0].longValue() == 6 ? 4 : 1));
    }

    private static void defineSets(Definitions define) {
        define.set(
                "_pg_expandarray(anyarray) setof (x anyelement, n int4)",
                (_, _) ->
                        (in, _) -> {
                            ArrayValue array = in[0].arrayValue();
                            int[] next = {0};
                            return out -> {
                                if (next[0] == array.elements().size()) {
                                    return false;
                                }
                                out[0].copyFrom(array.elements().get(next[0]));
                                out[1].setLong(++next[0]);
                                return true;
                            };
                        });
        define.set(
                "pg_options_to_table(text[]) setof (option_name text, option_value text) stable",
                (_, _) -> (in, _) -> options(in[0].arrayValue()));
        define.set(
                "pg_partition_ancestors(regclass) setof regclass", (_, _) -> (_, _) -> _ -> false);
        define.set(
                "pg_partition_tree(regclass) setof (relid regclass, parentrelid regclass,"
                        + " isleaf bool, level int4)",
                (_, _) -> (_, _) -> _ -> false);
    }

    private static SetFunction.Rows options(ArrayValue array) {
        int[] next = {0};
        return out -> {
            if (next[0] == array.elements().size()) {
                return false;
            }
            String option = array.elements().get(next[0]++).text();
            int equals = option.indexOf('=');
            out[0].setText(equals < 0 ? option : option.substring(0, equals));
            setText(out[1], equals < 0 ? null : option.substring(equals + 1));
            return true;
        };
    }

    static DatabaseException missing(String what, String name) {
        return switch (what) {
            case "relation" -> missing(SqlState.UNDEFINED_TABLE, what, name);
            case "schema" -> missing(SqlState.INVALID_SCHEMA_NAME, what, name);
            case "function" -> missing(SqlState.UNDEFINED_FUNCTION, what, name);
            default -> missing(SqlState.UNDEFINED_OBJECT, what, name);
        };
    }

    private static DatabaseException missing(SqlState state, String what, String name) {
        return new DatabaseException(state, what + " \"" + name + "\" does not exist");
    }
}
