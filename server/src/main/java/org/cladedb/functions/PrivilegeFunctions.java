package org.cladedb.functions;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// `has_…_privilege` and `pg_has_role`, in all their overloads.
final class PrivilegeFunctions {
    private PrivilegeFunctions() {}

    /// A kind of object: what its functions are called, and how its names are looked up (null for
    /// kinds without names in the catalog of this server).
    ///
    /// @param privileges the words for what one can be allowed to do with it
    private record Kind(
            String name, @Nullable TypeKind type, String description, List<String> privileges) {}

    private static final List<String> USAGE = List.of("USAGE");
    private static final List<String> OF_COLUMNS =
            List.of("SELECT", "INSERT", "UPDATE", "REFERENCES");
    private static final List<String> OF_ROLES = List.of("USAGE", "MEMBER", "SET");
    private static final Kind DATABASE =
            new Kind(
                    "database",
                    null,
                    "database",
                    List.of("CREATE", "TEMPORARY", "TEMP", "CONNECT"));
    private static final Kind COLUMN =
            new Kind("column", TypeKind.REGCLASS, "relation", OF_COLUMNS);

    private static final Kind[] KINDS = {
        new Kind(
                "table",
                TypeKind.REGCLASS,
                "relation",
                List.of(
                        "SELECT",
                        "INSERT",
                        "UPDATE",
                        "DELETE",
                        "TRUNCATE",
                        "REFERENCES",
                        "TRIGGER",
                        "MAINTAIN")),
        new Kind("any_column", TypeKind.REGCLASS, "relation", OF_COLUMNS),
        new Kind("sequence", TypeKind.REGCLASS, "relation", List.of("USAGE", "SELECT", "UPDATE")),
        new Kind("schema", TypeKind.REGNAMESPACE, "schema", List.of("CREATE", "USAGE")),
        new Kind("function", TypeKind.REGPROCEDURE, "function", List.of("EXECUTE")),
        new Kind("type", TypeKind.REGTYPE, "type", USAGE),
        DATABASE,
        new Kind("tablespace", null, "tablespace", List.of("CREATE")),
        new Kind("language", null, "language", USAGE),
        new Kind("foreign_data_wrapper", null, "foreign-data wrapper", USAGE),
        new Kind("server", null, "server", USAGE)
    };

    static void define(Definitions define) {
        for (Kind kind : KINDS) {
            for (String user : new String[] {"", "name, ", "oid, "}) {
                int index = user.isEmpty() ? 0 : 1;
                String name = "has_" + kind.name + "_privilege(";
                define.function(
                        name + user + "text, text) bool stable",
                        (in, out, context) -> {
                            requireUser(user, in, context);
                            answer(kind, named(kind, in[index], context), in, out, context);
                        });
                define.function(
                        name + user + "oid, text) bool stable",
                        (in, out, context) -> {
                            requireUser(user, in, context);
                            answer(kind, SystemFunctions.oid(in[index]), in, out, context);
                        });
            }
        }
        defineColumns(define);
        for (String user : new String[] {"", "name, ", "oid, "}) {
            for (String role : new String[] {"name", "oid"}) {
                define.function(
                        "pg_has_role(" + user + role + ", text) bool stable",
                        (in, out, context) -> hasRole(user, role, in, out, context));
            }
        }
    }

    /// The one user is a superuser, and so a member of all roles.
    private static void hasRole(
            String user, String role, Datum[] in, Datum out, EvaluationContext context) {
        if (user.startsWith("name")) {
            requireRole(in[0], context);
        }
        if (role.equals("name")) {
            requireRole(in[in.length - 2], context);
        }
        requirePrivileges(OF_ROLES, in[in.length - 1].text());
        out.setBoolean(true);
    }

    /// @param user how the user is said, if at all
    private static void requireUser(String user, Datum[] in, EvaluationContext context) {
        if (user.startsWith("name") && !in[0].text().equals("public")) {
            requireRole(in[0], context);
        }
    }

    private static void requireRole(Datum name, EvaluationContext context) {
        if (context.types().names().oid(TypeKind.REGROLE, SqlText.identifier(name.text())) == -1) {
            throw CatalogFunctions.missing("role", name.text());
        }
    }

    /// @param text privileges, separated by commas
    /// @throws DatabaseException 22023 for a word that says nothing of such an object
    private static void requirePrivileges(List<String> known, String text) {
        for (String part : text.split(",", -1)) {
            String word = part.strip();
            String name = word.toUpperCase(Locale.ROOT);
            for (String option : List.of(" WITH GRANT OPTION", " WITH ADMIN OPTION")) {
                boolean hasOption =
                        name.endsWith(option)
                                && (known.equals(OF_ROLES) || !option.contains("ADMIN"));
                name = hasOption ? name.substring(0, name.length() - option.length()) : name;
            }
            if (!known.contains(name)) {
                throw new DatabaseException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "unrecognized privilege type: \"" + word + "\"");
            }
        }
    }

    private static void defineColumns(Definitions define) {
        for (String user : new String[] {"", "name, ", "oid, "}) {
            int index = user.isEmpty() ? 0 : 1;
            for (String column : new String[] {"text", "int2"}) {
                String tail = ", " + column + ", text) bool stable";
                define.function(
                        "has_column_privilege(" + user + "text" + tail,
                        (in, out, context) -> {
                            requireUser(user, in, context);
                            answer(COLUMN, named(COLUMN, in[index], context), in, out, context);
                        });
                define.function(
                        "has_column_privilege(" + user + "oid" + tail,
                        (in, out, context) -> {
                            requireUser(user, in, context);
                            answer(COLUMN, SystemFunctions.oid(in[index]), in, out, context);
                        });
            }
        }
    }

    private static int named(Kind kind, Datum name, EvaluationContext context) {
        if (kind.equals(DATABASE)) {
            return databaseOid(name.text(), context);
        }
        if (kind.type == null) {
            requireKnown(kind, name.text());
            return 0;
        }
        int oid = context.types().names().oid(kind.type, name.text());
        if (oid == -1) {
            throw CatalogFunctions.missing(kind.description, name.text());
        }
        return oid;
    }

    /// Fails for what is no tablespace or language; there are no servers and their like.
    private static void requireKnown(Kind kind, String name) {
        List<String> known =
                switch (kind.name) {
                    case "tablespace" -> List.of("pg_default", "pg_global");
                    case "language" -> List.of("internal", "c", "sql", "plpgsql");
                    default -> List.of();
                };
        if (!known.contains(name)) {
            throw CatalogFunctions.missing(kind.description, name);
        }
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
        requirePrivileges(kind.privileges, in[in.length - 1].text());
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
