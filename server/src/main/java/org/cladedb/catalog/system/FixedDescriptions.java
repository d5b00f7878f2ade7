package org.cladedb.catalog.system;

import org.cladedb.functions.ObjectIdentity;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// What `pg_describe_object` and `pg_identify_object` say of what is built in.
final class FixedDescriptions {
    private static final String SCHEMA = "pg_catalog";

    private final SystemNames names;

    FixedDescriptions(SystemNames names) {
        this.names = names;
    }

    @Nullable ObjectIdentity find(int classOid, int oid) {
        return switch (classOid) {
            case CatalogIds.PROCEDURE -> procedure(oid);
            case CatalogIds.OPERATOR -> operator(oid);
            case CatalogIds.CAST -> cast(oid);
            case CatalogIds.TYPE -> type(oid);
            case CatalogIds.COLLATION -> collation(fact("pg_collation", "collname", oid));
            case CatalogIds.LANGUAGE -> plain("language", fact("pg_language", "lanname", oid));
            case CatalogIds.ACCESS_METHOD -> plain("access method", fact("pg_am", "amname", oid));
            case CatalogIds.OPERATOR_CLASS ->
                    ofMethod(
                            "operator class",
                            fact("pg_opclass", "opcname", oid),
                            fact("pg_opclass", "opcmethod", oid));
            case CatalogIds.OPERATOR_FAMILY ->
                    ofMethod(
                            "operator family",
                            fact("pg_opfamily", "opfname", oid),
                            fact("pg_opfamily", "opfmethod", oid));
            case CatalogIds.ROLE -> plain("role", Oids.roleName(oid));
            case CatalogIds.TABLESPACE ->
                    switch (oid) {
                        case Oids.TABLESPACE_DEFAULT -> plain("tablespace", "pg_default");
                        case Oids.TABLESPACE_GLOBAL -> plain("tablespace", "pg_global");
                        default -> null;
                    };
            default -> null;
        };
    }

    /// One column of a built-in row; null when there is no such row.
    static @Nullable String fact(String relation, String column, int oid) {
        FixedRows facts = FixedRows.of(relation);
        int key = facts.position("oid");
        for (String[] line : facts.lines()) {
            if (Integer.parseInt(line[key]) == oid) {
                return line[facts.position(column)];
            }
        }
        return null;
    }

    private String typeName(int oid) {
        return names.name(TypeKind.REGTYPE, oid);
    }

    private static @Nullable ObjectIdentity plain(String type, @Nullable String name) {
        return name == null ? null : new ObjectIdentity(type, null, name, name, type + " " + name);
    }

    private @Nullable ObjectIdentity type(int oid) {
        String name = TypeRows.typeName(oid);
        if (name == null) {
            return null;
        }
        String shown = typeName(oid);
        return new ObjectIdentity("type", SCHEMA, name, shown, "type " + shown);
    }

    private static @Nullable ObjectIdentity collation(@Nullable String collation) {
        if (collation == null) {
            return null;
        }
        String name = Definitions.quoted(collation);
        return new ObjectIdentity(
                "collation", SCHEMA, name, SCHEMA + "." + name, "collation " + name);
    }

    /// What belongs to an access method, whose OID is given as text.
    private static @Nullable ObjectIdentity ofMethod(
            String type, @Nullable String name, @Nullable String methodOid) {
        if (name == null || methodOid == null) {
            return null;
        }
        String method = fact("pg_am", "amname", Integer.parseInt(methodOid));
        return new ObjectIdentity(
                type,
                SCHEMA,
                name,
                SCHEMA + "." + name + " USING " + method,
                type + " " + name + " for access method " + method);
    }

    private @Nullable ObjectIdentity procedure(int oid) {
        Procedures.Procedure found = Procedures.all().find(oid);
        if (found == null) {
            return null;
        }
        boolean isAggregate = "a".equals(fact("pg_proc", "prokind", oid));
        String signature = new ProcedureText(found, this::typeName).signature();
        return new ObjectIdentity(
                isAggregate ? "aggregate" : "function",
                SCHEMA,
                null,
                SCHEMA + "." + signature,
                "function " + signature);
    }

    private @Nullable ObjectIdentity operator(int oid) {
        String name = OperatorFacts.name(oid);
        String left = fact("pg_operator", "oprleft", oid);
        String right = fact("pg_operator", "oprright", oid);
        if (name == null || left == null || right == null) {
            return null;
        }
        String signature = name + "(" + operand(left) + "," + operand(right) + ")";
        return new ObjectIdentity(
                "operator", SCHEMA, null, SCHEMA + "." + signature, "operator " + signature);
    }

    private String operand(String type) {
        return type.equals("0") ? "NONE" : typeName(Integer.parseInt(type));
    }

    private @Nullable ObjectIdentity cast(int oid) {
        String source = fact("pg_cast", "castsource", oid);
        String target = fact("pg_cast", "casttarget", oid);
        if (source == null || target == null) {
            return null;
        }
        String from = typeName(Integer.parseInt(source));
        String to = typeName(Integer.parseInt(target));
        return new ObjectIdentity(
                "cast",
                null,
                null,
                "(" + from + " AS " + to + ")",
                "cast from " + from + " to " + to);
    }
}
