package org.cladedb.functions;

/// The options of a regular expression, from the flags argument or the expression itself.
record RegexFlags(
        boolean ignoreCase,
        boolean literal,
        boolean expanded,
        boolean dotExcludesNewline,
        boolean lineAnchors,
        boolean global) {
    static final RegexFlags NONE = new RegexFlags(false, false, false, false, false, false);
    static final RegexFlags IGNORE_CASE = new RegexFlags(true, false, false, false, false, false);

    static RegexFlags parse(String text) {
        RegexFlags flags = NONE;
        for (int i = 0; i < text.length(); i++) {
            flags = flags.with(text.charAt(i));
        }
        return flags;
    }

    RegexFlags withEmbedded(String text) {
        RegexFlags flags = this;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 'g') {
                throw RegexTranslation.invalid("invalid embedded option");
            }
            flags = flags.with(text.charAt(i));
        }
        return flags;
    }

    RegexFlags withLiteral() {
        return new RegexFlags(ignoreCase, true, expanded, dotExcludesNewline, lineAnchors, global);
    }

    private RegexFlags with(char flag) {
        return switch (flag) {
            case 'g' ->
                    new RegexFlags(
                            ignoreCase, literal, expanded, dotExcludesNewline, lineAnchors, true);
            case 'i' -> withCase(true);
            case 'c' -> withCase(false);
            case 'q' -> withLiteral();
            case 'x' ->
                    new RegexFlags(
                            ignoreCase, literal, true, dotExcludesNewline, lineAnchors, global);
            case 't' ->
                    new RegexFlags(
                            ignoreCase, literal, false, dotExcludesNewline, lineAnchors, global);
            case 'n', 'm' -> withNewlines(true, true);
            case 's' -> withNewlines(false, false);
            case 'p' -> withNewlines(true, false);
            case 'w' -> withNewlines(false, true);
            case 'e', 'b' -> this;
            default ->
                    throw Failures.invalidParameter(
                            "invalid regular expression option: \"" + flag + "\"");
        };
    }

    private RegexFlags withCase(boolean ignored) {
        return new RegexFlags(ignored, literal, expanded, dotExcludesNewline, lineAnchors, global);
    }

    private RegexFlags withNewlines(boolean dotExcludes, boolean anchors) {
        return new RegexFlags(ignoreCase, literal, expanded, dotExcludes, anchors, global);
    }
}
