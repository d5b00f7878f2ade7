package org.cladedb.functions;

import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The names of types as error messages print them.
final class TypeText {
    private TypeText() {}

    static String of(SqlType type) {
        return type instanceof SqlType.Array array
                ? of(array.element()) + "[]"
                : type.kind().sqlName();
    }

    /// A value as it prints.
    static String ofValue(SqlType type, Datum value, EvaluationContext context) {
        Datum text = new Datum();
        TextConversions.writer(type).apply(new Datum[] {value}, text, context);
        return text.text();
    }

    static String list(List<SqlType> types) {
        return types.stream().map(TypeText::of).collect(Collectors.joining(", "));
    }
}
