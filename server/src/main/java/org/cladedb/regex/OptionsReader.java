package org.cladedb.regex;

/// Reads the options that an expression begins with: `***=`, `***:`, `(?i)`.
final class OptionsReader {
    private final int[] text;
    private RegexOptions options;
    private int at;

    OptionsReader(int[] text, RegexOptions given) {
        this.text = text;
        options = given;
    }

    /// The options in force, those given included.
    RegexOptions read() {
        if (options.syntax() == RegexOptions.Syntax.LITERAL) {
            if (options.expanded() || options.newlineStops() || options.newlineAnchors()) {
                throw RegexFailure.ARGUMENT.exception();
            }
            return options;
        }
        if (has(0, '*') && has(1, '*') && has(2, '*') && text.length > 3) {
            readDirector(text[3]);
        }
        if (options.syntax() == RegexOptions.Syntax.ADVANCED
                && has(at, '(')
                && has(at + 1, '?')
                && isLetter(at + 2)) {
            at += 2;
            readEmbedded();
        }
        return options;
    }

    /// Where the expression itself begins.
    int end() {
        return at;
    }

    private boolean has(int index, int character) {
        return index < text.length && text[index] == character;
    }

    private boolean isLetter(int index) {
        return index < text.length && text[index] < 128 && Character.isLetter(text[index]);
    }

    private void readDirector(int character) {
        at = 4;
        options =
                switch (character) {
                    case '?' -> throw RegexFailure.VERSION.exception();
                    case '=' -> options.literal();
                    case ':' -> options.withSyntax(RegexOptions.Syntax.ADVANCED);
                    default -> throw RegexFailure.QUANTIFIER.exception();
                };
    }

    private void readEmbedded() {
        for (; isLetter(at); at++) {
            RegexOptions changed = options.with(text[at]);
            if (changed == null) {
                throw RegexFailure.OPTION.exception();
            }
            options = changed;
        }
        if (!has(at, ')')) {
            throw RegexFailure.OPTION.exception();
        }
        at++;
        if (options.syntax() == RegexOptions.Syntax.LITERAL) {
            options = options.literal();
        }
    }
}
