package org.cladedb.kv.embedded;

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
///
/// Memory may run out anywhere in here: a version is appended or it is not, and what publishes one
/// takes none.
final class Versions {
    /// A version whose pages are kept; given back with [#unpin].
    record Pinned(TreeVersion version, VersionPins.Pin pin) {}

    /// Who is told of commits, in their order, while they are applied.
    interface Follower {
        /// Should memory run out here, the commit is not applied, and the follower knows nothing
        /// about it for sure.
        ///
        /// @param ledger of the pages that the commit made and gave up; to be read now only
        void appended(long sequence, SortedChanges changes, PageLedger ledger);
    }

    private final RecentCommits recent = new RecentCommits();
    // Guards everything below, and `recent` against the gap between checking and publishing.
    private final ReentrantLock guard = new ReentrantLock();
    private final VersionPins pins;
    private VersionPins.Pin applied;
    // Has one user until the next version is visible; so has every newer one.
    private VersionPins.Pin visible;
    private @Nullable Follower follower;

    Versions(PageStore pages, TreeVersion version) {
        this.pins = new VersionPins(pages);
        this.applied = VersionPins.of(version);
        this.visible = applied;
        pins.append(applied);
    }

    RecentCommits recent() {
        return recent;
    }

    /// The newest version; only whoever holds the store's apply lock may build on it.
    TreeVersion applied() {
        guard.lock();
        try {
            return applied.version();
        } finally {
            guard.unlock();
        }
    }

    /// Appends a version and lets go of the pages that it does not contain.
    void append(TreeVersion version, SortedChanges changes, List<VersionPins.RetiredPage> retired) {
        guard.lock();
        try {
            VersionPins.Pin pin = VersionPins.of(version);
            recent.record(version.sequence(), changes, oldestSnapshot());
            append(pin, retired);
        } finally {
            guard.unlock();
        }
    }

    /// The same for the changes of a logged commit, which whoever follows the commits is told of.
    void append(TreeVersion version, SortedChanges changes, PageLedger ledger) {
        guard.lock();
        try {
            VersionPins.Pin pin = VersionPins.of(version);
            recent.record(version.sequence(), changes, oldestSnapshot());
            Follower following = follower;
            if (following != null) {
                following.appended(version.sequence(), changes, ledger);
            }
            append(pin, ledger.retired());
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
            VersionPins.Pin pin = VersionPins.of(version);
            long[] places = restored.stream().mapToLong(place -> place).sorted().toArray();
            recent.record(version.sequence(), writes, oldestSnapshot());
            pins.restore(places);
            append(pin, retired);
        } finally {
            guard.unlock();
        }
    }

    private long oldestSnapshot() {
        return pins.oldestSnapshotOr(visible.version().sequence());
    }

    /// Takes no memory.
    private void append(VersionPins.Pin pin, List<VersionPins.RetiredPage> retired) {
        pins.append(pin);
        applied = pin;
        pins.retire(retired);
    }

    /// Pins the newest version, and has `newFollower` told of every logged commit after it.
    Pinned follow(Follower newFollower) {
        guard.lock();
        try {
            Invariant.check(follower == null, "one follows the commits at a time");
            Pinned pinned = new Pinned(applied.version(), applied);
            follower = newFollower;
            pins.pin(applied);
            return pinned;
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
            VersionPins.Pin next = visible.newer();
            while (next != null && next.version().sequence() <= sequence) {
                VersionPins.Pin before = visible;
                visible = next;
                next = next.newer();
                pins.unpin(before);
            }
        } finally {
            guard.unlock();
        }
    }

    Pinned pinSnapshot() {
        guard.lock();
        try {
            Pinned pinned = new Pinned(visible.version(), visible);
            pins.pinSnapshot(visible);
            return pinned;
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
            Pinned pinned = new Pinned(applied.version(), applied);
            pins.pin(applied);
            return pinned;
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
            long newest = applied.version().sequence();
            return newest - pins.oldestSnapshotOr(newest);
        } finally {
            guard.unlock();
        }
    }

    long visibleSequence() {
        guard.lock();
        try {
            return visible.version().sequence();
        } finally {
            guard.unlock();
        }
    }
}
