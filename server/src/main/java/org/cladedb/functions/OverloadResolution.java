package org.cladedb.functions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Chooses among overloads by PostgreSQL's rules (its manual, 10.2 and 10.3), one step a method.
final class OverloadResolution {
    /// An overload with its argument types spread to the number of arguments of the call.
    record Candidate(FunctionDefinition definition, List<SqlType> types, boolean spread) {}

    /// What came of it: a candidate, or none with `matching` telling "none" (0) from "many".
    record Choice(@Nullable Candidate candidate, int matching) {}

    private final List<SqlType> inputs;
    private List<Candidate> candidates;

    private OverloadResolution(List<Candidate> candidates, List<SqlType> inputs) {
        this.candidates = candidates;
        this.inputs = inputs;
    }

    static Choice choose(List<FunctionDefinition> overloads, List<SqlType> inputs) {
        Candidate exact = exact(overloads, inputs);
        if (exact != null) {
            return new Choice(exact, 1);
        }
        List<Candidate> all = new ArrayList<>();
        for (FunctionDefinition overload : overloads) {
            Candidate candidate = candidate(overload, inputs.size());
            if (candidate != null && accepts(candidate.types, inputs)) {
                addUnlessHidden(all, candidate);
            }
        }
        if (all.size() <= 1) {
            return new Choice(all.isEmpty() ? null : all.getFirst(), all.size());
        }
        return new Choice(new OverloadResolution(all, inputs).best(), all.size());
    }

    /// The candidate whose declared types are the input types.
    static @Nullable Candidate exact(List<FunctionDefinition> overloads, List<SqlType> inputs) {
        List<Candidate> all = new ArrayList<>(1);
        for (FunctionDefinition overload : overloads) {
            Candidate candidate = candidate(overload, inputs.size());
            if (candidate != null && same(candidate.types, inputs)) {
                addUnlessHidden(all, candidate);
            }
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    private static boolean same(List<SqlType> types, List<SqlType> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!Coercions.sameType(types.get(i), inputs.get(i))) {
                return false;
            }
        }
        return true;
    }

    static @Nullable Candidate candidate(FunctionDefinition definition, int count) {
        List<SqlType> declared = definition.argumentTypes();
        if (definition.variadic() && count >= declared.size()) {
            List<SqlType> types = new ArrayList<>(declared.subList(0, declared.size() - 1));
            SqlType last = variadicElement(declared.getLast());
            while (types.size() < count) {
                types.add(last);
            }
            return new Candidate(definition, types, true);
        }
        if (definition.variadic()
                || count > declared.size()
                || count < definition.requiredArguments()) {
            return null;
        }
        return new Candidate(definition, declared.subList(0, count), false);
    }

    private static SqlType variadicElement(SqlType declared) {
        return switch (declared.kind()) {
            case ANYARRAY -> SqlType.of(TypeKind.ANYELEMENT);
            case ANYCOMPATIBLEARRAY -> SqlType.of(TypeKind.ANYCOMPATIBLE);
            default -> declared instanceof SqlType.Array array ? array.element() : declared;
        };
    }

    /// Of two overloads with equal types, the one that is not variadic and leaves fewer defaults
    /// hides the other.
    private static void addUnlessHidden(List<Candidate> all, Candidate added) {
        for (int i = 0; i < all.size(); i++) {
            Candidate other = all.get(i);
            if (other.types.equals(added.types)) {
                if ((other.spread && !added.spread)
                        || other.definition.argumentTypes().size()
                                > added.definition.argumentTypes().size()) {
                    all.set(i, added);
                }
                return;
            }
        }
        all.add(added);
    }

    static boolean accepts(List<SqlType> declared, List<SqlType> inputs) {
        boolean polymorphic = false;
        for (int i = 0; i < inputs.size(); i++) {
            SqlType want = declared.get(i);
            if (PolymorphicTypes.isPolymorphic(want)) {
                polymorphic = true;
            } else if (want.kind() != TypeKind.ANY && !Coercions.isImplicit(inputs.get(i), want)) {
                return false;
            }
        }
        return !polymorphic || PolymorphicTypes.fits(declared, inputs);
    }

    private @Nullable Candidate best() {
        keepMost(candidate -> countExact(candidate, false));
        if (candidates.size() > 1) {
            keepMost(candidate -> countExact(candidate, true));
        }
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (inputs.stream().noneMatch(OverloadResolution::isUnknown)) {
            return null;
        }
        keepByCategoryOfUnknowns();
        return candidates.size() == 1 ? candidates.getFirst() : assumeKnownType();
    }

    private void keepMost(ToIntFunction<Candidate> score) {
        int most = candidates.stream().mapToInt(score).max().orElse(0);
        candidates =
                candidates.stream()
                        .filter(candidate -> score.applyAsInt(candidate) == most)
                        .toList();
    }

    private int countExact(Candidate candidate, boolean orPreferred) {
        int count = 0;
        for (int i = 0; i < inputs.size(); i++) {
            SqlType input = inputs.get(i);
            SqlType want = candidate.types.get(i);
            if (isUnknown(input)) {
                continue;
            }
            if (Coercions.sameType(want, input)
                    || (orPreferred
                            && isPreferred(want)
                            && Coercions.category(want) == Coercions.category(input))) {
                count++;
            }
        }
        return count;
    }

    private void keepByCategoryOfUnknowns() {
        char[] categories = new char[inputs.size()];
        boolean[] preferred = new boolean[inputs.size()];
        for (int i = 0; i < categories.length; i++) {
            if (isUnknown(inputs.get(i)) && !chooseCategory(i, categories, preferred)) {
                return;
            }
        }
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean keep = true;
            for (int i = 0; i < categories.length && keep; i++) {
                SqlType want = candidate.types.get(i);
                keep =
                        !isUnknown(inputs.get(i))
                                || (Coercions.category(want) == categories[i]
                                        && (!preferred[i] || isPreferred(want)));
            }
            if (keep) {
                kept.add(candidate);
            }
        }
        if (!kept.isEmpty()) {
            candidates = kept;
        }
    }

    /// The category of an unknown literal at `slot`: string when any candidate takes one, else the
    /// only one there is. False when the candidates disagree.
    private boolean chooseCategory(int slot, char[] categories, boolean[] preferred) {
        boolean conflict = false;
        for (Candidate candidate : candidates) {
            SqlType want = candidate.types.get(slot);
            char category = Coercions.category(want);
            if (categories[slot] == 0 || (category == 'S' && categories[slot] != 'S')) {
                categories[slot] = category;
                preferred[slot] = isPreferred(want);
            } else if (category == categories[slot]) {
                preferred[slot] |= isPreferred(want);
            } else {
                conflict = true;
            }
        }
        return !conflict || categories[slot] == 'S';
    }

    /// When all known inputs have one type, tries the unknown ones with that type too.
    private @Nullable Candidate assumeKnownType() {
        SqlType known = null;
        for (SqlType input : inputs) {
            if (isUnknown(input)) {
                continue;
            }
            if (known != null && !Coercions.sameType(known, input)) {
                return null;
            }
            known = input;
        }
        if (known == null) {
            return null;
        }
        SqlType[] assumed = new SqlType[inputs.size()];
        Arrays.fill(assumed, known);
        List<Candidate> matching =
                candidates.stream()
                        .filter(candidate -> accepts(candidate.types, List.of(assumed)))
                        .toList();
        return matching.size() == 1 ? matching.getFirst() : null;
    }

    private static boolean isUnknown(SqlType type) {
        return type.kind() == TypeKind.UNKNOWN;
    }

    private static boolean isPreferred(SqlType type) {
        return !type.isArray() && type.kind().isPreferred();
    }
}
