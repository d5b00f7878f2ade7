package org.cladedb.functions;

import static org.cladedb.functions.SystemFunctions.oid;
import static org.cladedb.functions.SystemFunctions.setText;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// What messages call the objects of the catalogs, and the rules of views.
final class ObjectFunctions {
    private ObjectFunctions() {}

    static void define(Definitions define) {
        define.function(
                "pg_describe_object(oid, oid, int4) text stable",
                (in, out, context) -> {
                    ObjectIdentity found = identity(in, context.catalog());
                    setText(out, found == null ? null : found.description());
                });
        define.set(
                "pg_identify_object(oid, oid, int4) setof (type text, schema text, name text,"
                        + " identity text) stable",
                (_, _) -> (in, context) -> row(identity(in, context.catalog())));
        define.function(
                "pg_get_ruledef(oid) text stable",
                (in, out, context) ->
                        setText(out, context.catalog().ruleDefinition(oid(in[0]), false)));
        define.function(
                "pg_get_ruledef(oid, bool) text stable",
                (in, out, context) ->
                        setText(
                                out,
                                context.catalog()
                                        .ruleDefinition(oid(in[0]), in[1].booleanValue())));
    }

    private static @Nullable ObjectIdentity identity(Datum[] in, CatalogAccess catalog) {
        return catalog.identity(oid(in[0]), oid(in[1]), (int) in[2].longValue());
    }

    private static SetFunction.Rows row(@Nullable ObjectIdentity identity) {
        boolean[] done = {false};
        return out -> {
            if (done[0]) {
                return false;
            }
            done[0] = true;
            setText(out[0], identity == null ? null : identity.type());
            setText(out[1], identity == null ? null : identity.schema());
            setText(out[2], identity == null ? null : identity.name());
            setText(out[3], identity == null ? null : identity.identity());
            return true;
        };
    }
}
