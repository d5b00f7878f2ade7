package org.cladedb.sql.ast;

import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Prints a [TypeName] as PostgreSQL's `format_type` does: `pg_catalog.varchar` with modifier 30 is
/// `character varying(30)`.
public final class TypeFormatter {
    private TypeFormatter() {}

    public static String format(TypeName type) {
        String modifiers = modifiers(type.modifiers());
        StringBuilder text = new StringBuilder();
        String known = known(type);
        if (known == null) {
            text.append(name(type.name())).append(modifiers);
        } else {
            // The modifier stands before WITH TIME ZONE and after everything else.
            int zone = known.indexOf(" with");
            text.append(zone < 0 ? known : known.substring(0, zone));
            if (type.intervalFields() != null) {
                text.append(' ').append(type.intervalFields());
            }
            text.append(modifiers).append(zone < 0 ? "" : known.substring(zone));
        }
        if (type.isArray()) {
            text.append("[]");
        }
        return text.toString();
    }

    private static String modifiers(List<Expression> modifiers) {
        if (modifiers.isEmpty()) {
            return "";
        }
        return modifiers.stream()
                .map(TypeFormatter::modifier)
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String modifier(Expression modifier) {
        return modifier instanceof Expression.IntegerLiteral number
                ? Integer.toString(number.value())
                : ExpressionFormatter.format(modifier);
    }

    private static String name(QualifiedName name) {
        boolean system = name.parts().size() == 2 && name.parts().getFirst().equals("pg_catalog");
        return system ? SqlText.identifier(name.last()) : SqlText.qualified(name.parts());
    }

    /// The standard's spelling of a built-in type, null for any other.
    private static @Nullable String known(TypeName type) {
        List<String> parts = type.name().parts();
        boolean builtIn =
                parts.size() == 1 || (parts.size() == 2 && parts.getFirst().equals("pg_catalog"));
        if (!builtIn) {
            return null;
        }
        return switch (type.name().last()) {
            case "int2" -> "smallint";
            case "int4" -> "integer";
            case "int8" -> "bigint";
            case "float4" -> "real";
            case "float8" -> "double precision";
            case "bool" -> "boolean";
            case "numeric" -> "numeric";
            case "varchar" -> "character varying";
            case "bpchar" -> type.modifiers().isEmpty() ? "bpchar" : "character";
            case "bit" -> "bit";
            case "varbit" -> "bit varying";
            case "timestamp" -> "timestamp without time zone";
            case "timestamptz" -> "timestamp with time zone";
            case "time" -> "time without time zone";
            case "timetz" -> "time with time zone";
            case "interval" -> "interval";
            case "json" -> "json";
            default -> null;
        };
    }
}
