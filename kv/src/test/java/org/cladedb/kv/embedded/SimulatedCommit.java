package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.conformance.Entries;
import org.jspecify.annotations.Nullable;

/// One commit that a simulated client asked for, and what it was told.
final class SimulatedCommit {
    enum Outcome {
        /// Applied with [SimulatedCommit#sequence].
        APPLIED,
        /// Refused because of a check.
        CONFLICT,
        /// Certainly not applied.
        REFUSED,
        /// Applied or not.
        UNKNOWN
    }

    final int client;
    final int number;
    final List<CommitRequest.Mutation> mutations;
    final List<CommitRequest.VersionCheck> checks;
    final Durability durability;

    /// Of a bulk load; its keys were not there before.
    final @Nullable KeyRange loaded;

    Outcome outcome = Outcome.UNKNOWN;
    long sequence;

    SimulatedCommit(
            int client,
            int number,
            List<CommitRequest.Mutation> mutations,
            List<CommitRequest.VersionCheck> checks,
            Durability durability,
            @Nullable KeyRange loaded) {
        this.client = client;
        this.number = number;
        this.mutations = mutations;
        this.checks = checks;
        this.durability = durability;
        this.loaded = loaded;
    }

    CommitRequest request() {
        List<CommitRequest.Mutation> all = new ArrayList<>(mutations);
        all.add(marker());
        return new CommitRequest(all, checks, durability);
    }

    CommitRequest.Mutation marker() {
        return new CommitRequest.Put(Entries.bytes(markerKey()), Entries.bytes("" + number));
    }

    /// Whether it can be applied to `state`.
    boolean fits(NavigableMap<String, String> state) {
        KeyRange range = loaded;
        if (range == null) {
            return true;
        }
        String next = state.ceilingKey(Entries.text(range.start()));
        return next == null || !range.contains(Entries.bytes(next));
    }

    /// Every client writes the number of its commit to a key of its own.
    String markerKey() {
        return "z" + client;
    }

    void applyTo(NavigableMap<String, String> state) {
        for (CommitRequest.Mutation mutation : mutations) {
            switch (mutation) {
                case CommitRequest.Put(byte[] key, byte[] value) ->
                        state.put(Entries.text(key), Entries.text(value));
                case CommitRequest.Delete(byte[] key) -> state.remove(Entries.text(key));
                case CommitRequest.DeleteRange(byte[] start, byte[] end) -> {
                    String from = Entries.text(start);
                    if (end == null) {
                        state.tailMap(from, true).clear();
                    } else {
                        state.subMap(from, true, Entries.text(end), false).clear();
                    }
                }
            }
        }
        state.put(markerKey(), "" + number);
    }

    /// Whether it writes `key`.
    boolean touches(String key) {
        if (loaded != null && loaded.contains(Entries.bytes(key))) {
            return true;
        }
        for (CommitRequest.Mutation mutation : mutations) {
            boolean touched =
                    switch (mutation) {
                        case CommitRequest.Put put -> Entries.text(put.key()).equals(key);
                        case CommitRequest.Delete delete -> Entries.text(delete.key()).equals(key);
                        case CommitRequest.DeleteRange(byte[] start, byte[] end) ->
                                Entries.text(start).compareTo(key) <= 0
                                        && (end == null || key.compareTo(Entries.text(end)) < 0);
                    };
            if (touched) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "%s of client %d number %d (%s, sequence %d)"
                .formatted(durability, client, number, outcome, sequence);
    }
}
