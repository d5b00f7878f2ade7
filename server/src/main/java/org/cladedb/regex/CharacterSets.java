package org.cladedb.regex;

/// The sets that characters, classes and ranges stand for under the options of an expression.
final class CharacterSets {
    /// As many case variants as a range may add, as in PostgreSQL.
    private static final int VARIANTS_MAX = 100_000;

    private final RegexOptions options;

    CharacterSets(RegexOptions options) {
        this.options = options;
    }

    CodePoints character(int character) {
        return range(character, character);
    }

    /// With the other cases of its characters when case does not matter.
    CodePoints range(int first, int last) {
        if (first > last) {
            throw RegexFailure.RANGE.exception();
        }
        if (!options.ignoreCase()) {
            return CodePoints.range(first, last);
        }
        CodePointsBuilder builder = new CodePointsBuilder();
        builder.add(first, last);
        int variants = 0;
        for (int i = first; i <= Math.min(last, Character.MAX_CODE_POINT); i++) {
            variants += addVariant(builder, Character.toLowerCase(i), first, last);
            variants += addVariant(builder, Character.toUpperCase(i), first, last);
            if (variants > VARIANTS_MAX) {
                throw RegexFailure.TOO_COMPLEX.exception();
            }
        }
        return builder.build();
    }

    private static int addVariant(CodePointsBuilder builder, int variant, int first, int last) {
        if (variant >= first && variant <= last) {
            return 0;
        }
        builder.add(variant, variant);
        return 1;
    }

    CodePoints named(CharacterClass named) {
        boolean anyCase =
                options.ignoreCase()
                        && (named == CharacterClass.LOWER || named == CharacterClass.UPPER);
        return (anyCase ? CharacterClass.ALPHA : named).members();
    }

    CodePoints any() {
        return options.newlineStops() ? CodePoints.NEWLINE.complement() : CodePoints.ALL;
    }

    CodePoints negated(CodePoints set) {
        return (options.newlineStops() ? set.union(CodePoints.NEWLINE) : set).complement();
    }
}
