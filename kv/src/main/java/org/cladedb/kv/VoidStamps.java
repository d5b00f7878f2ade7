package org.cladedb.kv;

import java.util.ArrayList;
import java.util.List;

/// The stamps of writes that were undone by returning to savepoints, where the writes themselves
/// cannot be taken out any more. Owned by the transaction's thread.
final class VoidStamps {
    /// Stamps above `after`, up to `last`.
    private record Span(long after, long last) {}

    private final List<Span> spans = new ArrayList<>(0);

    /// Stamps above `after`, up to the newest given so far, are void.
    void add(long after, long last) {
        while (!spans.isEmpty() && spans.getLast().after >= after) {
            spans.removeLast();
        }
        long from = after;
        if (!spans.isEmpty() && spans.getLast().last >= after) {
            from = spans.removeLast().after;
        }
        spans.add(new Span(from, last));
    }

    boolean contain(long stamp) {
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            if (stamp > span.last) {
                return false;
            }
            if (stamp > span.after) {
                return true;
            }
        }
        return false;
    }
}
