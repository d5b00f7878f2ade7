package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Finds the actual types behind `anyelement`, `anyarray`, `anycompatible` and their kin for one
/// call.
final class PolymorphicTypes {
    private final List<SqlType> declared;
    private final List<SqlType> actual;
    private @Nullable SqlType element;
    private @Nullable SqlType array;
    private @Nullable SqlType compatible;
    private boolean matches = true;
    private final List<SqlType> compatibleInputs = new ArrayList<>();

    private PolymorphicTypes(List<SqlType> declared, List<SqlType> actual) {
        this.declared = declared;
        this.actual = actual;
        for (int i = 0; i < actual.size() && matches; i++) {
            read(declared.get(i), actual.get(i));
        }
        if (matches) {
            join();
        }
    }

    static boolean isPolymorphic(SqlType type) {
        return switch (type.kind()) {
            case ANYELEMENT, ANYARRAY, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY -> true;
            default -> false;
        };
    }

    /// Whether the actual types fit the declared ones; unknown literals fit anything.
    static boolean fits(List<SqlType> declared, List<SqlType> actual) {
        return new PolymorphicTypes(declared, actual).matches;
    }

    static PolymorphicTypes of(List<SqlType> declared, List<SqlType> actual) {
        return new PolymorphicTypes(declared, actual);
    }

    private void read(SqlType want, SqlType have) {
        boolean unknown = have.kind() == TypeKind.UNKNOWN;
        switch (want.kind()) {
            case ANYELEMENT, ANYNONARRAY -> {
                if (unknown) {
                    return;
                }
                matches =
                        (want.kind() != TypeKind.ANYNONARRAY || !have.isArray())
                                && (element == null || Coercions.sameType(element, have));
                element = have.withoutModifier();
            }
            case ANYARRAY -> {
                if (unknown) {
                    return;
                }
                matches =
                        Coercions.elementType(have) != null
                                && (array == null || Coercions.sameType(array, have));
                array = have.withoutModifier();
            }
            case ANYCOMPATIBLE -> {
                if (!unknown) {
                    compatibleInputs.add(have);
                }
            }
            case ANYCOMPATIBLEARRAY -> {
                SqlType elementType = Coercions.elementType(have);
                if (elementType != null) {
                    compatibleInputs.add(elementType);
                } else {
                    matches = unknown;
                }
            }
            default -> {}
        }
    }

    private void join() {
        if (array != null) {
            SqlType arrayElement = Coercions.elementType(array);
            if (element == null) {
                element = arrayElement;
            } else if (arrayElement == null || !Coercions.sameType(element, arrayElement)) {
                matches = false;
            }
        }
        if (!compatibleInputs.isEmpty()) {
            compatible = CommonTypes.of(compatibleInputs);
            if (compatible == null) {
                matches = false;
                return;
            }
            for (SqlType input : compatibleInputs) {
                matches &= Coercions.isImplicit(input, compatible);
            }
        } else if (usesCompatible()) {
            compatible = SqlType.TEXT;
        }
    }

    private boolean usesCompatible() {
        for (SqlType type : declared) {
            if (type.kind() == TypeKind.ANYCOMPATIBLE
                    || type.kind() == TypeKind.ANYCOMPATIBLEARRAY) {
                return true;
            }
        }
        return false;
    }

    /// The type to coerce the argument at `index` to.
    SqlType argument(int index) {
        SqlType want = declared.get(index);
        SqlType have = actual.get(index);
        return switch (want.kind()) {
            case ANY -> have.kind() == TypeKind.UNKNOWN ? SqlType.UNKNOWN : have.withoutModifier();
            case ANYARRAY ->
                    have.kind() == TypeKind.INT2VECTOR || have.kind() == TypeKind.OIDVECTOR
                            ? have
                            : concrete(want);
            case RECORD -> have.kind() == TypeKind.RECORD ? have : want;
            default -> concrete(want);
        };
    }

    /// The actual type for a declared one, which may be a row with polymorphic fields.
    SqlType concrete(SqlType want) {
        return switch (want.kind()) {
            case ANYELEMENT, ANYNONARRAY -> determined(element);
            case ANYARRAY -> array != null ? array : arrayOf(determined(element));
            case ANYCOMPATIBLE -> determined(compatible);
            case ANYCOMPATIBLEARRAY -> arrayOf(determined(compatible));
            default -> want instanceof SqlType.Row row ? concreteRow(row) : want;
        };
    }

    /// Arrays of rows are made of anonymous records, which tells them from nested results.
    private static SqlType arrayOf(SqlType element) {
        return SqlType.arrayOf(
                element instanceof SqlType.Row ? SqlType.of(TypeKind.RECORD) : element);
    }

    private SqlType concreteRow(SqlType.Row row) {
        return new SqlType.Row(
                row.fields().stream()
                        .map(field -> new SqlType.Field(field.name(), concrete(field.type())))
                        .toList());
    }

    private static SqlType determined(@Nullable SqlType type) {
        if (type == null) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "could not determine polymorphic type because input has type unknown");
        }
        return type;
    }
}
