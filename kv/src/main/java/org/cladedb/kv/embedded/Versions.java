package org.cladedb.kv.embedded;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.cladedb.common.Invariant;
import org.cladedb.kv.RecentCommits;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// The versions of the tree from the one in the file's header to the newest applied.
///
/// ```
///   checkpointed ── … ── visible ── … ── applied
/// ```
///
/// Commits are applied one after another; snapshots show the newest that is durable (or that asked
/// not to wait for it). All versions from `visible` on are pinned, since each may become visible.
/// Safe for any number of threads.
final class Versions {
    /// An applied version that snapshots do not show yet.
    private record Pending(TreeVersion version, VersionPins.Pin pin) {}

    /// A version whose pages are kept; given back with [#unpin].
    record Pinned(TreeVersion version, VersionPins.Pin pin) {}

    /// Who is told of commits, in their order, while they are applied.
    interface Follower {
        /// @param ledger of the pages that the commit made and gave up; to be read now only
        void appended(long sequence, SortedChanges changes, PageLedger ledger);
    }

    private final RecentCommits recent = new RecentCommits();
    // Guards everything below, and `recent` against the gap between checking and publishing.
    private final ReentrantLock guard = new ReentrantLock();
    private final VersionPins pins;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private TreeVersion applied;
    private TreeVersion visible;
    private VersionPins.Pin visiblePin;
    private @Nullable Follower follower;

    Versions(PageStore pages, TreeVersion version) {
        this.pins = new VersionPins(pages);
        this.applied = version;
        this.visible = version;
        this.visiblePin = pins.pin(version.sequence());
    }

    RecentCommits recent() {
        return recent;
    }

    /// The newest version; only whoever holds the store's apply lock may build on it.
    TreeVersion applied() {
        guard.lock();
        try {
            return applied;
        } finally {
            guard.unlock();
        }
    }

    /// Appends a version and lets go of the pages that it does not contain.
    void append(TreeVersion version, SortedChanges changes, List<VersionPins.RetiredPage> retired) {
        guard.lock();
        try {
            recent.record(version.sequence(), changes, oldestSnapshot());
            append(version, retired);
        } finally {
            guard.unlock();
        }
    }

    /// The same for the changes of a logged commit, which whoever follows the commits is told of.
    void append(TreeVersion version, SortedChanges changes, PageLedger ledger) {
        guard.lock();
        try {
            recent.record(version.sequence(), changes, oldestSnapshot());
            Follower following = follower;
            if (following != null) {
                following.appended(version.sequence(), changes, ledger);
            }
            append(version, ledger.retired());
        } finally {
            guard.unlock();
        }
    }

    /// Appends the version of a large commit.
    ///
    /// @param restored places of pages that the version contains, though the one before it does not
    void append(
            TreeVersion version,
            RecentCommits.LargeWrites writes,
            List<VersionPins.RetiredPage> retired,
            Set<Long> restored) {
        guard.lock();
        try {
            recent.record(version.sequence(), writes, oldestSnapshot());
            pins.restore(restored);
            append(version, retired);
        } finally {
            guard.unlock();
        }
    }

    private long oldestSnapshot() {
        return pins.oldestSnapshotOr(visible.sequence());
    }

    private void append(TreeVersion version, List<VersionPins.RetiredPage> retired) {
        applied = version;
        pending.add(new Pending(version, pins.pin(version.sequence())));
        pins.retire(retired);
    }

    /// Pins the newest version, and has `newFollower` told of every logged commit after it.
    Pinned follow(Follower newFollower) {
        guard.lock();
        try {
            Invariant.check(follower == null, "one follows the commits at a time");
            follower = newFollower;
            return new Pinned(applied, pins.pin(applied.sequence()));
        } finally {
            guard.unlock();
        }
    }

    /// Runs `work` while no version is appended.
    <T> T guarded(Supplier<T> work) {
        guard.lock();
        try {
            return work.get();
        } finally {
            guard.unlock();
        }
    }

    /// Ends what [#follow] began.
    void unfollow(Pinned pinned) {
        guard.lock();
        try {
            follower = null;
            pins.unpin(pinned.pin());
        } finally {
            guard.unlock();
        }
    }

    /// Shows commits up to `sequence` to new snapshots.
    void publish(long sequence) {
        guard.lock();
        try {
            while (!pending.isEmpty() && pending.getFirst().version.sequence() <= sequence) {
                Pending next = pending.removeFirst();
                VersionPins.Pin before = visiblePin;
                visible = next.version;
                visiblePin = next.pin;
                pins.unpin(before);
            }
        } finally {
            guard.unlock();
        }
    }

    Pinned pinSnapshot() {
        guard.lock();
        try {
            return new Pinned(visible, pins.pinSnapshot(visible.sequence()));
        } finally {
            guard.unlock();
        }
    }

    void unpinSnapshot(VersionPins.Pin pin) {
        guard.lock();
        try {
            pins.unpinSnapshot(pin);
        } finally {
            guard.unlock();
        }
    }

    Pinned pinApplied() {
        guard.lock();
        try {
            return new Pinned(applied, pins.pin(applied.sequence()));
        } finally {
            guard.unlock();
        }
    }

    void unpin(VersionPins.Pin pin) {
        guard.lock();
        try {
            pins.unpin(pin);
        } finally {
            guard.unlock();
        }
    }

    /// Pages that are in no newer version than those pinned.
    List<VersionPins.RetiredPage> retained() {
        guard.lock();
        try {
            return pins.waiting();
        } finally {
            guard.unlock();
        }
    }

    long retainedBytes() {
        guard.lock();
        try {
            return pins.retainedBlocks() * PageReference.BLOCK_BYTES;
        } finally {
            guard.unlock();
        }
    }

    long snapshotCount() {
        guard.lock();
        try {
            return pins.snapshotCount();
        } finally {
            guard.unlock();
        }
    }

    /// How many commits the oldest snapshot does not show.
    long snapshotAge() {
        guard.lock();
        try {
            return applied.sequence() - pins.oldestSnapshotOr(applied.sequence());
        } finally {
            guard.unlock();
        }
    }

    long visibleSequence() {
        guard.lock();
        try {
            return visible.sequence();
        } finally {
            guard.unlock();
        }
    }
}
