package org.cladedb.kv.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.cladedb.common.Cancellation;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyFilter;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.LargeCommit;
import org.cladedb.kv.MemoryLimitException;
import org.cladedb.kv.RecentCommits;
import org.cladedb.kv.SortedChanges;

/// Derives a tree with the changes of a large commit while other commits go on, so that they wait
/// only for the moment in which it takes the place of the newest version.
///
/// ```
///   version 7 ──────────> 8 ──> 9 ──> 10 ─────────> 11      other commits
///      │                                             ^
///      └─> part ─> part ─> 8, 9 ─> part ─> 10 ───────┘      this one
/// ```
///
/// It starts from the newest version, applies its own changes part by part, and in between those of
/// the commits that were applied since. As no key is changed by both (that is a conflict), their
/// order makes no difference. Pages that the others gave up may be in the result, and pages that
/// they made are not: both is settled when the result takes its place.
///
/// Calls: `build`, `catchUp` by the thread that commits; `finish` while no commit is applied;
/// `close` always.
final class LargeChange implements AutoCloseable {
    private static final int PART_KEYS_MAX = 8_192;
    private static final int PART_BYTES_MAX = 4 << 20;

    /// What a key and its value cost besides their bytes.
    private static final int CHANGE_BYTES = 64;

    /// Commits that are left for the moment when no other can be applied.
    private static final int COMMITS_LEFT = 4;

    private static final int ROUNDS_MAX = 100;

    private final PageStore pages;
    private final Versions versions;
    private final LargeCommit commit;
    private final List<KeyRange> deletedRanges;
    private final KeyFilter written;
    private final Versions.Pinned start;

    // Of this change; places of pages.
    private final PlaceSet created = new PlaceSet();
    private final Map<Long, VersionPins.RetiredPage> retired = new HashMap<>();
    private long root;
    private boolean linked;

    /// What others committed since; the lock of the versions guards it.
    private final ArrayDeque<SortedChanges> others = new ArrayDeque<>();

    // The same: whether memory ran out while a commit was noted.
    private boolean missed;

    // The same: their pages by place, with the commit that made them; and the places of pages of
    // the first version that they gave up.
    private final Map<Long, Long> createdByOthers = new HashMap<>();
    private final Set<Long> retiredByOthers = new HashSet<>();

    /// Only one at a time; no commit past the log may be applied before it is closed.
    LargeChange(PageStore pages, Versions versions, LargeCommit commit) {
        this.pages = pages;
        this.versions = versions;
        this.commit = commit;
        deletedRanges = commit.deletedRanges();
        written = new KeyFilter(commit.keyCount());
        start = versions.follow(this::follow);
        root = start.version().root();
    }

    private void follow(long sequence, SortedChanges changes, PageLedger ledger) {
        boolean missedBefore = missed;
        missed = true;
        for (VersionPins.RetiredPage page : ledger.retired()) {
            long place = PageLedger.place(page.reference());
            if (createdByOthers.remove(place) == null) {
                retiredByOthers.add(place);
            }
        }
        PlaceSet made = ledger.created();
        for (int index = made.next(0); index >= 0; index = made.next(index + 1)) {
            createdByOthers.put(made.at(index), sequence);
        }
        others.add(changes);
        missed = missedBefore;
    }

    /// Applies the changes.
    ///
    /// @throws ConflictException another commit changed one of the keys
    void build() {
        deleteRanges();
        List<CommitRequest.Mutation> part = new ArrayList<>();
        long partBytes = Math.min(PART_BYTES_MAX, pages.dirtyBytesMax() / 16);
        long bytes = 0;
        try (LargeCommit.Changes changes = commit.changes(KeyRange.all())) {
            while (changes.next()) {
                byte[] key = changes.key();
                versions.recent().verify(key, changes.checkedSequence());
                written.add(key);
                if (!changes.isChanged()) {
                    continue;
                }
                byte[] value = changes.value();
                EmbeddedLimits.require(key, value);
                part.add(
                        value == null
                                ? new CommitRequest.Delete(key)
                                : new CommitRequest.Put(key, value));
                bytes += CHANGE_BYTES + key.length + (value == null ? 0 : value.length);
                if (part.size() >= PART_KEYS_MAX || bytes >= partBytes) {
                    Cancellation.check();
                    apply(part);
                    part.clear();
                    bytes = 0;
                    applyOthers();
                }
            }
        }
        apply(part);
    }

    private void deleteRanges() {
        List<CommitRequest.Mutation> deletions = new ArrayList<>();
        for (KeyRange range : deletedRanges) {
            deletions.add(new CommitRequest.DeleteRange(range.start(), range.end()));
        }
        apply(deletions);
    }

    private void apply(List<CommitRequest.Mutation> mutations) {
        if (!mutations.isEmpty()) {
            apply(SortedChanges.of(new CommitRequest(mutations, List.of(), Durability.SYNC)));
        }
    }

    private void apply(SortedChanges changes) {
        // A ledger for each step: a change takes a page whose place is still the same for
        // unchanged, so none may be given up on the way.
        PageLedger ledger = PageLedger.unlinked(pages, start.version().sequence());
        long next = new TreeChange(changes, ledger).apply(root);
        noteCreated(ledger);
        root = next;
        for (VersionPins.RetiredPage page : ledger.retired()) {
            retire(page);
        }
    }

    private void noteCreated(PageLedger ledger) {
        PlaceSet made = ledger.created();
        boolean hasRoom = false;
        try {
            created.reserve(made.size());
            hasRoom = true;
        } finally {
            if (!hasRoom) {
                ledger.undo();
            }
        }
        for (int index = made.next(0); index >= 0; index = made.next(index + 1)) {
            created.add(made.at(index));
        }
    }

    private void retire(VersionPins.RetiredPage page) {
        long place = PageLedger.place(page.reference());
        if (created.remove(place)) {
            pages.free(page.reference());
        } else {
            retired.put(place, page);
        }
    }

    /// Applies what others committed, until little is left of it.
    void catchUp() {
        for (int round = 0; round < ROUNDS_MAX && applyOthers() > COMMITS_LEFT; round++) {
            Cancellation.check();
        }
    }

    /// Returns how many commits there were.
    private int applyOthers() {
        List<SortedChanges> commits =
                versions.guarded(() -> {
                    if (missed) {
                        throw new MemoryLimitException(
                                "no memory was left for the commits of others meanwhile");
                    }
                    List<SortedChanges> waiting = List.copyOf(others);
                    others.clear();
                    return waiting;
                });
        for (SortedChanges changes : commits) {
            requireNotOurs(changes);
            apply(withoutDeleted(changes));
        }
        return commits.size();
    }

    /// What others put into ranges that this commit deletes is deleted with them.
    private List<CommitRequest.Mutation> withoutDeleted(SortedChanges changes) {
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        for (KeyRange range : changes.deletedRanges()) {
            mutations.add(new CommitRequest.DeleteRange(range.start(), range.end()));
        }
        for (int index = 0; index < changes.size(); index++) {
            byte[] key = changes.key(index);
            if (deletedRanges.stream().noneMatch(range -> range.contains(key))) {
                byte[] value = changes.value(index);
                mutations.add(
                        value == null
                                ? new CommitRequest.Delete(key)
                                : new CommitRequest.Put(key, value));
            }
        }
        return mutations;
    }

    private void requireNotOurs(SortedChanges changes) {
        for (int index = 0; index < changes.size(); index++) {
            byte[] key = changes.key(index);
            // Not all keys are in the filter before all parts are applied: those are verified then.
            if (written.mayContain(key)) {
                requireNotOurs(KeyRange.single(key));
            }
        }
        changes.deletedRanges().forEach(this::requireNotOurs);
    }

    private void requireNotOurs(KeyRange range) {
        try (LargeCommit.Changes ours = commit.changes(range)) {
            if (ours.next()) {
                throw new ConflictException(
                        "another transaction committed a change of the same key");
            }
        }
    }

    /// Applies the last commits of others, and `rest` to the tree that results. Called while no
    /// commit is applied.
    void finish(LongUnaryOperator rest) {
        applyOthers();
        versions.recent().verify(commit.checks());
        root = rest.applyAsLong(root);
    }

    /// Puts the result in the place of the newest version.
    ///
    /// @param givenUp by the rest of the change
    /// @param loaded ranges that were written besides
    void append(long sequence, List<VersionPins.RetiredPage> givenUp, List<KeyRange> loaded) {
        givenUp.forEach(this::retire);
        List<VersionPins.RetiredPage> gone = new ArrayList<>();
        retired.forEach((place, page) -> {
            if (!retiredByOthers.remove(place)) {
                gone.add(new VersionPins.RetiredPage(page.reference(), page.birth(), sequence));
            }
        });
        createdByOthers.forEach((place, birth) ->
                gone.add(
                        new VersionPins.RetiredPage(PageLedger.reference(place), birth, sequence)));
        List<KeyRange> ranges = new ArrayList<>(deletedRanges);
        ranges.addAll(loaded);
        versions.append(
                new TreeVersion(root, sequence),
                new RecentCommits.LargeWrites(written, ranges),
                gone,
                retiredByOthers);
        // No checkpoint runs in between.
        linked = true;
        for (int index = created.next(0); index >= 0; index = created.next(index + 1)) {
            pages.link(PageLedger.reference(created.at(index)));
        }
    }

    @Override
    public void close() {
        versions.unfollow(start);
        if (!linked) {
            for (int index = created.next(0); index >= 0; index = created.next(index + 1)) {
                pages.free(PageLedger.reference(created.at(index)));
            }
        }
    }
}
