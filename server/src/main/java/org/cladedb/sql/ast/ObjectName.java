package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object as DROP or COMMENT names it.
///
/// @param arguments a function's argument types; null if no parentheses were written
/// @param table of `trigger ON table`, `constraint ON table`; else null
public record ObjectName(
        QualifiedName name, @Nullable List<TypeName> arguments, @Nullable QualifiedName table) {
    public ObjectName {
        arguments = arguments == null ? null : List.copyOf(arguments);
    }

    public static ObjectName of(QualifiedName name) {
        return new ObjectName(name, null, null);
    }
}
