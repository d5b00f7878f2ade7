package org.cladedb.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Names of types: as `format_type` prints them, and from names to types.
public final class TypeNames {
    private static final String CATALOG = "pg_catalog";

    /// Spellings of SQL that are not names in `pg_type`.
    private static final Map<String, String> SPELLINGS = new HashMap<>();

    private static final Pattern SQL_TEXT =
            Pattern.compile(
                    "([^(\\[]+?)\\s*(?:\\(([^)]*)\\)([a-zA-Z\\s]*?))?\\s*((?:\\[\\d*\\]\\s*)*)");
    private static final int MODIFIERS_MAX = 3;
    private static final int TEXT_LENGTH_MAX = 1000;

    static {
        for (TypeKind kind : TypeKind.values()) {
            SPELLINGS.put(kind.sqlName(), kind.typeName());
        }
        SPELLINGS.put("int", "int4");
        SPELLINGS.put("decimal", "numeric");
        SPELLINGS.put("dec", "numeric");
        SPELLINGS.put("float", "float8");
        SPELLINGS.put("time", "time");
        SPELLINGS.put("timestamp", "timestamp");
        SPELLINGS.put("char", "bpchar");
        SPELLINGS.put("nchar", "bpchar");
        SPELLINGS.put("national char", "bpchar");
        SPELLINGS.put("national character", "bpchar");
        SPELLINGS.put("char varying", "varchar");
        SPELLINGS.put("nchar varying", "varchar");
        SPELLINGS.put("national char varying", "varchar");
        SPELLINGS.put("national character varying", "varchar");
    }

    private TypeNames() {}

    /// The type as SQL spells it, with its modifier: `character varying(30)`, `integer[]`.
    public static String format(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> format(array.element()) + "[]";
            case SqlType.Row _ -> TypeKind.RECORD.sqlName();
            case SqlType.Scalar scalar -> format(scalar.kind(), scalar.modifier());
        };
    }

    private static String format(TypeKind kind, int modifier) {
        if (modifier < 0) {
            return kind == TypeKind.BPCHAR ? kind.typeName() : kind.sqlName();
        }
        return switch (kind) {
            case BPCHAR, VARCHAR -> kind.sqlName() + "(" + (modifier - TypeModifiers.HEADER) + ")";
            case NUMERIC ->
                    "numeric("
                            + TypeModifiers.precision(modifier)
                            + ","
                            + TypeModifiers.scale(modifier)
                            + ")";
            case TIME -> "time(" + modifier + ") without time zone";
            case TIMESTAMP -> "timestamp(" + modifier + ") without time zone";
            case TIMESTAMPTZ -> "timestamp(" + modifier + ") with time zone";
            case INTERVAL -> "interval" + IntervalModifier.format(modifier);
            default -> kind.sqlName();
        };
    }

    /// The built-in type with this name in `pg_type` (`int4`, `_int4`), without modifier; null when
    /// there is none, or when it is looked for in a schema that is not `pg_catalog`.
    public static @Nullable SqlType find(@Nullable String schema, String name) {
        if (schema != null && !schema.equals(CATALOG)) {
            return null;
        }
        TypeKind kind = TypeKind.byTypeName(name);
        if (kind != null) {
            return SqlType.of(kind);
        }
        TypeKind element = name.startsWith("_") ? TypeKind.byTypeName(name.substring(1)) : null;
        return element != null && element.arrayOid() != 0
                ? SqlType.arrayOf(SqlType.of(element))
                : null;
    }

    /// The built-in type with this name, modifiers checked and applied; 42704 when there is none.
    ///
    /// @param intervalFields of an interval, such as `day to second`; null for none
    public static SqlType resolve(
            @Nullable String schema,
            String name,
            List<Integer> modifiers,
            @Nullable String intervalFields) {
        SqlType type = find(schema, name);
        if (type == null) {
            throw unknown(schema == null ? name : schema + "." + name);
        }
        return withModifiers(type, modifiers, intervalFields);
    }

    /// The error for a name that is no type.
    public static DatabaseException unknown(String name) {
        return new DatabaseException(
                SqlState.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
    }

    /// The type with modifiers as written in parentheses, checked as PostgreSQL does (22023,
    /// 42601).
    public static SqlType withModifiers(
            SqlType type, List<Integer> modifiers, @Nullable String intervalFields) {
        if (modifiers.isEmpty() && intervalFields == null) {
            return type;
        }
        return switch (type) {
            case SqlType.Array array ->
                    SqlType.arrayOf(withModifiers(array.element(), modifiers, intervalFields));
            case SqlType.Scalar scalar ->
                    new SqlType.Scalar(
                            scalar.kind(),
                            ModifierRules.modifier(scalar.kind(), modifiers, intervalFields));
            case SqlType.Row _ -> throw ModifierRules.notAllowed(TypeKind.RECORD);
        };
    }

    /// The built-in type that a text such as `timestamp(3) with time zone`, `int[]`, `"char"` or
    /// `pg_catalog.int4` means; null when it means none.
    public static @Nullable SqlType ofSqlText(String text) {
        Matcher matcher = SQL_TEXT.matcher(text.strip());
        if (text.length() > TEXT_LENGTH_MAX || !matcher.matches()) {
            return null;
        }
        String suffix = matcher.group(3) == null ? "" : matcher.group(3);
        String name = (matcher.group(1) + " " + suffix).strip().replaceAll("\\s+", " ");
        SqlType type = named(name);
        List<Integer> modifiers = modifiers(matcher.group(2));
        if (type == null || modifiers == null) {
            return null;
        }
        SqlType modified = withModifiers(type, modifiers, null);
        return matcher.group(4).isEmpty() ? modified : SqlType.arrayOf(modified);
    }

    private static @Nullable SqlType named(String name) {
        String schema = null;
        String local = name;
        if (name.toLowerCase(Locale.ROOT).startsWith(CATALOG + ".")) {
            schema = CATALOG;
            local = name.substring(CATALOG.length() + 1);
        }
        if (local.length() > 2 && local.startsWith("\"") && local.endsWith("\"")) {
            return find(schema, local.substring(1, local.length() - 1));
        }
        String lower = local.toLowerCase(Locale.ROOT);
        String spelled = schema == null ? SPELLINGS.get(lower) : null;
        return find(schema, spelled == null ? lower : spelled);
    }

    private static @Nullable List<Integer> modifiers(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        String[] parts = text.split(",", MODIFIERS_MAX + 1);
        List<Integer> result = new ArrayList<>();
        for (String part : parts) {
            try {
                result.add(Integer.parseInt(part.strip()));
            } catch (NumberFormatException _) {
                return null;
            }
        }
        return result;
    }
}
