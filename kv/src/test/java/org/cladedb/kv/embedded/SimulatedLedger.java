package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.conformance.Entries;

/// What simulated clients did and saw during one life of a store, and the verdict on it: whether
/// there is an order of the commits that explains everything.
final class SimulatedLedger {
    /// What a snapshot showed.
    ///
    /// @param sequence its sequence
    /// @param acknowledged the newest commit acknowledged before it was opened
    private record Sight(long sequence, long acknowledged, NavigableMap<String, String> content) {}

    private final long baseSequence;
    private final NavigableMap<String, String> baseState;
    private final List<SimulatedCommit> commits = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();
    private long acknowledged;

    SimulatedLedger(long baseSequence, NavigableMap<String, String> baseState) {
        this.baseSequence = baseSequence;
        this.baseState = baseState;
        this.acknowledged = baseSequence;
    }

    void begin(SimulatedCommit commit) {
        commits.add(commit);
    }

    void acknowledge(SimulatedCommit commit, long sequence) {
        commit.outcome = SimulatedCommit.Outcome.APPLIED;
        commit.sequence = sequence;
        acknowledged = Math.max(acknowledged, sequence);
    }

    long acknowledged() {
        return acknowledged;
    }

    void see(long sequence, long acknowledgedBefore, NavigableMap<String, String> content) {
        sights.add(new Sight(sequence, acknowledgedBefore, content));
    }

    /// Judges, knowing what the store had after it was opened again.
    void judge(long recoveredSequence, NavigableMap<String, String> recovered) {
        long durable = baseSequence;
        for (SimulatedCommit commit : commits) {
            if (commit.outcome == SimulatedCommit.Outcome.APPLIED
                    && commit.durability == Durability.SYNC) {
                durable = Math.max(durable, commit.sequence);
            }
        }
        require(
                recoveredSequence >= durable,
                "lost: commit "
                        + durable
                        + " was acknowledged, but "
                        + recoveredSequence
                        + " is the newest there is");
        for (Sight sight : sights) {
            require(
                    sight.sequence >= sight.acknowledged,
                    "a snapshot at %d does not show the acknowledged commit %d"
                            .formatted(sight.sequence, sight.acknowledged));
        }
        sights.add(new Sight(recoveredSequence, 0, recovered));
        Map<Long, SimulatedCommit> order = new Order().find();
        requireOnlyDurableWasSeen(recoveredSequence, order);
        requireConflictsRight(order);
    }

    private void requireOnlyDurableWasSeen(
            long recoveredSequence, Map<Long, SimulatedCommit> order) {
        long newestAsync = recoveredSequence;
        for (Map.Entry<Long, SimulatedCommit> entry : order.entrySet()) {
            if (entry.getValue().durability == Durability.ASYNC) {
                newestAsync = Math.max(newestAsync, entry.getKey());
            }
        }
        for (Sight sight : sights) {
            require(
                    sight.sequence <= newestAsync,
                    "a snapshot showed commit %d, which was lost".formatted(sight.sequence));
        }
    }

    private void requireConflictsRight(Map<Long, SimulatedCommit> order) {
        for (SimulatedCommit commit : commits) {
            if (commit.loaded != null) {
                continue;
            }
            boolean conflicts = commit.outcome == SimulatedCommit.Outcome.CONFLICT;
            if (conflicts || commit.outcome == SimulatedCommit.Outcome.APPLIED) {
                boolean expected = hasConflict(commit, order, conflicts);
                require(expected == conflicts, "conflict expected " + expected + ": " + commit);
            }
        }
    }

    private boolean hasConflict(
            SimulatedCommit commit, Map<Long, SimulatedCommit> order, boolean refused) {
        for (CommitRequest.VersionCheck check : commit.checks) {
            String key = Entries.text(check.key());
            for (Map.Entry<Long, SimulatedCommit> entry : order.entrySet()) {
                boolean between =
                        entry.getKey() > check.sequence()
                                && (refused || entry.getKey() < commit.sequence);
                if (between && entry.getValue().touches(key)) {
                    return true;
                }
            }
            // A commit whose fate nobody knows may have been applied and lost.
            for (SimulatedCommit other : commits) {
                if (refused
                        && other.outcome == SimulatedCommit.Outcome.UNKNOWN
                        && other.touches(key)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /// Searches an order of the commits in which every snapshot showed what it should. Only the
    /// places of commits with unknown outcome have to be guessed.
    private final class Order {
        private final Map<Long, SimulatedCommit> known = new TreeMap<>();
        private final Map<Long, List<Sight>> seen = new HashMap<>();
        private final List<SimulatedCommit> unknown = new ArrayList<>();
        private final Set<SimulatedCommit> used = new HashSet<>();
        private final TreeMap<Long, SimulatedCommit> order = new TreeMap<>();
        private long last = baseSequence;
        private String problem = "";

        Order() {
            for (SimulatedCommit commit : commits) {
                switch (commit.outcome) {
                    case APPLIED -> {
                        require(
                                known.put(commit.sequence, commit) == null,
                                "two commits have sequence " + commit.sequence);
                        last = Math.max(last, commit.sequence);
                    }
                    case UNKNOWN -> unknown.add(commit);
                    case CONFLICT, REFUSED -> {}
                }
            }
            for (Sight sight : sights) {
                seen.computeIfAbsent(sight.sequence, _ -> new ArrayList<>()).add(sight);
                last = Math.max(last, sight.sequence);
            }
        }

        Map<Long, SimulatedCommit> find() {
            require(
                    explains(baseSequence, baseState),
                    "no order explains what was seen: " + problem);
            return order;
        }

        private boolean explains(long sequence, NavigableMap<String, String> state) {
            for (Sight sight : seen.getOrDefault(sequence, List.of())) {
                if (!sight.content.equals(state)) {
                    problem =
                            "at %d\n  saw      %s\n  expected %s"
                                    .formatted(sequence, brief(sight.content), brief(state));
                    return false;
                }
            }
            if (sequence == last) {
                return true;
            }
            long next = sequence + 1;
            SimulatedCommit there = known.get(next);
            if (there != null) {
                return follow(next, there, state);
            }
            for (SimulatedCommit commit : unknown) {
                if (!used.contains(commit) && isNextOfClient(commit)) {
                    used.add(commit);
                    if (follow(next, commit, state)) {
                        return true;
                    }
                    used.remove(commit);
                }
            }
            return false;
        }

        /// Commits of one client are applied in the order in which it asked.
        private boolean isNextOfClient(SimulatedCommit commit) {
            for (SimulatedCommit other : order.values()) {
                if (other.client == commit.client && other.number > commit.number) {
                    return false;
                }
            }
            return true;
        }

        private boolean follow(
                long sequence, SimulatedCommit commit, NavigableMap<String, String> state) {
            if (!commit.fits(state)) {
                problem = "keys in the range of " + commit;
                return false;
            }
            NavigableMap<String, String> next = new TreeMap<>(state);
            commit.applyTo(next);
            order.put(sequence, commit);
            if (explains(sequence, next)) {
                return true;
            }
            order.remove(sequence);
            return false;
        }

        private static String brief(NavigableMap<String, String> state) {
            StringBuilder text = new StringBuilder();
            state.forEach((key, value) ->
                    text.append(key)
                            .append('=')
                            .append(value.length() > 3 ? value.substring(0, 3) : value)
                            .append(value.length())
                            .append(' '));
            return text.toString();
        }
    }
}
