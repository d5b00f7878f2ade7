package org.cladedb.ddl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cladedb.analysis.TypeNameResolver;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Functions, procedures and aggregates, as statements name them: by name and argument types, or by
/// name alone where only one has it.
final class NamedRoutines {
    private static final String SYSTEM = "pg_catalog";

    private final DdlContext context;

    NamedRoutines(DdlContext context) {
        this.context = context;
    }

    /// One of `pg_proc`.
    ///
    /// @param kind `f`, `a` for aggregates, `w` for window functions, `p` for procedures
    /// @param arguments OIDs of its argument types, separated by blanks
    /// @param signature its name with its argument types, as messages have it
    record Routine(char kind, String arguments, String signature) {
        boolean isAggregate() {
            return kind == 'a';
        }

        boolean isProcedure() {
            return kind == 'p';
        }
    }

    /// @throws DatabaseException 42883 when there is none, 42725 when there are several, 42809 when
    ///   it is of another kind
    Routine require(ObjectKind kind, ObjectName object) {
        return find(kind, object).orElseThrow(() -> missing(kind, object));
    }

    /// @throws DatabaseException when there are several, or it is of another kind
    Optional<Routine> find(ObjectKind kind, ObjectName object) {
        List<TypeName> types = object.arguments();
        List<Routine> candidates = named(object.name());
        if (types == null) {
            candidates = candidates.stream().filter(routine -> mayBe(kind, routine)).toList();
            if (candidates.size() > 1) {
                throw ambiguous(kind, object.name());
            }
        } else {
            String arguments =
                    types.stream()
                            .map(type -> String.valueOf(TypeNameResolver.resolve(type).oid()))
                            .collect(Collectors.joining(" "));
            candidates =
                    candidates.stream()
                            .filter(routine -> routine.arguments().equals(arguments))
                            .toList();
        }
        Optional<Routine> found = candidates.stream().findFirst();
        found.ifPresent(routine -> requireKind(kind, object, routine));
        return found;
    }

    /// What a name alone may mean: only PROCEDURE and ROUTINE ask for procedures.
    private static boolean mayBe(ObjectKind kind, Routine routine) {
        return kind == ObjectKind.ROUTINE || kind == ObjectKind.PROCEDURE == routine.isProcedure();
    }

    private List<Routine> named(QualifiedName name) {
        String schema = name.isQualified() ? name.qualifier().getLast() : SYSTEM;
        if (name.isQualified()) {
            new NamedObjects(context).requireSchema(schema);
        }
        String query =
                """
                SELECT p.prokind::text || p.proargtypes::text || '/' || p.oid::regprocedure::text
                FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                WHERE p.proname = %s AND n.nspname = %s\
                """
                        .formatted(SqlText.literal(name.last()), SqlText.literal(schema));
        return context.queries().texts(query).stream().map(NamedRoutines::read).toList();
    }

    private static Routine read(String text) {
        int slash = text.indexOf('/');
        return new Routine(text.charAt(0), text.substring(1, slash), text.substring(slash + 1));
    }

    private static void requireKind(ObjectKind kind, ObjectName object, Routine routine) {
        String signature = signature(object.name(), types(object));
        @Nullable String problem =
                switch (kind) {
                    case AGGREGATE ->
                            routine.isAggregate()
                                    ? null
                                    : "function " + signature + " is not an aggregate";
                    case PROCEDURE ->
                            routine.isProcedure() ? null : signature + " is not a procedure";
                    case FUNCTION ->
                            routine.isProcedure() ? signature + " is not a function" : null;
                    default -> null;
                };
        if (problem != null) {
            throw new DatabaseException(SqlState.WRONG_OBJECT_TYPE, problem);
        }
    }

    private static DatabaseException ambiguous(ObjectKind kind, QualifiedName name) {
        String word = kind.words();
        return new DatabaseException(
                        SqlState.AMBIGUOUS_FUNCTION,
                        "%s name \"%s\" is not unique".formatted(word, name.dotted()))
                .withHint(
                        "Specify the argument list to select the %s unambiguously."
                                .formatted(word));
    }

    private static DatabaseException missing(ObjectKind kind, ObjectName object) {
        List<TypeName> arguments = object.arguments();
        String what = kind == ObjectKind.ROUTINE ? "function" : kind.words();
        boolean ofRows = kind == ObjectKind.AGGREGATE && arguments != null && arguments.isEmpty();
        return new DatabaseException(
                SqlState.UNDEFINED_FUNCTION,
                arguments == null
                        ? "could not find %s %s named \"%s\""
                                .formatted(
                                        kind == ObjectKind.AGGREGATE ? "an" : "a",
                                        what,
                                        object.name().dotted())
                        : "%s %s does not exist"
                                .formatted(
                                        what,
                                        signature(object.name(), ofRows ? "*" : types(object))));
    }

    private static String signature(QualifiedName name, String arguments) {
        return name.dotted() + "(" + arguments + ")";
    }

    private static String types(ObjectName object) {
        List<TypeName> arguments = object.arguments();
        return arguments == null
                ? ""
                : arguments.stream()
                        .map(type -> formatted(TypeNameResolver.resolve(type)))
                        .collect(Collectors.joining(", "));
    }

    /// Arguments have no modifiers; `character` is only spelled otherwise where it is known to have
    /// none.
    private static String formatted(SqlType type) {
        return TypeNames.format(type.withoutModifier()).replace("bpchar", "character");
    }

    /// Checks what DROP names: all there is belongs to the system, so that it cannot go.
    void drop(ObjectKind kind, ObjectName object, boolean ifExists) {
        if (ifExists) {
            @Nullable String missing = missingPart(object);
            if (missing == null && find(kind, object).isEmpty()) {
                missing = kind.words() + " " + asWritten(object);
            }
            if (missing != null) {
                context.notice(missing + " does not exist, skipping");
                return;
            }
        }
        Routine routine = require(kind, object);
        if (kind == ObjectKind.FUNCTION && routine.isAggregate()) {
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "\"" + object.name().last() + "\" is an aggregate function")
                    .withHint("Use DROP AGGREGATE to drop aggregate functions.");
        }
        throw new DatabaseException(
                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop function %s because it is required by the database system"
                        .formatted(routine.signature()));
    }

    /// The schema or the argument type that is not there, if one is not.
    private @Nullable String missingPart(ObjectName object) {
        if (object.name().isQualified()
                && !new NamedObjects(context).hasSchema(object.name().qualifier().getLast())) {
            return "schema \"" + object.name().qualifier().getLast() + "\"";
        }
        List<TypeName> arguments = object.arguments();
        return (arguments == null ? List.<TypeName>of() : arguments)
                .stream()
                        .filter(type -> !exists(type))
                        .findFirst()
                        .map(type -> "type \"" + written(type) + "\"")
                        .orElse(null);
    }

    private static boolean exists(TypeName type) {
        try {
            SqlType _ = TypeNameResolver.resolve(type);
            return true;
        } catch (DatabaseException missing) {
            if (missing.state() == SqlState.UNDEFINED_OBJECT) {
                return false;
            }
            throw missing;
        }
    }

    private static String asWritten(ObjectName object) {
        List<TypeName> arguments = object.arguments();
        return signature(
                object.name(),
                arguments == null
                        ? ""
                        : arguments.stream()
                                .map(NamedRoutines::written)
                                .collect(Collectors.joining(",")));
    }

    private static String written(TypeName type) {
        return type.name().dotted() + (type.isArray() ? "[]" : "");
    }
}
