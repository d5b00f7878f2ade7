package org.cladedb.functions;

import java.math.BigDecimal;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeKind;

/// Scalars out of jsonb.
final class JsonbCasts {
    private JsonbCasts() {}

    static ScalarFunction of(TypeKind to) {
        if (to == TypeKind.BOOLEAN) {
            return (in, out, _) -> {
                if (isNull(in[0])) {
                    out.setNull();
                    return;
                }
                byte first = in[0].bytes()[in[0].offset()];
                if (first != 't' && first != 'f') {
                    throw wrongType(first, to);
                }
                out.setBoolean(first == 't');
            };
        }
        ScalarFunction convert =
                to == TypeKind.NUMERIC ? null : CastFunctions.of(TypeKind.NUMERIC, to);
        return (in, out, context) -> {
            if (isNull(in[0])) {
                out.setNull();
                return;
            }
            Datum number = new Datum();
            number.setNumeric(number(in[0], to));
            if (convert == null) {
                out.copyFrom(number);
            } else {
                convert.apply(new Datum[] {number}, out, context);
            }
        };
    }

    private static boolean isNull(Datum value) {
        return value.bytes()[value.offset()] == 'n';
    }

    private static BigDecimal number(Datum value, TypeKind to) {
        byte first = value.bytes()[value.offset()];
        if (first != '-' && (first < '0' || first > '9')) {
            throw wrongType(first, to);
        }
        return new BigDecimal(value.text());
    }

    private static DatabaseException wrongType(byte first, TypeKind to) {
        String what =
                switch (first) {
                    case '{' -> "object";
                    case '[' -> "array";
                    case '"' -> "string";
                    case 't', 'f' -> "boolean";
                    default -> "numeric";
                };
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "cannot cast jsonb " + what + " to type " + to.sqlName());
    }
}
