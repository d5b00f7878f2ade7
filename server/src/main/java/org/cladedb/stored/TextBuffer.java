package org.cladedb.stored;

/// SQL text that grows, with its current indentation.
///
/// Indentation is PostgreSQL's: 8 for a query inside a query; past [#LIMIT] it grows slowly, so
/// that deep queries stay readable.
final class TextBuffer {
    static final int STANDARD = 8;
    private static final int LIMIT = 40;

    private final boolean indented;
    private StringBuilder text = new StringBuilder();
    private int level;

    TextBuffer(boolean indented) {
        this.indented = indented;
    }

    TextBuffer add(String more) {
        text.append(more);
        return this;
    }

    int level() {
        return level;
    }

    void level(int newLevel) {
        level = Math.max(newLevel, 0);
    }

    int length() {
        return text.length();
    }

    /// Appends `word` on a new line, if lines are broken.
    ///
    /// @param before change of the indentation first
    /// @param after change of the indentation for what follows
    /// @param plus spaces for this line only
    void line(String word, int before, int after, int plus) {
        if (!indented) {
            text.append(word);
            return;
        }
        level += before;
        trim();
        text.append('\n').repeat(' ', amount() + plus).append(word);
        level(level + after);
    }

    private int amount() {
        if (level < LIMIT) {
            return Math.max(level, 0);
        }
        return (LIMIT + (level - LIMIT) / (STANDARD / 2)) % LIMIT;
    }

    /// Takes away spaces at the end.
    void trim() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
    }

    /// The characters after the last line break.
    int lineLength() {
        return text.length() - (text.lastIndexOf("\n") + 1);
    }

    /// What `writing` appends, without keeping it.
    String aside(Runnable writing) {
        StringBuilder before = text;
        text = new StringBuilder();
        try {
            writing.run();
            return text.toString();
        } finally {
            text = before;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
