package org.cladedb.types;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Reads regclass and its like from a name.
public final class ObjectNameInput {
    private ObjectNameInput() {}

    /// The relation that is called so; its schema must be there.
    public static void readRelation(String name, TypeContext context, Datum out) {
        List<String> parts = NameParts.parse(name);
        if (parts.size() > 1) {
            String schema = parts.get(parts.size() - 2);
            String quoted = "\"" + schema.replace("\"", "\"\"") + "\"";
            if (context.names().oid(TypeKind.REGNAMESPACE, quoted) == -1) {
                throw unknown(TypeKind.REGNAMESPACE, schema);
            }
        }
        read(TypeKind.REGCLASS, name, context, out);
    }

    /// The object that is called so, even if the name is a number.
    ///
    /// @throws DatabaseException there is none, or several
    public static void read(TypeKind kind, String name, TypeContext context, Datum out) {
        int oid = context.names().oid(kind, name);
        if (oid == -1) {
            throw unknown(kind, name);
        }
        if (oid == ObjectNames.AMBIGUOUS) {
            throw ambiguous(kind, name);
        }
        out.setLong(Integer.toUnsignedLong(oid));
    }

    private static DatabaseException ambiguous(TypeKind kind, String text) {
        return new DatabaseException(
                SqlState.AMBIGUOUS_FUNCTION,
                kind == TypeKind.REGOPER
                        ? "more than one operator named " + text
                        : "more than one function named \"" + text + "\"");
    }

    private static DatabaseException unknown(TypeKind kind, String text) {
        return switch (kind) {
            case REGCLASS ->
                    new DatabaseException(
                            SqlState.UNDEFINED_TABLE, "relation \"" + text + "\" does not exist");
            case REGNAMESPACE ->
                    new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME, "schema \"" + text + "\" does not exist");
            case REGROLE ->
                    new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "role \"" + text + "\" does not exist");
            case REGPROC, REGPROCEDURE ->
                    new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "function \"" + text + "\" does not exist");
            case REGOPER ->
                    new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + text);
            default ->
                    new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "type \"" + text + "\" does not exist");
        };
    }
}
