package org.cladedb.regex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A deterministic automaton whose states are made when they are first reached; when there are too
/// many of them, all are forgotten.
///
/// A state is a set of states of the [Nfa], before those that need no character are followed, with
/// what lies behind. Following them needs to know what lies ahead: so the step with the next
/// character also tells whether there is a match before it.
final class Automaton {
    private static final int DEAD = 0;
    private static final int TABLE_MAX = 1 << 18;
    private static final int STATES_LEAST = 4;
    private static final int LOOKS_MAX = 30;

    /// With more looks, steps are not remembered: each doubles the steps of a state.
    private static final int LOOKS_REMEMBERED = 3;

    private static final int CHECK_MASK = (1 << 16) - 1;

    private final Nfa nfa;
    private final Alphabet alphabet;
    private final boolean backward;
    private final boolean searching;
    private final int edge;
    private final int[] looks;
    private final boolean remembers;
    private final int stride;
    private final Map<Kernel, Integer> numbers = new HashMap<>();
    private final int[] initial = new int[Anchor.SIDES];
    private final Closure closure;

    /// Steps, `(target << 1 | match) + 1`; 0 for unknown.
    private int[] table;

    private Kernel[] kernels;
    private boolean[] fresh;
    private int count = 1;

    /// What a state is: states of the NFA in ascending order, and the side behind.
    private record Kernel(int[] states, int behind) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kernel kernel
                    && behind == kernel.behind
                    && Arrays.equals(states, kernel.states);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(states) + behind;
        }
    }

    /// `searching`: a match may begin anywhere. `looks` gives the numbers of the looks of `nfa`.
    Automaton(Nfa nfa, Alphabet alphabet, boolean backward, boolean searching, int[] looks) {
        if (looks.length > LOOKS_MAX) {
            throw RegexFailure.TOO_COMPLEX.exception();
        }
        this.nfa = nfa;
        this.alphabet = alphabet;
        this.backward = backward;
        this.searching = searching && (backward || !nfa.isAnchored());
        this.looks = looks;
        edge = alphabet.size();
        remembers = looks.length <= LOOKS_REMEMBERED;
        stride = remembers ? (edge + 1) << looks.length : 0;
        table = new int[STATES_LEAST * stride];
        kernels = new Kernel[STATES_LEAST];
        fresh = new boolean[STATES_LEAST];
        kernels[DEAD] = new Kernel(new int[0], 0);
        closure = new Closure(nfa);
    }

    /// The last end, up to `stop`, of a match that begins at `begin`; -1 for none.
    int longest(Scan scan, int begin, int stop) {
        int state = initialState(scan, begin);
        int best = -1;
        int i = begin;
        while (true) {
            int step = step(scan, state, i);
            best = (step & 1) != 0 ? i : best;
            state = step >> 1;
            if (i == stop || state == DEAD) {
                break;
            }
            check(scan, ++i);
        }
        scan.spend(i - begin + 1);
        return best;
    }

    /// The first end from `least` to `stop` of a match that begins at `begin`; -1 for none.
    int shortest(Scan scan, int begin, int least, int stop) {
        int state = initialState(scan, begin);
        int i = begin;
        int found = -1;
        while (true) {
            int step = step(scan, state, i);
            if ((step & 1) != 0 && i >= least) {
                found = i;
                break;
            }
            state = step >> 1;
            if (i == stop || state == DEAD) {
                break;
            }
            check(scan, ++i);
        }
        scan.spend(i - begin + 1);
        return found;
    }

    /// For one that searches: the first end of a match that begins at `from` or later, -1 for none.
    /// No match with that end begins before `scan.open`.
    int firstEnd(Scan scan, int from) {
        int state = initialState(scan, from);
        int stop = scan.subject().length();
        int i = from;
        while (true) {
            if (fresh[state]) {
                scan.open = i;
            }
            int step = step(scan, state, i);
            if ((step & 1) != 0) {
                return i;
            }
            state = step >> 1;
            if (i == stop || state == DEAD) {
                return -1;
            }
            check(scan, ++i);
        }
    }

    /// All ends from `begin` to `stop` of matches that begin at `begin`, or of matches anywhere
    /// there for one that searches; counted from `begin`.
    BitSet ends(Scan scan, int begin, int stop) {
        BitSet ends = new BitSet(stop - begin + 1);
        int state = initialState(scan, begin);
        int i = begin;
        while (true) {
            int step = step(scan, state, i);
            if ((step & 1) != 0) {
                ends.set(i - begin);
            }
            state = step >> 1;
            if (i == stop || state == DEAD) {
                return ends;
            }
            check(scan, ++i);
        }
    }

    /// For one that reads backward: all begins from `least` to `end` of matches that end at `end`,
    /// or of matches anywhere there for one that searches; counted from `least`.
    BitSet begins(Scan scan, int least, int end) {
        BitSet begins = new BitSet(end - least + 1);
        int state = initialState(scan, end);
        int i = end;
        while (true) {
            int step = step(scan, state, i);
            if ((step & 1) != 0) {
                begins.set(i - least);
            }
            state = step >> 1;
            if (i == least || state == DEAD) {
                return begins;
            }
            check(scan, --i);
        }
    }

    private static void check(Scan scan, int index) {
        if ((index & CHECK_MASK) == 0) {
            scan.checkCancelled();
        }
    }

    private int colour(Scan scan, int index) {
        Subject subject = scan.subject();
        return index >= 0 && index < subject.length() ? alphabet.colour(subject.at(index)) : edge;
    }

    private int initialState(Scan scan, int at) {
        int behind = alphabet.side(colour(scan, backward ? at : at - 1)) & nfa.sides();
        if (initial[behind] == 0) {
            initial[behind] = number(new Kernel(new int[] {nfa.start()}, behind));
        }
        return initial[behind];
    }

    private int step(Scan scan, int state, int at) {
        int colour = colour(scan, backward ? at - 1 : at);
        int truths = looks.length == 0 ? 0 : scan.truths(looks, at);
        if (remembers) {
            int known = table[state * stride + (colour << looks.length | truths)];
            if (known != 0) {
                return known - 1;
            }
        }
        return makeStep(state, colour, truths);
    }

    private int makeStep(int state, int colour, int truths) {
        Kernel kernel = kernels[state];
        int ahead = alphabet.side(colour);
        closure.follow(
                kernel.states(),
                backward ? ahead : kernel.behind(),
                backward ? kernel.behind() : ahead,
                truths);
        int target = DEAD;
        int before = count;
        if (colour != edge) {
            int[] next = closure.after(colour, searching);
            if (next.length > 0) {
                target = number(new Kernel(next, ahead & nfa.sides()));
            }
        }
        int step = target << 1 | (closure.matches() ? 1 : 0);
        if (remembers && count >= before) {
            table[state * stride + (colour << looks.length | truths)] = step + 1;
        }
        return step;
    }

    private int number(Kernel kernel) {
        Integer known = numbers.get(kernel);
        if (known != null) {
            return known;
        }
        if (count == kernels.length) {
            makeRoom();
        }
        kernels[count] = kernel;
        fresh[count] = kernel.states().length == 1 && kernel.states()[0] == nfa.start();
        numbers.put(kernel, count);
        return count++;
    }

    private void makeRoom() {
        int capacity = 2 * count;
        if ((long) capacity * Math.max(stride, nfa.size()) <= TABLE_MAX) {
            kernels = Arrays.copyOf(kernels, capacity);
            fresh = Arrays.copyOf(fresh, capacity);
            table = Arrays.copyOf(table, capacity * stride);
            return;
        }
        numbers.clear();
        Arrays.fill(table, 0);
        Arrays.fill(initial, 0);
        count = 1;
    }

    /// The numbers of the looks that an automaton of `nfa` asks for.
    static int[] lookNumbers(Nfa nfa, List<Syntax.Look> all) {
        int[] numbers = new int[nfa.looks().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = all.indexOf(nfa.looks().get(i));
        }
        return numbers;
    }
}
