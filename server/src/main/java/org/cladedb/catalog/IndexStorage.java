package org.cladedb.catalog;

import java.util.List;

/// What an index's definition says of how it is to be stored. Every index is an ordered one here;
/// the rest is kept to be shown and dumped.
///
/// @param method the access method that was asked for: `btree` or `hash`
/// @param options `name=value`
public record IndexStorage(String method, List<String> options) {
    public static final IndexStorage DEFAULT = new IndexStorage("btree", List.of());

    public IndexStorage {
        options = List.copyOf(options);
    }

    public IndexStorage withOptions(List<String> newOptions) {
        return new IndexStorage(method, newOptions);
    }
}
