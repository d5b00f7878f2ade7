package org.cladedb.analysis;

import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Types as error messages name them, without modifiers.
final class TypeText {
    private TypeText() {}

    static String of(SqlType type) {
        return switch (type) {
            case SqlType.Scalar scalar -> scalar.kind().sqlName();
            case SqlType.Array array -> of(array.element()) + "[]";
            case SqlType.Row _ -> TypeKind.RECORD.sqlName();
        };
    }

    /// Whether it is a nested result, or an array of rows, on which no operation is defined.
    static boolean isNested(SqlType type) {
        return type instanceof SqlType.Array array && array.element() instanceof SqlType.Row;
    }

    /// The type that a value of `type` has as a field of a row: nested results are json there, as
    /// on the wire.
    static SqlType inRow(SqlType type) {
        return isNested(type) ? SqlType.JSON : type;
    }
}
