package org.cladedb.types;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Checks the numbers in parentheses after a type's name and packs them into a modifier.
final class ModifierRules {
    private static final int LENGTH_MAX = 10_485_760;
    private static final int PRECISION_MAX = 1000;
    private static final int SCALE_BITS = 0x7FF;
    private static final int FRACTION_DIGITS_MAX = 6;

    private ModifierRules() {}

    static int modifier(TypeKind kind, List<Integer> modifiers, @Nullable String intervalFields) {
        return switch (kind) {
            case VARCHAR -> length("varchar", modifiers);
            case BPCHAR -> length("char", modifiers);
            case NUMERIC -> numeric(modifiers);
            case TIME, TIMESTAMP, TIMESTAMPTZ -> fraction(kind, modifiers);
            case INTERVAL -> interval(modifiers, intervalFields);
            default -> throw notAllowed(kind);
        };
    }

    static DatabaseException notAllowed(TypeKind kind) {
        return new DatabaseException(
                SqlState.SYNTAX_ERROR,
                "type modifier is not allowed for type \"" + kind.typeName() + "\"");
    }

    private static int length(String name, List<Integer> modifiers) {
        if (modifiers.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int length = modifiers.getFirst();
        if (length < 1) {
            throw invalid("length for type " + name + " must be at least 1");
        }
        if (length > LENGTH_MAX) {
            throw invalid("length for type " + name + " cannot exceed " + LENGTH_MAX);
        }
        return length + TypeModifiers.HEADER;
    }

    private static int numeric(List<Integer> modifiers) {
        if (modifiers.size() > 2) {
            throw invalid("invalid NUMERIC type modifier");
        }
        int precision = modifiers.getFirst();
        int scale = modifiers.size() == 2 ? modifiers.get(1) : 0;
        if (precision < 1 || precision > PRECISION_MAX) {
            throw invalid(
                    "NUMERIC precision " + precision + " must be between 1 and " + PRECISION_MAX);
        }
        if (scale < -PRECISION_MAX || scale > PRECISION_MAX) {
            throw invalid(
                    "NUMERIC scale "
                            + scale
                            + " must be between -"
                            + PRECISION_MAX
                            + " and "
                            + PRECISION_MAX);
        }
        return (precision << 16 | (scale & SCALE_BITS)) + TypeModifiers.HEADER;
    }

    private static int fraction(TypeKind kind, List<Integer> modifiers) {
        if (modifiers.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int digits = modifiers.getFirst();
        if (digits < 0) {
            throw invalid(
                    (kind == TypeKind.TIME ? "TIME(" : "TIMESTAMP(")
                            + digits
                            + ")"
                            + (kind == TypeKind.TIMESTAMPTZ ? " WITH TIME ZONE" : "")
                            + " precision must not be negative");
        }
        return Math.min(digits, FRACTION_DIGITS_MAX);
    }

    private static int interval(List<Integer> modifiers, @Nullable String fields) {
        if (modifiers.size() > 1) {
            throw invalid("invalid INTERVAL type modifier");
        }
        int precision = IntervalModifier.ANY_PRECISION;
        if (!modifiers.isEmpty()) {
            if (modifiers.getFirst() < 0) {
                throw invalid(
                        "INTERVAL(" + modifiers.getFirst() + ") precision must not be negative");
            }
            precision = Math.min(modifiers.getFirst(), FRACTION_DIGITS_MAX);
        }
        int set =
                fields == null ? IntervalModifier.ALL_FIELDS : IntervalModifier.parseFields(fields);
        return set << 16 | precision;
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
