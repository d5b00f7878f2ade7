package org.cladedb.analysis;

import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Types as error messages and clients see them, without modifiers.
final class TypeText {
    private TypeText() {}

    static String of(SqlType type) {
        return switch (type) {
            case SqlType.Scalar scalar -> scalar.kind().sqlName();
            case SqlType.Array array when array.isNestedResult() -> TypeKind.JSON.sqlName();
            case SqlType.Array array -> of(array.element()) + "[]";
            case SqlType.Row _ -> TypeKind.RECORD.sqlName();
        };
    }

    /// The type that a value of `type` has for functions, operators and clients: nested results are
    /// json there.
    static SqlType asValue(SqlType type) {
        return type.isNestedResult() ? SqlType.JSON : type;
    }
}
