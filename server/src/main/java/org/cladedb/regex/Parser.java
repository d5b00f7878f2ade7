package org.cladedb.regex;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Cancellation;

/// Reads an expression into the tree of parts that its matches are divided into.
///
/// What need not be divided stays one leaf: as long as no group captures and all parts prefer the
/// same, it does not matter which part matches what. A branch is cut where that ends: into what was
/// before, the part for which it matters, and the rest.
final class Parser {
    private static final int DEPTH_MAX = 1_500;
    private static final int REPETITION_MAX = 255;

    private final Lexer lexer;
    private final CharacterSets sets;

    /// What the groups that are closed match; null for others.
    private final List<Syntax> groups = new ArrayList<>();

    private boolean referenced;
    private int nodes;
    private int depth;

    /// How often, and what is preferred: bits of [Preference].
    private record Quantifier(int least, int most, int preference) {
        static final Quantifier ONCE = new Quantifier(1, 1, 0);

        boolean isOnce() {
            return least == 1 && most == 1;
        }
    }

    Parser(int[] text, RegexOptions given) {
        lexer = new Lexer(text, given);
        sets = new CharacterSets(lexer.options);
        groups.add(Syntax.EMPTY);
    }

    Dissection parse() {
        Dissection tree = parseAlternatives(Token.END, false);
        if (lexer.token != Token.END) {
            throw RegexFailure.PARENTHESES.exception();
        }
        return tree;
    }

    int groupCount() {
        return lexer.groups;
    }

    int nodeCount() {
        return nodes;
    }

    boolean hasReferences() {
        return referenced;
    }

    boolean ignoresCase() {
        return lexer.options.ignoreCase();
    }

    private Dissection node(Dissection.Kind kind, int bits, List<Dissection> parts, Syntax syntax) {
        return new Dissection(nodes++, kind, bits, 0, 0, 1, 1, parts, syntax);
    }

    private Dissection leaf(int bits, Syntax syntax) {
        return node(Dissection.Kind.LEAF, bits, List.of(), syntax);
    }

    private Dissection concatenation(int bits, Dissection left, Dissection right) {
        return node(
                Dissection.Kind.CONCATENATION,
                bits,
                List.of(left, right),
                Syntax.sequence(left.syntax(), right.syntax()));
    }

    /// `look`: within a condition on a place, where nothing is captured.
    private Dissection parseAlternatives(Token closing, boolean look) {
        enter();
        List<Dissection> branches = new ArrayList<>();
        int bits = Preference.LONGER;
        do {
            Dissection branch = parseBranch(closing, look);
            bits |= Preference.inherited(bits | branch.bits());
            branches.add(branch);
        } while (lexer.eat(Token.BAR));
        if (lexer.token != closing) {
            throw RegexFailure.PARENTHESES.exception();
        }
        depth--;
        if (branches.size() == 1) {
            return branches.getFirst();
        }
        Syntax syntax = new Syntax.Alternatives(branches.stream().map(Dissection::syntax).toList());
        return Preference.needsDissection(bits)
                ? node(Dissection.Kind.ALTERNATIVES, bits, List.copyOf(branches), syntax)
                : leaf(bits, syntax);
    }

    private void enter() {
        if (++depth > DEPTH_MAX) {
            throw RegexFailure.TOO_COMPLEX.exception();
        }
    }

    private boolean atBranchEnd(Token closing) {
        return lexer.token == Token.BAR || lexer.token == closing || lexer.token == Token.END;
    }

    private Dissection parseBranch(Token closing, boolean look) {
        enter();
        List<Syntax> before = new ArrayList<>();
        int bits = 0;
        while (!atBranchEnd(closing)) {
            Cancellation.check();
            if (lexer.token == Token.PLACE || lexer.token == Token.LOOK) {
                before.add(parsePlace());
                continue;
            }
            boolean reference = lexer.token == Token.REFERENCE;
            int group = reference ? lexer.value : 0;
            Dissection atom = reference ? parseReference(look) : parseAtom(look);
            Quantifier quantifier = parseQuantifier();
            if (quantifier.most() == 0) {
                before.add(Syntax.EMPTY);
                continue;
            }
            int together = bits | quantifier.preference() | atom.bits();
            boolean divided =
                    reference
                            || atom.capture() > 0
                            || Preference.needsDissection(Preference.inherited(together));
            if (divided) {
                Dissection part =
                        reference
                                ? repeatReference(atom, group, quantifier)
                                : repeat(atom, quantifier);
                int partBits = Preference.combined(quantifier.preference(), atom.bits());
                Dissection rest = atBranchEnd(closing) ? null : parseBranch(closing, look);
                depth--;
                Dissection first = leaf(bits, Syntax.sequence(before.toArray(Syntax[]::new)));
                return rest == null
                        ? joinLast(before.isEmpty(), first, part)
                        : join(before.isEmpty(), first, part, partBits, rest);
            }
            before.add(Syntax.repetition(atom.syntax(), quantifier.least(), quantifier.most()));
            bits = together;
        }
        depth--;
        return leaf(bits, Syntax.sequence(before.toArray(Syntax[]::new)));
    }

    /// `before`, then `part` as the end of the branch.
    private Dissection joinLast(boolean nothingBefore, Dissection before, Dissection part) {
        return nothingBefore
                ? part
                : concatenation(
                        before.bits() | Preference.combined(before.bits(), part.bits()),
                        before,
                        part);
    }

    /// `before`, then `part`, then `rest`.
    private Dissection join(
            boolean nothingBefore,
            Dissection before,
            Dissection part,
            int partBits,
            Dissection rest) {
        int tailBits = partBits | Preference.combined(partBits, rest.bits());
        int bits = before.bits() | Preference.combined(before.bits(), tailBits);
        if (nothingBefore) {
            return concatenation(bits, part, rest);
        }
        boolean plainTail =
                part.kind() == Dissection.Kind.LEAF
                        && rest.kind() == Dissection.Kind.LEAF
                        && !Preference.needsDissection(
                                Preference.inherited(part.bits() | rest.bits()));
        Dissection tail =
                plainTail
                        ? leaf(
                                Preference.combined(part.bits(), rest.bits()),
                                Syntax.sequence(part.syntax(), rest.syntax()))
                        : concatenation(tailBits, part, rest);
        return concatenation(bits, before, tail);
    }

    private Dissection repeatReference(Dissection atom, int group, Quantifier quantifier) {
        Syntax syntax = Syntax.repetition(atom.syntax(), quantifier.least(), quantifier.most());
        return new Dissection(
                nodes++,
                Dissection.Kind.REFERENCE,
                atom.bits() | Preference.combined(quantifier.preference(), atom.bits()),
                0,
                group,
                quantifier.least(),
                quantifier.most(),
                List.of(),
                syntax);
    }

    private Dissection repeat(Dissection atom, Quantifier quantifier) {
        int inside = atom.bits() & (Preference.LONGER | Preference.SHORTER | Preference.MIXED);
        int preference = quantifier.preference();
        if (quantifier.isOnce() && (preference == 0 || inside == 0 || preference == inside)) {
            return atom;
        }
        int bits = Preference.combined(preference, atom.bits());
        int least = quantifier.least();
        int most = quantifier.most();
        Syntax syntax = Syntax.repetition(atom.syntax(), least, most);
        if ((atom.bits() & (Preference.CAPTURE | Preference.REFERENCE)) == 0) {
            return leaf(bits, syntax);
        }
        if (least > 0 && !atom.hasReference()) {
            // Only the last of the repetitions captures: the others need not be told apart.
            int others = most == Syntax.UNBOUNDED ? most : most - 1;
            Syntax first =
                    others == 0
                            ? Syntax.EMPTY
                            : Syntax.repetition(atom.syntax(), least - 1, others);
            return concatenation(bits, leaf(Preference.own(bits), first), atom);
        }
        return new Dissection(
                nodes++,
                Dissection.Kind.REPETITION,
                bits,
                0,
                0,
                least,
                most,
                List.of(atom),
                syntax);
    }

    private Syntax parsePlace() {
        int value = lexer.value;
        Anchor anchor = lexer.anchor;
        boolean look = lexer.token == Token.LOOK;
        lexer.next();
        if (!look) {
            return new Syntax.Place(anchor);
        }
        Dissection inside = parseAlternatives(Token.CLOSE, true);
        lexer.next();
        return new Syntax.Look(inside.syntax(), (value & 2) != 0, (value & 1) != 0);
    }

    private Dissection parseReference(boolean look) {
        int group = lexer.value;
        if (look || group >= groups.size() || groups.get(group) == null) {
            throw RegexFailure.BACK_REFERENCE.exception();
        }
        referenced = true;
        lexer.next();
        return leaf(Preference.REFERENCE, Syntax.withoutPlaces(groups.get(group)));
    }

    private Dissection parseAtom(boolean look) {
        int value = lexer.value;
        return switch (lexer.token) {
            case OPEN -> parseGroup(value == 1 && !look, look);
            case OPEN_BRACKET -> leaf(0, new Syntax.Characters(BracketParser.parse(lexer, sets)));
            case CLOSE -> {
                if (lexer.options.syntax() != RegexOptions.Syntax.EXTENDED) {
                    throw RegexFailure.PARENTHESES.exception();
                }
                yield single(sets.character(')'));
            }
            case CHARACTER -> single(sets.character(value));
            case ANY -> single(sets.any());
            case CLASS -> single(sets.named(lexer.characterClass));
            case CLASS_COMPLEMENT -> single(sets.named(lexer.characterClass).complement());
            default -> throw RegexFailure.QUANTIFIER.exception();
        };
    }

    private Dissection single(CodePoints set) {
        lexer.next();
        return leaf(0, new Syntax.Characters(set));
    }

    private Dissection parseGroup(boolean captures, boolean look) {
        int group = 0;
        if (captures) {
            group = ++lexer.groups;
            groups.add(null);
        }
        lexer.next();
        Dissection inside = parseAlternatives(Token.CLOSE, look);
        lexer.next();
        if (!captures) {
            return inside;
        }
        groups.set(group, inside.syntax());
        if (inside.capture() == 0) {
            return inside.withCapture(group);
        }
        return node(Dissection.Kind.CAPTURE, inside.bits(), List.of(inside), inside.syntax())
                .withCapture(group);
    }

    private Quantifier parseQuantifier() {
        int greedy = lexer.value == 1 ? Preference.LONGER : Preference.SHORTER;
        return switch (lexer.token) {
            case STAR -> quantifier(0, Syntax.UNBOUNDED, greedy);
            case PLUS -> quantifier(1, Syntax.UNBOUNDED, greedy);
            case QUESTION_MARK -> quantifier(0, 1, greedy);
            case OPEN_BOUND -> parseBound();
            default -> Quantifier.ONCE;
        };
    }

    /// The one that ends with the current token.
    private Quantifier quantifier(int least, int most, int preference) {
        lexer.next();
        return new Quantifier(least, most, preference);
    }

    private Quantifier parseBound() {
        lexer.next();
        int least = parseNumber();
        int most = least;
        int preference = 0;
        boolean range = lexer.eat(Token.COMMA);
        if (range) {
            most = lexer.token == Token.DIGIT ? parseNumber() : Syntax.UNBOUNDED;
            preference = lexer.value == 1 ? Preference.LONGER : Preference.SHORTER;
        }
        if (least > most || lexer.token != Token.CLOSE_BOUND) {
            throw RegexFailure.REPETITION.exception();
        }
        return quantifier(least, most, preference);
    }

    private int parseNumber() {
        int number = 0;
        while (lexer.token == Token.DIGIT && number < REPETITION_MAX) {
            number = number * 10 + lexer.value;
            lexer.next();
        }
        if (lexer.token == Token.DIGIT || number > REPETITION_MAX) {
            throw RegexFailure.REPETITION.exception();
        }
        return number;
    }
}
