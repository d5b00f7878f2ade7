package org.cladedb.functions;

import org.cladedb.regex.RegexOptions;

/// What the flags argument of a function says.
///
/// @param global for all matches
record RegexFlags(RegexOptions options, boolean global) {
    static final RegexFlags NONE = new RegexFlags(RegexOptions.DEFAULT, false);

    static RegexFlags parse(String text) {
        RegexOptions options = RegexOptions.DEFAULT;
        boolean global = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            if (letter == 'g') {
                global = true;
                continue;
            }
            // As in PostgreSQL, where the letter means what it says only inside of an expression.
            RegexOptions changed = options.with(letter == 'e' ? 'b' : letter);
            if (changed == null) {
                throw Failures.invalidParameter(
                        "invalid regular expression option: \""
                                + Character.toString(letter)
                                + "\"");
            }
            options = changed;
        }
        return new RegexFlags(options, global);
    }
}
