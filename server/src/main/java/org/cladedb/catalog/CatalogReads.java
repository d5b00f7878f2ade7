package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What was asked of a catalog and what it answered: what holds as long as the answers do.
///
/// Owned by one thread.
public final class CatalogReads {
    private static final int READS_MAX = 10_000;

    private final List<Read<?>> reads = new ArrayList<>();
    private boolean all;
    private boolean ended;

    private record Read<K>(
            BiFunction<CatalogSnapshot, K, @Nullable Object> question,
            K key,
            @Nullable Object answer) {
        @SuppressWarnings("ReferenceEquality") // most objects are the very same: spares equals
        boolean holdsIn(CatalogSnapshot catalog) {
            Object now = question.apply(catalog, key);
            return now == answer || Objects.equals(now, answer);
        }
    }

    /// Of somebody who looked at all objects.
    public static CatalogReads everything() {
        CatalogReads reads = new CatalogReads();
        reads.addAll();
        return reads;
    }

    <K> void add(
            BiFunction<CatalogSnapshot, K, @Nullable Object> question,
            K key,
            @Nullable Object answer) {
        if (ended) {
            return;
        }
        if (reads.size() >= READS_MAX) {
            addAll();
            return;
        }
        reads.add(new Read<>(question, key, answer));
    }

    /// Somebody looked at all objects.
    void addAll() {
        if (!ended) {
            all = true;
            reads.clear();
        }
    }

    /// Nothing more is recorded.
    public void end() {
        ended = true;
    }

    /// Whether `catalog` gives the same answers.
    public boolean holdIn(CatalogSnapshot catalog) {
        if (all) {
            return false;
        }
        for (Read<?> read : reads) {
            if (!read.holdsIn(catalog)) {
                return false;
            }
        }
        return true;
    }
}
