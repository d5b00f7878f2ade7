package org.cladedb.regex;

import java.util.Arrays;

/// The states of an [Nfa] that are reached without a character, and those reached with one from
/// there.
final class Closure {
    private final Nfa nfa;
    private final int[] marks;
    private final int[] stack;
    private final int[] reached;
    private int mark;
    private int reachedCount;
    private boolean matches;

    Closure(Nfa nfa) {
        this.nfa = nfa;
        marks = new int[nfa.size()];
        stack = new int[nfa.size() + 1];
        reached = new int[nfa.size()];
    }

    /// Follows `from` where `before` and `after` are what is on both sides, and `truths` tells of
    /// each look of the NFA whether it holds.
    void follow(int[] from, int before, int after, int truths) {
        mark++;
        reachedCount = 0;
        matches = false;
        for (int state : from) {
            if (marks[state] != mark) {
                follow(state, before, after, truths);
            }
        }
    }

    private void follow(int first, int before, int after, int truths) {
        int depth = push(0, first);
        while (depth > 0) {
            int state = stack[--depth];
            int argument = nfa.arguments()[state];
            int successor = nfa.successors()[state];
            switch (nfa.kinds()[state]) {
                case Nfa.CHARACTER -> reached[reachedCount++] = state;
                case Nfa.MATCH -> matches = true;
                case Nfa.SPLIT -> {
                    depth = push(depth, argument);
                    depth = push(depth, successor);
                }
                case Nfa.PLACE -> {
                    if (nfa.anchors().get(argument).holds(before, after)) {
                        depth = push(depth, successor);
                    }
                }
                default -> {
                    if ((truths >> argument & 1) != 0) {
                        depth = push(depth, successor);
                    }
                }
            }
        }
    }

    private int push(int depth, int state) {
        if (marks[state] == mark) {
            return depth;
        }
        marks[state] = mark;
        stack[depth] = state;
        return depth + 1;
    }

    boolean matches() {
        return matches;
    }

    /// The states after a character of that colour, ascending; with the first one of all `again`.
    int[] after(int colour, boolean again) {
        mark++;
        int count = again ? push(0, nfa.start()) : 0;
        for (int i = 0; i < reachedCount; i++) {
            int state = reached[i];
            if (nfa.sets().get(nfa.arguments()[state]).get(colour)) {
                count = push(count, nfa.successors()[state]);
            }
        }
        int[] states = Arrays.copyOf(stack, count);
        Arrays.sort(states);
        return states;
    }
}
