package org.cladedb.functions;

import java.util.EnumMap;
import java.util.Map;
import org.cladedb.functions.FunctionRegistry.CastContext;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Which types convert into which, and when the conversion need not be written: PostgreSQL's
/// `pg_cast` and the rules around it (arrays elementwise, text both ways).
final class Coercions {
    /// How a conversion is done.
    enum Method {
        /// A function of the pair of types.
        FUNCTION,
        /// The value stays as it is.
        BINARY,
        /// Through the text form.
        TEXT,
        /// Element by element.
        ELEMENTS
    }

    record Pathway(CastContext context, Method method) {}

    /// A line a source type; after each target `i`, `a` or `e` for the context (implicit,
    /// assignment, explicit) and `f`, `b` or `t` for the method (function, binary, text). The pairs
    /// of a type with itself are the length coercions.
    private static final String CASTS =
            """
            bool bpchar:af int4:ef text:af varchar:af
            bpchar bpchar:if char:af name:if text:if varchar:if xml:et
            char bpchar:af int4:ef text:if varchar:af
            date timestamp:if timestamptz:if
            float4 float8:if int2:af int4:af int8:af numeric:af
            float8 float4:af int2:af int4:af int8:af numeric:af
            int2 float4:if float8:if int4:ib int8:ib numeric:if oid:if regclass:if regnamespace:if regoper:if regproc:if regprocedure:if regrole:if regtype:if
            int4 bool:ef char:ef float4:if float8:if int2:af int8:ib numeric:if oid:if regclass:if regnamespace:if regoper:if regproc:if regprocedure:if regrole:if regtype:if
            int8 float4:if float8:if int2:af int4:af numeric:if oid:if regclass:if regnamespace:if regoper:if regproc:if regprocedure:if regrole:if regtype:if
            interval interval:if time:af
            json jsonb:at
            jsonb bool:ef float4:ef float8:ef int2:ef int4:ef int8:ef json:ab numeric:ef
            name bpchar:af text:ib varchar:af
            numeric float4:if float8:if int2:af int4:af int8:af numeric:if
            oid int4:af int8:ab regclass:ib regnamespace:ib regoper:ib regproc:ib regprocedure:ib regrole:ib regtype:ib
            pg_node_tree text:ib
            regclass int4:af int8:ab oid:ib
            regnamespace int4:af int8:ab oid:ib
            regoper int4:af int8:ab oid:ib
            regproc int4:af int8:ab oid:ib regprocedure:ib
            regprocedure int4:af int8:ab oid:ib regproc:ib
            regrole int4:af int8:ab oid:ib
            regtype int4:af int8:ab oid:ib
            text bpchar:ib char:af name:if regclass:it varchar:ib xml:et
            time interval:if time:if
            timestamp date:af time:af timestamp:if timestamptz:if
            timestamptz date:af time:af timestamp:af timestamptz:if
            varchar bpchar:ib char:af name:if regclass:it text:ib varchar:if xml:et
            xml bpchar:ab text:ab varchar:ab
            """;

    private static final Map<TypeKind, Map<TypeKind, Pathway>> PATHWAYS = readPathways();

    private Coercions() {}

    private static Map<TypeKind, Map<TypeKind, Pathway>> readPathways() {
        Map<TypeKind, Map<TypeKind, Pathway>> result = new EnumMap<>(TypeKind.class);
        for (String line : CASTS.strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            Map<TypeKind, Pathway> targets = new EnumMap<>(TypeKind.class);
            for (int i = 1; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                targets.put(
                        kind(words[i].substring(0, colon)),
                        new Pathway(
                                context(words[i].charAt(colon + 1)),
                                method(words[i].charAt(colon + 2))));
            }
            result.put(kind(words[0]), targets);
        }
        return result;
    }

    private static TypeKind kind(String name) {
        TypeKind kind = TypeKind.byTypeName(name);
        if (kind == null) {
            throw new IllegalStateException("unknown type " + name);
        }
        return kind;
    }

    private static CastContext context(char letter) {
        return letter == 'i'
                ? CastContext.IMPLICIT
                : letter == 'a' ? CastContext.ASSIGNMENT : CastContext.EXPLICIT;
    }

    private static Method method(char letter) {
        return letter == 'f' ? Method.FUNCTION : letter == 'b' ? Method.BINARY : Method.TEXT;
    }

    /// The entry for this pair of types in the table alone.
    static @Nullable Pathway listed(TypeKind from, TypeKind to) {
        Map<TypeKind, Pathway> targets = PATHWAYS.get(from);
        return targets == null ? null : targets.get(to);
    }

    /// How to convert, disregarding modifiers; null when there is no way.
    static @Nullable Pathway pathway(SqlType from, SqlType to) {
        if (sameType(from, to)) {
            return new Pathway(CastContext.IMPLICIT, Method.BINARY);
        }
        if (from.kind() == TypeKind.UNKNOWN) {
            return new Pathway(CastContext.IMPLICIT, Method.TEXT);
        }
        Pathway listed = listed(from.kind(), to.kind());
        if (listed != null) {
            return listed;
        }
        SqlType fromElement = elementType(from);
        SqlType toElement = elementType(to);
        if (fromElement != null && to instanceof SqlType.Array && toElement != null) {
            Pathway element = pathway(fromElement, toElement);
            if (element != null) {
                return new Pathway(element.context(), Method.ELEMENTS);
            }
        }
        if (category(to) == 'S') {
            return new Pathway(CastContext.ASSIGNMENT, Method.TEXT);
        }
        return category(from) == 'S' ? new Pathway(CastContext.EXPLICIT, Method.TEXT) : null;
    }

    static boolean isImplicit(SqlType from, SqlType to) {
        Pathway pathway = pathway(from, to);
        return pathway != null && pathway.context() == CastContext.IMPLICIT;
    }

    /// Equal but for modifiers; rows are equal when they convert without work.
    static boolean sameType(SqlType left, SqlType right) {
        if (left instanceof SqlType.Array leftArray && right instanceof SqlType.Array rightArray) {
            return sameType(leftArray.element(), rightArray.element());
        }
        if (left.kind() == TypeKind.RECORD && right.kind() == TypeKind.RECORD) {
            // An anonymous record takes any row; named rows convert field by field elsewhere.
            return !(left instanceof SqlType.Row)
                    || !(right instanceof SqlType.Row)
                    || left.equals(right);
        }
        return left.kind() == right.kind();
    }

    /// The type of an array's elements, null when the type is no array.
    static @Nullable SqlType elementType(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> array.element();
            case SqlType.Scalar scalar ->
                    scalar.kind() == TypeKind.INT2VECTOR
                            ? SqlType.SMALLINT
                            : scalar.kind() == TypeKind.OIDVECTOR ? SqlType.OID : null;
            case SqlType.Row _ -> null;
        };
    }

    static char category(SqlType type) {
        return type.kind() == TypeKind.RECORD && type instanceof SqlType.Row
                ? 'C'
                : type.kind().category();
    }
}
