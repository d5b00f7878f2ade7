package org.cladedb.regex;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The text that automata run over, with what is known of it.
final class Scan {
    private static final int STEPS_PER_CHECK = 1 << 16;

    private final Regex regex;
    private final Subject subject;
    private final Runnable cancelCheck;

    /// Where each look holds; null until asked for.
    private final @Nullable BitSet[] looks;

    private long steps;
    private long nextCheck = STEPS_PER_CHECK;

    /// See [Automaton#firstEnd].
    int open;

    Scan(Regex regex, Subject subject, Runnable cancelCheck) {
        this.regex = regex;
        this.subject = subject;
        this.cancelCheck = cancelCheck;
        looks = new BitSet[regex.looks().size()];
    }

    Subject subject() {
        return subject;
    }

    void checkCancelled() {
        cancelCheck.run();
    }

    /// Counts work, in characters looked at, and checks for a cancel now and then.
    void spend(int count) {
        steps += count;
        if (steps >= nextCheck) {
            nextCheck = steps + STEPS_PER_CHECK;
            cancelCheck.run();
        }
    }

    /// The work since the scan began.
    long steps() {
        return steps;
    }

    /// Which of the looks with these numbers hold at `index`: one bit each.
    int truths(int[] numbers, int index) {
        int truths = 0;
        for (int i = 0; i < numbers.length; i++) {
            BitSet places = looks[numbers[i]];
            if (places == null) {
                places = regex.lookPlaces(numbers[i], this);
                looks[numbers[i]] = places;
            }
            truths |= (places.get(index) ? 1 : 0) << i;
        }
        return truths;
    }
}
