package org.cladedb.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a column's definition says of how it is to be stored and looked at. Nothing here depends on
/// it; it is kept to be shown and dumped.
///
/// @param statisticsTarget null for the default
/// @param storage `p`, `e`, `x` or `m`; 0 for that of the type
/// @param compression `pglz` or `lz4`, empty for the default
/// @param options `name=value`
public record ColumnStorage(
        @Nullable Integer statisticsTarget,
        char storage,
        String compression,
        List<String> options) {
    public static final ColumnStorage DEFAULT = new ColumnStorage(null, (char) 0, "", List.of());

    public ColumnStorage {
        options = List.copyOf(options);
    }

    public ColumnStorage withStatisticsTarget(@Nullable Integer target) {
        return new ColumnStorage(target, storage, compression, options);
    }

    public ColumnStorage withStorage(char newStorage) {
        return new ColumnStorage(statisticsTarget, newStorage, compression, options);
    }

    public ColumnStorage withCompression(String method) {
        return new ColumnStorage(statisticsTarget, storage, method, options);
    }

    public ColumnStorage withOptions(List<String> newOptions) {
        return new ColumnStorage(statisticsTarget, storage, compression, newOptions);
    }
}
