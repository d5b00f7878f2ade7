package org.cladedb.catalog.system;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Relation;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// pg_type, pg_proc and pg_collation.
final class TypeRows {
    private static final List<String[]> TYPES = TabSeparated.read("types.tsv");

    /// Functions that tell nothing of their arguments but by their results, as in PostgreSQL.
    private static final Set<Integer> LEAKPROOF = Set.of(2311, 2321, 3419, 3420, 3421, 3422, 3696);

    private static final List<String[]> PROCEDURES = TabSeparated.read("procedures.tsv");
    private static final int ARRAY_IN = 750;
    private static final int ARRAY_OUT = 751;
    private static final int ARRAY_RECEIVE = 2400;
    private static final int ARRAY_SEND = 2401;
    private static final int ARRAY_ANALYZE = 3816;
    private static final int ARRAY_SUBSCRIPT = 6179;
    private static final int RECORD_IN = 2290;
    private static final int RECORD_OUT = 2291;
    private static final int RECORD_RECEIVE = 2402;
    private static final int RECORD_SEND = 2403;

    private TypeRows() {}

    static void types(Snapshot snapshot, Rows rows) {
        for (String[] line : TYPES) {
            if (snapshot.focus() != null && !snapshot.focus().hasType(number(line[0]), line[1])) {
                continue;
            }
            rows.row()
                    .set("oid", number(line[0]))
                    .set("typname", line[1])
                    .set("typnamespace", Oids.PG_CATALOG)
                    .set("typowner", Oids.OWNER)
                    .set("typlen", number(line[2]))
                    .set("typbyval", line[3].equals("t"))
                    .set("typtype", line[4])
                    .set("typcategory", line[5])
                    .set("typispreferred", line[6].equals("t"))
                    .set("typisdefined", true)
                    .set("typdelim", line[7])
                    .set("typrelid", 0)
                    .set("typelem", number(line[8]))
                    .set("typarray", number(line[9]))
                    .set("typinput", number(line[10]))
                    .set("typoutput", number(line[11]))
                    .set("typreceive", number(line[12]))
                    .set("typsend", number(line[13]))
                    .set("typmodin", number(line[14]))
                    .set("typmodout", number(line[15]))
                    .set("typanalyze", 0)
                    .set("typalign", line[16])
                    .set("typstorage", line[17])
                    .set("typnotnull", false)
                    .set("typbasetype", 0)
                    .set("typtypmod", -1)
                    .set("typndims", 0)
                    .set("typcollation", number(line[18]))
                    .set("typsubscript", number(line[19]));
        }
        for (Relation relation : snapshot.relations()) {
            rowType(snapshot, rows, relation);
            rowArray(snapshot, rows, relation);
        }
    }

    private static void rowArray(Snapshot snapshot, Rows rows, Relation relation) {
        rowType(snapshot, rows, relation);
        rows.set("oid", Oids.rowArray(relation.oid()))
                .set("typname", arrayName(snapshot, relation))
                .set("typtype", "b")
                .set("typcategory", "A")
                .set("typrelid", 0)
                .set("typelem", Oids.rowType(relation.oid()))
                .set("typarray", 0)
                .set("typinput", ARRAY_IN)
                .set("typoutput", ARRAY_OUT)
                .set("typreceive", ARRAY_RECEIVE)
                .set("typsend", ARRAY_SEND)
                .set("typanalyze", ARRAY_ANALYZE)
                .set("typsubscript", ARRAY_SUBSCRIPT);
    }

    private static void rowType(Snapshot snapshot, Rows rows, Relation relation) {
        rows.row()
                .set("oid", Oids.rowType(relation.oid()))
                .set("typname", relation.name())
                .set("typnamespace", snapshot.schemaOid(relation.schema()))
                .set("typowner", Oids.OWNER)
                .set("typlen", -1)
                .set("typbyval", false)
                .set("typtype", "c")
                .set("typcategory", "C")
                .set("typispreferred", false)
                .set("typisdefined", true)
                .set("typdelim", ",")
                .set("typrelid", relation.oid())
                .set("typelem", 0)
                .set("typarray", Oids.rowArray(relation.oid()))
                .set("typinput", RECORD_IN)
                .set("typoutput", RECORD_OUT)
                .set("typreceive", RECORD_RECEIVE)
                .set("typsend", RECORD_SEND)
                .set("typmodin", 0)
                .set("typmodout", 0)
                .set("typanalyze", 0)
                .set("typalign", "d")
                .set("typstorage", "x")
                .set("typnotnull", false)
                .set("typbasetype", 0)
                .set("typtypmod", -1)
                .set("typndims", 0)
                .set("typcollation", 0)
                .set("typsubscript", 0);
    }

    /// With one more underscore than the name, or more where that is a relation's.
    private static String arrayName(Snapshot snapshot, Relation relation) {
        String name = "_" + relation.name();
        while (snapshot.catalog().object(relation.schema(), name) instanceof Relation) {
            name = "_" + name;
        }
        return name;
    }

    private static int number(String text) {
        return (int) Long.parseLong(text);
    }

    /// `p` for types that are never stored apart, `m` or `x` for those that may be.
    static String storage(SqlType type) {
        int oid = type.oid();
        for (String[] line : TYPES) {
            if (number(line[0]) == oid) {
                return line[17];
            }
        }
        return "x";
    }

    /// The result or the arguments of a function as text; null when there is none with this OID, or
    /// its text is not known.
    static @Nullable String functionText(
            FunctionRegistry functions, int oid, String what, TypeFormat format) {
        for (FunctionDefinition function : functions.functions()) {
            if (function.oid() == oid) {
                boolean isSet =
                        function.implementation() instanceof FunctionDefinition.SetReturning;
                return functionText(
                        what,
                        (isSet ? "SETOF " : "") + format.format(function.resultType().oid(), -1),
                        function.argumentTypes().stream()
                                .map(type -> format.format(type.oid(), -1))
                                .toList());
            }
        }
        for (String[] line : PROCEDURES) {
            if (number(line[0]) == oid) {
                return functionText(
                        what,
                        format.format(number(line[2]), -1),
                        arguments(line).stream().map(type -> format.format(type, -1)).toList());
            }
        }
        return null;
    }

    private static @Nullable String functionText(
            String what, String result, List<String> arguments) {
        return switch (what) {
            case "result" -> result;
            case "arguments", "identity_arguments" -> String.join(", ", arguments);
            default -> null;
        };
    }

    /// Prints a type as `format_type` does.
    @FunctionalInterface
    interface TypeFormat {
        String format(int typeOid, int modifier);
    }

    private static List<Integer> arguments(String[] line) {
        return line[3].isBlank()
                ? List.of()
                : Arrays.stream(line[3].split(" ", -1)).map(TypeRows::number).toList();
    }

    static void procedures(Snapshot snapshot, Rows rows) {
        for (String[] line : PROCEDURES) {
            procedure(rows, number(line[0]), line[1], number(line[2]), arguments(line), "f", false);
        }
        for (FunctionDefinition function : snapshot.session().functions().functions()) {
            procedure(
                    rows,
                    function.oid(),
                    function.name(),
                    function.resultType().oid(),
                    function.argumentTypes().stream().map(SqlType::oid).toList(),
                    kind(function),
                    function.implementation() instanceof FunctionDefinition.SetReturning);
            rows.set("proisstrict", function.strict())
                    .set("provolatile", volatility(function))
                    .set("proleakproof", LEAKPROOF.contains(function.oid()));
        }
    }

    private static char volatility(FunctionDefinition function) {
        return switch (function.volatility()) {
            case IMMUTABLE -> 'i';
            case STABLE -> 's';
            case VOLATILE -> 'v';
        };
    }

    private static String kind(FunctionDefinition function) {
        return switch (function.implementation()) {
            case FunctionDefinition.Aggregate _ -> "a";
            case FunctionDefinition.Window _ -> "w";
            case FunctionDefinition.Scalar _, FunctionDefinition.SetReturning _ -> "f";
        };
    }

    private static void procedure(
            Rows rows,
            int oid,
            String name,
            int resultType,
            List<Integer> arguments,
            String kind,
            boolean returnsSet) {
        rows.row()
                .set("oid", oid)
                .set("proname", name)
                .set("pronamespace", Oids.PG_CATALOG)
                .set("proowner", Oids.OWNER)
                .set("prolang", 12)
                .set("procost", 1)
                .set("prorows", returnsSet ? 1000 : 0)
                .set("provariadic", 0)
                .set("prosupport", 0)
                .set("prokind", kind)
                .set("prosecdef", false)
                .set("proleakproof", false)
                .set("proisstrict", true)
                .set("proretset", returnsSet)
                .set("provolatile", "i")
                .set("proparallel", "s")
                .set("pronargs", arguments.size())
                .set("pronargdefaults", 0)
                .set("prorettype", resultType)
                .set("proargtypes", arguments)
                .set("prosrc", name);
    }

    static void collations(Rows rows) {
        collation(rows, Oids.DEFAULT_COLLATION, "default", "d", null);
        collation(rows, Oids.C_COLLATION, "C", "c", "C");
        collation(rows, 951, "POSIX", "c", "POSIX");
    }

    private static void collation(
            Rows rows, int oid, String name, String provider, @Nullable String locale) {
        rows.row()
                .set("oid", oid)
                .set("collname", name)
                .set("collnamespace", Oids.PG_CATALOG)
                .set("collowner", Oids.OWNER)
                .set("collprovider", provider)
                .set("collisdeterministic", true)
                .set("collencoding", -1)
                .set("collcollate", locale)
                .set("collctype", locale);
    }

    /// The name of a type's or access method's support function; null when the OID is not known.
    static @Nullable String procedureName(int oid) {
        for (String[] line : PROCEDURES) {
            if (number(line[0]) == oid) {
                return line[1];
            }
        }
        return null;
    }

    /// The OID of a support function; -1 when there is none of this name.
    static int procedureOid(String name) {
        for (String[] line : PROCEDURES) {
            if (line[1].equals(name)) {
                return number(line[0]);
            }
        }
        return -1;
    }

    /// The name of a type by OID; null when it is no built-in type.
    static @Nullable String typeName(int oid) {
        for (String[] line : TYPES) {
            if (number(line[0]) == oid) {
                return line[1];
            }
        }
        return null;
    }
}
