package org.cladedb.regex;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Divides a text into pieces that one part matches, each as long, or as short, as the pieces after
/// it allow.
///
/// Pieces are found by the automaton first, to the end; then each is divided itself, which can fail
/// because of references: then that piece is chosen anew. What follows a place does not depend on
/// what came before it, so a place that led nowhere is not tried again.
final class RepetitionDissector {
    private static final int FAILURES_MAX = 1 << 20;

    private final Dissector dissector;
    private final Dissection part;
    private final Dissection piece;
    private final int begin;
    private final int end;
    private final boolean shorter;
    private final int least;
    private final int most;

    /// Whether it matters how many pieces there are before a place.
    private final boolean counts;

    /// The pieces: piece k from `ends[k - 1]` to `ends[k]`.
    private int[] ends = new int[16];

    private final Set<Long> failures = new HashSet<>();
    private int divided;

    RepetitionDissector(Dissector dissector, Dissection part, int begin, int end) {
        this.dissector = dissector;
        this.part = part;
        this.begin = begin;
        this.end = end;
        piece = part.parts().getFirst();
        shorter = piece.prefersShorter();
        least = Math.max(part.least(), 1);
        most = Math.max(Math.min(part.most(), end - begin), least);
        counts = least > 1 || part.most() != Syntax.UNBOUNDED;
        ends[0] = begin;
    }

    boolean dissect() {
        boolean none = part.least() == 0 && begin == end;
        return shorter ? none || pieces() : pieces() || none;
    }

    private boolean pieces() {
        int k = 1;
        int limit = shorter ? begin : end;
        while (k > 0) {
            int found = isFailure(k) ? -1 : shorter ? nextLonger(k, limit) : nextShorter(k, limit);
            boolean back = found < 0;
            if (!back) {
                set(k, found);
                back = found != end;
                if (back && k < most && !isUselesslyEmpty(k)) {
                    k++;
                    limit = shorter ? found : end;
                    continue;
                }
            }
            if (back) {
                // Exhausted, or it cannot be the last piece.
                if (found < 0 || k >= most) {
                    k = giveUp(k);
                }
            } else if (k >= least) {
                int failed = divide(k);
                if (failed > k) {
                    return true;
                }
                k = failed;
            }
            while (k > 0 && !hasOther(k)) {
                k = giveUp(k);
            }
            if (k > 0) {
                limit = ends[k] + (shorter ? 1 : -1);
            }
        }
        return false;
    }

    private int nextShorter(int k, int limit) {
        return dissector.longest(piece, ends[k - 1], limit);
    }

    private int nextLonger(int k, int limit) {
        int from = limit;
        if (from == ends[k - 1] && from != end && !mayBeEmpty(k, from)) {
            from++;
        }
        if (k >= most) {
            from = end;
        }
        return dissector.shortest(piece, ends[k - 1], from, end);
    }

    /// Pieces are empty only where there would be too few of them otherwise.
    private boolean mayBeEmpty(int k, int at) {
        return k < least && least - k >= end - at;
    }

    private boolean isUselesslyEmpty(int k) {
        return !shorter && ends[k] == ends[k - 1] && !mayBeEmpty(k, ends[k]);
    }

    private void set(int k, int found) {
        if (k == ends.length) {
            ends = Arrays.copyOf(ends, 2 * k);
        }
        ends[k] = found;
        divided = Math.min(divided, k - 1);
    }

    /// Divides the pieces up to the k-th; the first that fails, or k + 1.
    private int divide(int k) {
        for (int i = divided + 1; i <= k; i++) {
            dissector.clear(piece);
            if (!dissector.dissect(piece, ends[i - 1], ends[i])) {
                return i;
            }
            divided = i;
        }
        return k + 1;
    }

    /// Whether piece k can be chosen in another way.
    private boolean hasOther(int k) {
        if (shorter) {
            return ends[k] < end;
        }
        int before = ends[k - 1];
        return ends[k] > before && (ends[k] - 1 > before || mayBeEmpty(k, before));
    }

    private int giveUp(int k) {
        if (failures.size() < FAILURES_MAX) {
            failures.add(place(k));
        }
        return k - 1;
    }

    private boolean isFailure(int k) {
        return !failures.isEmpty() && k > 1 && failures.contains(place(k));
    }

    private long place(int k) {
        return (counts ? (long) k << 32 : 0) | ends[k - 1];
    }
}
