package org.cladedb.functions;

import java.util.List;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The common type of several expressions (PostgreSQL manual, 10.5).
final class CommonTypes {
    private CommonTypes() {}

    /// Null when the types have no common type; text when all are unknown.
    static @Nullable SqlType of(List<SqlType> types) {
        if (types.isEmpty()) {
            return SqlType.TEXT;
        }
        SqlType first = types.getFirst();
        if (first.kind() != TypeKind.UNKNOWN && types.stream().allMatch(first::equals)) {
            return first;
        }
        SqlType chosen = SqlType.UNKNOWN;
        for (SqlType next : types) {
            if (next.kind() == TypeKind.UNKNOWN || Coercions.sameType(next, chosen)) {
                continue;
            }
            if (chosen.kind() == TypeKind.UNKNOWN) {
                chosen = next;
            } else if (Coercions.category(next) != Coercions.category(chosen)) {
                return null;
            } else if (!isPreferred(chosen)
                    && Coercions.isImplicit(chosen, next)
                    && !Coercions.isImplicit(next, chosen)) {
                chosen = next;
            }
        }
        if (chosen.kind() == TypeKind.UNKNOWN) {
            return SqlType.TEXT;
        }
        SqlType result = chosen.withoutModifier();
        for (SqlType type : types) {
            if (!Coercions.isImplicit(type, result)) {
                return null;
            }
        }
        return result;
    }

    private static boolean isPreferred(SqlType type) {
        return !type.isArray() && type.kind().isPreferred();
    }
}
