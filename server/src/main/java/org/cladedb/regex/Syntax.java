package org.cladedb.regex;

import java.util.ArrayList;
import java.util.List;

/// What a part of an expression matches, without regard to what it captures and prefers.
sealed interface Syntax {
    Syntax EMPTY = new Sequence(List.of());

    /// A repetition without an upper bound.
    int UNBOUNDED = Integer.MAX_VALUE;

    /// One character out of a set.
    record Characters(CodePoints set) implements Syntax {}

    record Sequence(List<Syntax> parts) implements Syntax {}

    record Alternatives(List<Syntax> parts) implements Syntax {}

    record Repetition(Syntax part, int least, int most) implements Syntax {}

    /// A place between two characters.
    record Place(Anchor anchor) implements Syntax {}

    /// A place at which a match of `part` begins (`ahead`) or ends, or none does (`negated`).
    record Look(Syntax part, boolean ahead, boolean negated) implements Syntax {}

    static Syntax sequence(Syntax... parts) {
        List<Syntax> all = new ArrayList<>();
        for (Syntax part : parts) {
            if (part instanceof Sequence sequence) {
                all.addAll(sequence.parts());
            } else {
                all.add(part);
            }
        }
        return all.size() == 1 ? all.getFirst() : new Sequence(List.copyOf(all));
    }

    static Syntax repetition(Syntax part, int least, int most) {
        return least == 1 && most == 1 ? part : new Repetition(part, least, most);
    }

    /// The same without its conditions on places.
    static Syntax withoutPlaces(Syntax syntax) {
        return switch (syntax) {
            case Characters characters -> characters;
            case Sequence(List<Syntax> parts) ->
                    new Sequence(parts.stream().map(Syntax::withoutPlaces).toList());
            case Alternatives(List<Syntax> parts) ->
                    new Alternatives(parts.stream().map(Syntax::withoutPlaces).toList());
            case Repetition(Syntax part, int least, int most) ->
                    new Repetition(withoutPlaces(part), least, most);
            case Place _, Look _ -> EMPTY;
        };
    }
}
