package org.cladedb.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cladedb.kv.conformance.Entries;
import org.junit.jupiter.api.Test;

/// What is remembered of commits is bounded, and what was forgotten counts as a conflict.
final class RecentCommitsTest {
    private static SortedChanges put(String key) {
        return SortedChanges.of(
                new CommitRequest(
                        List.of(new CommitRequest.Put(Entries.bytes(key), new byte[1])),
                        List.of(),
                        Durability.SYNC));
    }

    private static void verify(RecentCommits recent, String key, long sequence) {
        recent.verify(List.of(new CommitRequest.VersionCheck(Entries.bytes(key), sequence)));
    }

    @Test
    void oldestAreForgottenBeyondTheLimit() {
        RecentCommits recent = new RecentCommits(10);
        for (int sequence = 1; sequence <= 100; sequence++) {
            recent.record(sequence, put("k" + sequence), 0);
        }
        verify(recent, "other", 90);
        verify(recent, "k95", 95);
        assertThatThrownBy(() -> verify(recent, "k95", 94)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> verify(recent, "other", 89)).isInstanceOf(ConflictException.class);
        assertThat(recent.lastCommit(Entries.bytes("other"), 5)).isEqualTo(90);
    }

    @Test
    void whatEverySnapshotShowsIsForgotten() {
        RecentCommits recent = new RecentCommits();
        recent.record(1, put("a"), 0);
        recent.record(2, put("b"), 1);
        verify(recent, "b", 2);
        assertThatThrownBy(() -> verify(recent, "b", 1)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> verify(recent, "c", 0)).isInstanceOf(ConflictException.class);
    }
}
