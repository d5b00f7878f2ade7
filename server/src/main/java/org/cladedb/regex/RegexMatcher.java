package org.cladedb.regex;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Finds matches of one expression in one text, from left to right. Indices are in characters.
public final class RegexMatcher {
    /// Work on begins that came to nothing, per character of the text, before all begins are found
    /// at once.
    private static final int VAIN_WORK_MAX = 4;

    private static final int VAIN_WORK_LEAST = 1_000;

    private final Regex regex;
    private final Scan scan;
    private final Subject subject;
    private final Dissector dissector;

    /// Group i is from `spans[2i]` to `spans[2i + 1]`; -1 where it captured nothing.
    private final int[] spans;

    /// Where matches begin, once known.
    private @Nullable BitSet begins;

    private long vainWork;

    RegexMatcher(Regex regex, Scan scan) {
        this.regex = regex;
        this.scan = scan;
        subject = scan.subject();
        spans = new int[2 * regex.groupCount() + 2];
        dissector = new Dissector(regex, scan, spans);
    }

    /// Whether there is a match anywhere.
    public boolean matches() {
        return regex.hasReferences() ? find(0, true) : regex.search().firstEnd(scan, 0) >= 0;
    }

    /// Goes to the first match that begins at `from` or later. Without `groups` only the match
    /// itself is found.
    public boolean find(int from, boolean groups) {
        if (from > subject.length()) {
            return false;
        }
        return regex.hasReferences() ? findTrying(from) : findDirectly(from, groups);
    }

    public int start(int group) {
        return spans[2 * group];
    }

    public int end(int group) {
        return spans[2 * group + 1];
    }

    /// What a group captured; null for nothing.
    public @Nullable String group(int group) {
        return start(group) < 0 ? null : subject.substring(start(group), end(group));
    }

    private boolean findDirectly(int from, boolean groups) {
        int last = regex.search().firstEnd(scan, from);
        if (last < 0) {
            return false;
        }
        int begin = scan.open;
        long limit = VAIN_WORK_LEAST + (long) VAIN_WORK_MAX * subject.length();
        int end = endFrom(begin);
        while (end < 0) {
            // The search told that there is one up to `last`.
            begin = begins == null ? begin + 1 : begins.nextSetBit(begin + 1);
            long before = scan.steps();
            end = endFrom(begin);
            vainWork += scan.steps() - before;
            if (begins == null && vainWork > limit) {
                begins = regex.begins().begins(scan, 0, subject.length());
            }
        }
        Arrays.fill(spans, -1);
        if (groups && regex.groupCount() > 0 && !dissector.dissect(regex.tree(), begin, end)) {
            throw new IllegalStateException("a match cannot be divided");
        }
        setMatch(begin, end);
        return true;
    }

    private int endFrom(int begin) {
        Automaton whole = regex.forward(regex.tree());
        return regex.tree().prefersShorter()
                ? whole.shortest(scan, begin, begin, subject.length())
                : whole.longest(scan, begin, subject.length());
    }

    private void setMatch(int begin, int end) {
        spans[0] = begin;
        spans[1] = end;
    }

    /// With references, what the automata match must be tried.
    private boolean findTrying(int from) {
        int last = from;
        do {
            last = regex.search().firstEnd(scan, last);
            if (last < 0) {
                return false;
            }
            for (int begin = scan.open; begin <= last; begin++) {
                if (findAt(begin)) {
                    return true;
                }
            }
            last++;
        } while (last < subject.length());
        return false;
    }

    private boolean findAt(int begin) {
        Automaton whole = regex.forward(regex.tree());
        boolean shorter = regex.tree().prefersShorter();
        int length = subject.length();
        int end = endFrom(begin);
        while (end >= 0) {
            Arrays.fill(spans, -1);
            if (dissector.dissect(regex.tree(), begin, end)) {
                setMatch(begin, end);
                return true;
            }
            if (end == (shorter ? length : begin)) {
                return false;
            }
            end =
                    shorter
                            ? whole.shortest(scan, begin, end + 1, length)
                            : whole.longest(scan, begin, end - 1);
        }
        return false;
    }
}
