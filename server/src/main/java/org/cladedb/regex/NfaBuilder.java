package org.cladedb.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.cladedb.common.Cancellation;

/// Makes an [Nfa] of a [Syntax], from its end to its beginning.
final class NfaBuilder {
    /// About as many as PostgreSQL has memory for.
    private static final int STATES_MAX = 50_000;

    private final Alphabet alphabet;
    private final boolean backward;
    private final List<BitSet> sets = new ArrayList<>();
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<Syntax.Look> looks = new ArrayList<>();
    private byte[] kinds = new byte[16];
    private int[] successors = new int[16];
    private int[] arguments = new int[16];
    private int count;
    private int sides;

    private NfaBuilder(Alphabet alphabet, boolean backward) {
        this.alphabet = alphabet;
        this.backward = backward;
    }

    /// `backward`: it reads what it matches from its end.
    static Nfa build(Syntax syntax, Alphabet alphabet, boolean backward) {
        NfaBuilder builder = new NfaBuilder(alphabet, backward);
        int first = builder.add(syntax, builder.state(Nfa.MATCH, 0, 0));
        int start = builder.state(Nfa.SPLIT, first, first);
        return new Nfa(
                Arrays.copyOf(builder.kinds, builder.count),
                Arrays.copyOf(builder.successors, builder.count),
                Arrays.copyOf(builder.arguments, builder.count),
                builder.sets,
                builder.anchors,
                builder.looks,
                start,
                builder.sides);
    }

    private int state(byte kind, int successor, int argument) {
        if (count == STATES_MAX) {
            throw RegexFailure.TOO_COMPLEX.exception();
        }
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            successors = Arrays.copyOf(successors, 2 * count);
            arguments = Arrays.copyOf(arguments, 2 * count);
        }
        kinds[count] = kind;
        successors[count] = successor;
        arguments[count] = argument;
        return count++;
    }

    /// Adds the states of `syntax`, after which `next` follows; the first of them.
    private int add(Syntax syntax, int next) {
        return switch (syntax) {
            case Syntax.Characters(CodePoints set) ->
                    state(Nfa.CHARACTER, next, number(alphabet.colours(set), sets));
            case Syntax.Sequence(List<Syntax> parts) -> {
                int first = next;
                for (Syntax part : backward ? parts : parts.reversed()) {
                    Cancellation.check();
                    first = add(part, first);
                }
                yield first;
            }
            case Syntax.Alternatives(List<Syntax> parts) -> {
                int first = add(parts.getLast(), next);
                for (Syntax part : parts.reversed().subList(1, parts.size())) {
                    first = state(Nfa.SPLIT, add(part, next), first);
                }
                yield first;
            }
            case Syntax.Repetition repetition -> addRepetition(repetition, next);
            case Syntax.Place(Anchor anchor) -> {
                sides |= anchor.bits();
                yield state(Nfa.PLACE, next, number(anchor, anchors));
            }
            case Syntax.Look look -> state(Nfa.LOOK, next, number(look, looks));
        };
    }

    /// The number of an element, added if it is new; sets of colours are few.
    private static <T> int number(T element, List<T> all) {
        int known = all.indexOf(element);
        if (known >= 0) {
            return known;
        }
        all.add(element);
        return all.size() - 1;
    }

    private int addRepetition(Syntax.Repetition repetition, int next) {
        int first = next;
        int least = repetition.least();
        if (repetition.most() == Syntax.UNBOUNDED) {
            int loop = state(Nfa.SPLIT, next, 0);
            int again = add(repetition.part(), loop);
            arguments[loop] = again;
            if (least > 0) {
                first = again;
                least--;
            } else {
                first = loop;
            }
        } else {
            for (int i = least; i < repetition.most(); i++) {
                first = state(Nfa.SPLIT, add(repetition.part(), first), next);
            }
        }
        for (int i = 0; i < least; i++) {
            first = add(repetition.part(), first);
        }
        return first;
    }
}
