package org.cladedb.server;

/// Lays JSON text out for reading: one line for each value that fits, otherwise indented.
final class JsonLayout {
    private static final int WIDTH = 90;

    private JsonLayout() {}

    /// `json` must be valid; it is not parsed, only cut.
    static String format(String json, int indent) {
        String trimmed = json.strip();
        boolean container = trimmed.startsWith("[") || trimmed.startsWith("{");
        if (!container || trimmed.length() + indent <= WIDTH) {
            return trimmed;
        }
        char close = trimmed.startsWith("[") ? ']' : '}';
        StringBuilder out = new StringBuilder().append(trimmed.charAt(0));
        String separator = "\n";
        int start = 1;
        while (start < trimmed.length() - 1) {
            int end = elementEnd(trimmed, start);
            out.append(separator).append(" ".repeat(indent + 2));
            out.append(element(trimmed.substring(start, end).strip(), indent + 2));
            separator = ",\n";
            start = end + 1;
        }
        return out.append('\n').append(" ".repeat(indent)).append(close).toString();
    }

    private static String element(String text, int indent) {
        int value = text.startsWith("\"") ? stringEnd(text, 0) : 0;
        if (value > 0 && value < text.length() && text.charAt(value) == ':') {
            return text.substring(0, value) + ": " + format(text.substring(value + 1), indent);
        }
        return format(text, indent);
    }

    /// Where the element of an array or object that starts at `start` ends.
    private static int elementEnd(String text, int start) {
        int depth = 0;
        int i = start;
        while (i < text.length() - 1) {
            char c = text.charAt(i);
            if (c == '"') {
                i = stringEnd(text, i);
                continue;
            }
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                return i;
            }
            i++;
        }
        return text.length() - 1;
    }

    private static int stringEnd(String text, int start) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
