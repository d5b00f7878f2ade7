package org.cladedb.regex;

import org.jspecify.annotations.Nullable;

/// How an expression is to be read.
///
/// @param newlineStops `.` and negated brackets do not match a newline
/// @param newlineAnchors `^` and `$` also match beside a newline
public record RegexOptions(
        Syntax syntax,
        boolean ignoreCase,
        boolean expanded,
        boolean newlineStops,
        boolean newlineAnchors) {
    public static final RegexOptions DEFAULT =
            new RegexOptions(Syntax.ADVANCED, false, false, false, false);
    public static final RegexOptions IGNORE_CASE = DEFAULT.withIgnoreCase(true);

    /// The languages that expressions are written in.
    public enum Syntax {
        ADVANCED,
        EXTENDED,
        BASIC,
        LITERAL
    }

    /// With the option of one letter; null for a letter that is none.
    public @Nullable RegexOptions with(int letter) {
        return switch (letter) {
            case 'b' -> withSyntax(Syntax.BASIC);
            case 'c' -> withIgnoreCase(false);
            case 'e' -> withSyntax(Syntax.EXTENDED);
            case 'i' -> withIgnoreCase(true);
            case 'm', 'n' -> withNewlines(true, true);
            case 'p' -> withNewlines(true, false);
            case 'q' -> withSyntax(Syntax.LITERAL);
            case 's' -> withNewlines(false, false);
            case 't' -> withExpanded(false);
            case 'w' -> withNewlines(false, true);
            case 'x' -> withExpanded(true);
            default -> null;
        };
    }

    RegexOptions withSyntax(Syntax other) {
        return new RegexOptions(other, ignoreCase, expanded, newlineStops, newlineAnchors);
    }

    /// All of the text for itself.
    RegexOptions literal() {
        return new RegexOptions(Syntax.LITERAL, ignoreCase, false, false, false);
    }

    private RegexOptions withIgnoreCase(boolean ignored) {
        return new RegexOptions(syntax, ignored, expanded, newlineStops, newlineAnchors);
    }

    private RegexOptions withExpanded(boolean other) {
        return new RegexOptions(syntax, ignoreCase, other, newlineStops, newlineAnchors);
    }

    private RegexOptions withNewlines(boolean stops, boolean anchors) {
        return new RegexOptions(syntax, ignoreCase, expanded, stops, anchors);
    }
}
