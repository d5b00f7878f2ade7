package org.cladedb.regex;

import java.util.BitSet;
import java.util.List;

/// A nondeterministic automaton: each state has a kind and up to two successors.
///
/// @param start the state it begins in, to which nothing leads back
/// @param looks the conditions that its states of kind `LOOK` name
/// @param sides what its anchors look at, bits of [Anchor]
record Nfa(
        byte[] kinds,
        int[] successors,
        int[] arguments,
        List<BitSet> sets,
        List<Anchor> anchors,
        List<Syntax.Look> looks,
        int start,
        int sides) {
    /// Goes on with a character of set `argument`.
    static final byte CHARACTER = 0;

    /// Goes on to the successor and to state `argument`.
    static final byte SPLIT = 1;

    /// Goes on if anchor `argument` holds.
    static final byte PLACE = 2;

    /// Goes on if look `argument` holds.
    static final byte LOOK = 3;

    static final byte MATCH = 4;

    int size() {
        return kinds.length;
    }

    /// Whether every match begins at the start of the text.
    boolean isAnchored() {
        BitSet seen = new BitSet();
        return !reachesFreely(start, seen);
    }

    private boolean reachesFreely(int first, BitSet seen) {
        int[] stack = new int[kinds.length + 1];
        int count = 0;
        stack[count++] = first;
        seen.set(first);
        while (count > 0) {
            int state = stack[--count];
            switch (kinds[state]) {
                case CHARACTER, MATCH -> {
                    return true;
                }
                case PLACE -> {
                    if (anchors.get(arguments[state]) != Anchor.TEXT_START) {
                        count = push(stack, count, successors[state], seen);
                    }
                }
                case SPLIT -> {
                    count = push(stack, count, successors[state], seen);
                    count = push(stack, count, arguments[state], seen);
                }
                default -> count = push(stack, count, successors[state], seen);
            }
        }
        return false;
    }

    private static int push(int[] stack, int count, int state, BitSet seen) {
        if (seen.get(state)) {
            return count;
        }
        seen.set(state);
        stack[count] = state;
        return count + 1;
    }
}
