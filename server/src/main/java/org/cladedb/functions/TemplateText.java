package org.cladedb.functions;

/// The plain text in templates of `to_char` and its relatives: quoted, escaped or just not a field.
final class TemplateText {
    /// Takes the text, one character after the other.
    interface Sink {
        void accept(String character, boolean quoted);
    }

    private TemplateText() {}

    /// Reads the text that begins at `at`: all of it up to the closing quote, or one character.
    ///
    /// @return where the template goes on
    static int read(String format, int at, Sink sink) {
        if (format.charAt(at) == '"') {
            return readQuoted(format, at + 1, sink);
        }
        // Outside of quotes a backslash is special only before a quote.
        boolean escaped =
                format.charAt(at) == '\\'
                        && at + 1 < format.length()
                        && format.charAt(at + 1) == '"';
        return emit(format, escaped ? at + 1 : at, false, sink);
    }

    private static int readQuoted(String format, int start, Sink sink) {
        int at = start;
        while (at < format.length()) {
            if (format.charAt(at) == '"') {
                return at + 1;
            }
            if (format.charAt(at) == '\\' && at + 1 < format.length()) {
                at++;
            }
            at = emit(format, at, true, sink);
        }
        return at;
    }

    private static int emit(String format, int at, boolean quoted, Sink sink) {
        int end = format.offsetByCodePoints(at, 1);
        sink.accept(format.substring(at, end), quoted);
        return end;
    }
}
