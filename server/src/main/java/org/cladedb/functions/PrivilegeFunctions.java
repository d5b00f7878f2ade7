package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// `has_…_privilege` and `pg_has_role`, in all their overloads.
final class PrivilegeFunctions {
    private PrivilegeFunctions() {}

    /// A kind of object: what its functions are called, and how its names are looked up (null for
    /// kinds without names in the catalog of this server).
    private record Kind(String name, @Nullable TypeKind type, String description) {}

    private static final Kind DATABASE = new Kind("database", null, "database");

    private static final Kind[] KINDS = {
        new Kind("table", TypeKind.REGCLASS, "relation"),
        new Kind("any_column", TypeKind.REGCLASS, "relation"),
        new Kind("sequence", TypeKind.REGCLASS, "relation"),
        new Kind("schema", TypeKind.REGNAMESPACE, "schema"),
        new Kind("function", TypeKind.REGPROCEDURE, "function"),
        new Kind("type", TypeKind.REGTYPE, "type"),
        DATABASE,
        new Kind("tablespace", null, "tablespace"),
        new Kind("language", null, "language"),
        new Kind("foreign_data_wrapper", null, "foreign-data wrapper"),
        new Kind("server", null, "server")
    };

    static void define(Definitions define) {
        for (Kind kind : KINDS) {
            for (String user : new String[] {"", "name, ", "oid, "}) {
                int index = user.isEmpty() ? 0 : 1;
                String name = "has_" + kind.name + "_privilege(";
                define.function(
                        name + user + "text, text) bool stable",
                        (in, out, context) ->
                                answer(kind, named(kind, in[index], context), in, out, context));
                define.function(
                        name + user + "oid, text) bool stable",
                        (in, out, context) ->
                                answer(kind, SystemFunctions.oid(in[index]), in, out, context));
            }
        }
        defineColumns(define);
        for (String user : new String[] {"", "name, ", "oid, "}) {
            for (String role : new String[] {"name", "oid"}) {
                define.function(
                        "pg_has_role(" + user + role + ", text) bool stable",
                        (_, out, _) -> out.setBoolean(true));
            }
        }
    }

    private static void defineColumns(Definitions define) {
        Kind table = KINDS[0];
        for (String user : new String[] {"", "name, ", "oid, "}) {
            int index = user.isEmpty() ? 0 : 1;
            for (String column : new String[] {"text", "int2"}) {
                String tail = ", " + column + ", text) bool stable";
                define.function(
                        "has_column_privilege(" + user + "text" + tail,
                        (in, out, context) ->
                                answer(table, named(table, in[index], context), in, out, context));
                define.function(
                        "has_column_privilege(" + user + "oid" + tail,
                        (in, out, context) ->
                                answer(table, SystemFunctions.oid(in[index]), in, out, context));
            }
        }
    }

    private static int named(Kind kind, Datum name, EvaluationContext context) {
        if (kind.equals(DATABASE)) {
            return databaseOid(name.text(), context);
        }
        if (kind.type == null) {
            return 0;
        }
        int oid = context.types().names().oid(kind.type, name.text());
        if (oid == -1) {
            throw CatalogFunctions.missing(kind.description, name.text());
        }
        return oid;
    }

    /// @throws DatabaseException 3D000
    static int databaseOid(String name, EvaluationContext context) {
        Integer oid = context.session().databases().get(name);
        if (oid == null) {
            throw new DatabaseException(
                    SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
        }
        return oid;
    }

    private static void answer(
            Kind kind, int oid, Datum[] in, Datum out, EvaluationContext context) {
        if (kind.equals(DATABASE) && !context.session().databases().containsValue(oid)) {
            out.setNull();
            return;
        }
        if (kind.type == null) {
            out.setBoolean(true);
            return;
        }
        Boolean held = context.catalog().hasPrivilege(kind.type, oid, in[in.length - 1].text());
        if (held == null) {
            out.setNull();
        } else {
            out.setBoolean(held);
        }
    }
}
