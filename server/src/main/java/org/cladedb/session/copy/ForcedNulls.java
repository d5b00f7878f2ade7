package org.cladedb.session.copy;

import java.util.List;

/// FORCE_NULL and FORCE_NOT_NULL by position of the column copied.
public record ForcedNulls(List<Boolean> toNull, List<Boolean> toNotNull) {
    public ForcedNulls {
        toNull = List.copyOf(toNull);
        toNotNull = List.copyOf(toNotNull);
    }

    public static ForcedNulls of(CopyFormat format, List<String> columns) {
        return new ForcedNulls(
                columns.stream().map(name -> isIn(name, format.forceNull())).toList(),
                columns.stream().map(name -> isIn(name, format.forceNotNull())).toList());
    }

    private static boolean isIn(String name, java.util.Set<String> names) {
        return names.contains("*") || names.contains(name);
    }

    boolean isForcedNull(int column) {
        return column < toNull.size() && toNull.get(column);
    }

    boolean isForcedNotNull(int column) {
        return column < toNotNull.size() && toNotNull.get(column);
    }
}
