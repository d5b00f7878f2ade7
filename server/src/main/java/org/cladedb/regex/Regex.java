package org.cladedb.regex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression, compiled. It learns while it is used; so it belongs to one thread.
public final class Regex {
    private final Dissection tree;
    private final Alphabet alphabet;
    private final int groupCount;
    private final boolean references;
    private final boolean ignoreCase;

    /// The looks of the expression, the inner before the outer.
    private final List<Syntax.Look> looks = new ArrayList<>();

    private final @Nullable Automaton[] forward;
    private final @Nullable Automaton[] backward;
    private final @Nullable Automaton[] lookAutomata;
    private final Automaton search;
    private @Nullable Automaton begins;

    private Regex(Parser parser, Dissection tree) {
        this.tree = tree;
        groupCount = parser.groupCount();
        references = parser.hasReferences();
        ignoreCase = parser.ignoresCase();
        forward = new Automaton[parser.nodeCount()];
        backward = new Automaton[parser.nodeCount()];
        alphabet = Alphabet.of(tree.syntax());
        collectLooks(tree.syntax());
        lookAutomata = new Automaton[looks.size()];
        search = automaton(tree.syntax(), false, true);
    }

    /// Reads an expression; a `DatabaseException` 2201B says what is wrong with it.
    public static Regex compile(String expression, RegexOptions options) {
        Parser parser = new Parser(expression.codePoints().toArray(), options);
        return new Regex(parser, parser.parse());
    }

    /// How many groups capture.
    public int groupCount() {
        return groupCount;
    }

    /// Prepares to search `subject`. `cancelCheck` is called from time to time, and throws to end
    /// it.
    public RegexMatcher matcher(Subject subject, Runnable cancelCheck) {
        return new RegexMatcher(this, new Scan(this, subject, cancelCheck));
    }

    private void collectLooks(Syntax syntax) {
        switch (syntax) {
            case Syntax.Characters _, Syntax.Place _ -> {}
            case Syntax.Sequence sequence -> sequence.parts().forEach(this::collectLooks);
            case Syntax.Alternatives parts -> parts.parts().forEach(this::collectLooks);
            case Syntax.Repetition repetition -> collectLooks(repetition.part());
            case Syntax.Look look -> {
                collectLooks(look.part());
                looks.add(look);
            }
        }
    }

    private Automaton automaton(Syntax syntax, boolean reads, boolean searching) {
        Nfa nfa = NfaBuilder.build(syntax, alphabet, reads);
        return new Automaton(nfa, alphabet, reads, searching, Automaton.lookNumbers(nfa, looks));
    }

    List<Syntax.Look> looks() {
        return looks;
    }

    Dissection tree() {
        return tree;
    }

    boolean hasReferences() {
        return references;
    }

    boolean ignoresCase() {
        return ignoreCase;
    }

    /// Finds where matches end.
    Automaton search() {
        return search;
    }

    /// Finds where matches begin, reading backward.
    Automaton begins() {
        if (begins == null) {
            begins = automaton(tree.syntax(), true, true);
        }
        return begins;
    }

    Automaton forward(Dissection part) {
        Automaton known = forward[part.id()];
        if (known == null) {
            known = automaton(part.syntax(), false, false);
            forward[part.id()] = known;
        }
        return known;
    }

    Automaton backward(Dissection part) {
        Automaton known = backward[part.id()];
        if (known == null) {
            known = automaton(part.syntax(), true, false);
            backward[part.id()] = known;
        }
        return known;
    }

    /// All places where a look holds.
    BitSet lookPlaces(int number, Scan scan) {
        Syntax.Look look = looks.get(number);
        Automaton automaton = lookAutomata[number];
        if (automaton == null) {
            automaton = automaton(look.part(), look.ahead(), true);
            lookAutomata[number] = automaton;
        }
        int length = scan.subject().length();
        BitSet places =
                look.ahead() ? automaton.begins(scan, 0, length) : automaton.ends(scan, 0, length);
        if (look.negated()) {
            places.flip(0, length + 1);
        }
        return places;
    }
}
