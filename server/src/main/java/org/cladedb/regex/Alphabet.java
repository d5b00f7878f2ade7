package org.cladedb.regex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.cladedb.common.Cancellation;
import org.jspecify.annotations.Nullable;

/// Divides all characters into colours: two of the same colour are alike to every set of an
/// expression.
final class Alphabet {
    private static final int ASCII = 128;
    private static final int PAGE_BITS = 8;

    private final int[] starts;
    private final int[] colours;
    private final int[] sides;
    private final short[] ascii = new short[ASCII];

    /// Colours of 256 characters each, filled in when the first of them is met.
    private final short[] @Nullable [] pages = new short[0x10000 >> PAGE_BITS][];

    private final Map<CodePoints, BitSet> members;

    private Alphabet(int[] starts, int[] colours, int[] sides, Map<CodePoints, BitSet> members) {
        this.starts = starts;
        this.colours = colours;
        this.sides = sides;
        this.members = members;
        for (int i = 0; i < ASCII; i++) {
            ascii[i] = (short) search(i);
        }
    }

    static Alphabet of(Syntax syntax) {
        Map<CodePoints, BitSet> members = new LinkedHashMap<>();
        members.put(CodePoints.NEWLINE, new BitSet());
        boolean[] words = new boolean[1];
        collect(syntax, members, words);
        if (words[0]) {
            members.put(CharacterClass.WORD.members(), new BitSet());
        }
        return divided(members, words[0]);
    }

    private static void collect(Syntax syntax, Map<CodePoints, BitSet> members, boolean[] words) {
        Cancellation.check();
        switch (syntax) {
            case Syntax.Characters(CodePoints set) -> members.put(set, new BitSet());
            case Syntax.Sequence sequence ->
                    sequence.parts().forEach(part -> collect(part, members, words));
            case Syntax.Alternatives alternatives ->
                    alternatives.parts().forEach(part -> collect(part, members, words));
            case Syntax.Repetition repetition -> collect(repetition.part(), members, words);
            case Syntax.Place(Anchor anchor) -> words[0] |= (anchor.bits() & Anchor.WORD) != 0;
            case Syntax.Look look -> collect(look.part(), members, words);
        }
    }

    private static Alphabet divided(Map<CodePoints, BitSet> members, boolean words) {
        TreeSet<Integer> bounds = new TreeSet<>();
        bounds.add(0);
        for (CodePoints set : members.keySet()) {
            for (int i = 0; i < set.rangeCount(); i++) {
                bounds.add(set.first(i));
                bounds.add(set.last(i) + 1);
            }
        }
        int[] starts = bounds.stream().mapToInt(Integer::intValue).toArray();
        BitSet[] signatures = new BitSet[starts.length];
        Arrays.setAll(signatures, _ -> new BitSet());
        int number = 0;
        for (CodePoints set : members.keySet()) {
            for (int i = 0; i < set.rangeCount(); i++) {
                int from = Arrays.binarySearch(starts, set.first(i));
                int to = Arrays.binarySearch(starts, set.last(i) + 1);
                for (int k = from; k < to; k++) {
                    signatures[k].set(number);
                }
            }
            number++;
        }
        return named(members, words, starts, signatures);
    }

    /// Numbers the different signatures.
    private static Alphabet named(
            Map<CodePoints, BitSet> members, boolean words, int[] starts, BitSet[] signatures) {
        Map<BitSet, Integer> numbers = new HashMap<>();
        int[] colours = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
            Integer known = numbers.putIfAbsent(signatures[i], numbers.size());
            colours[i] = known == null ? numbers.size() - 1 : known;
        }
        if (numbers.size() >= Short.MAX_VALUE) {
            throw RegexFailure.TOO_COMPLEX.exception();
        }
        int[] sides = new int[numbers.size()];
        int number = 0;
        for (Map.Entry<CodePoints, BitSet> member : members.entrySet()) {
            int side =
                    member.getKey().equals(CodePoints.NEWLINE)
                            ? Anchor.NEWLINE
                            : words && isWord(member.getKey()) ? Anchor.WORD : 0;
            for (int i = 0; i < starts.length; i++) {
                if (signatures[i].get(number)) {
                    member.getValue().set(colours[i]);
                    sides[colours[i]] |= side;
                }
            }
            number++;
        }
        return new Alphabet(starts, colours, sides, members);
    }

    private static boolean isWord(CodePoints set) {
        return set.equals(CharacterClass.WORD.members());
    }

    /// Also the number that stands for no character, at the ends of the text.
    int size() {
        return sides.length;
    }

    int colour(int character) {
        if (character < ASCII) {
            return ascii[character];
        }
        return character < 0x10000 ? paged(character) : search(character);
    }

    private int paged(int character) {
        int number = character >> PAGE_BITS;
        short[] page = pages[number];
        if (page == null) {
            page = new short[1 << PAGE_BITS];
            for (int i = 0; i < page.length; i++) {
                page[i] = (short) search((number << PAGE_BITS) + i);
            }
            pages[number] = page;
        }
        return page[character & (1 << PAGE_BITS) - 1];
    }

    private int search(int character) {
        int found = Arrays.binarySearch(starts, character);
        return colours[found >= 0 ? found : -found - 2];
    }

    /// What a place sees on a side with a character of that colour, or none: see [Anchor].
    int side(int colour) {
        return colour == size() ? Anchor.EDGE : sides[colour];
    }

    /// The colours of a set that the expression names.
    BitSet colours(CodePoints set) {
        BitSet found = members.get(set);
        if (found == null) {
            throw new IllegalArgumentException("a set of another expression");
        }
        return found;
    }
}
