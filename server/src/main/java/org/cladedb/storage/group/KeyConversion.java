package org.cladedb.storage.group;

import java.math.BigDecimal;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Turns the value of a foreign key's column into the type of the column at its other end.
public final class KeyConversion {
    private KeyConversion() {}

    /// Whether a foreign key may join columns of these types.
    public static boolean isPossible(SqlType from, SqlType to) {
        return from.withoutModifier().equals(to.withoutModifier())
                || (isNumber(from.kind()) && isNumber(to.kind()))
                || (isText(from.kind()) && isText(to.kind()));
    }

    /// The value in type `to`, equal to `value`; null when there is no such value.
    static @Nullable Datum convert(SqlType from, SqlType to, Datum value) {
        if (value.isNull() || from.withoutModifier().equals(to.withoutModifier())) {
            return value;
        }
        if (!isPossible(from, to)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "foreign keys between "
                            + from.kind().sqlName()
                            + " and "
                            + to.kind().sqlName()
                            + " are not supported yet");
        }
        return isText(from.kind()) ? value : number(from.kind(), to.kind(), value);
    }

    private static @Nullable Datum number(TypeKind from, TypeKind to, Datum value) {
        Datum result = new Datum();
        if (to == TypeKind.NUMERIC) {
            result.setNumeric(value.longValue(), 0);
            return result;
        }
        long number = value.longValue();
        if (from == TypeKind.NUMERIC) {
            if (value.numericSpecial() != null) {
                return null;
            }
            BigDecimal decimal = value.numericValue().stripTrailingZeros();
            if (decimal.scale() > 0 || decimal.precision() - decimal.scale() > 19) {
                return null;
            }
            if (decimal.toBigInteger().bitLength() >= Long.SIZE) {
                return null;
            }
            number = decimal.longValueExact();
        }
        boolean fits =
                switch (to) {
                    case SMALLINT -> number == (short) number;
                    case INTEGER -> number == (int) number;
                    default -> true;
                };
        if (!fits) {
            return null;
        }
        result.setLong(number);
        return result;
    }

    private static boolean isNumber(TypeKind kind) {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> true;
            default -> false;
        };
    }

    private static boolean isText(TypeKind kind) {
        return kind == TypeKind.TEXT || kind == TypeKind.VARCHAR;
    }
}
