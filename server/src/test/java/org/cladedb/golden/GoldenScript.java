package org.cladedb.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A script as read from its file.
record GoldenScript(Path file, List<Block> blocks) {
    private static final String SEPARATOR = "----";
    private static final String SESSION = "@session ";

    /// @param header comments and directives, verbatim
    /// @param line of the SQL, from 1
    record Block(List<String> header, String sql, String expected, int line) {
        boolean isCladeOnly() {
            return header.contains("@clade");
        }

        boolean isUnordered() {
            return header.contains("@unordered");
        }

        /// Whether it may wait for another session: the script goes on, and its output is read when
        /// it has ended.
        boolean mayWait() {
            return header.contains("@waits");
        }

        String session() {
            return header.stream()
                    .filter(line -> line.startsWith(SESSION))
                    .map(line -> line.substring(SESSION.length()).strip())
                    .findFirst()
                    .orElse("default");
        }
    }

    static GoldenScript read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            List<String> header = new ArrayList<>();
            while (at < lines.size() && isHeader(lines.get(at))) {
                header.add(lines.get(at++));
            }
            int start = at;
            while (at < lines.size() && !lines.get(at).equals(SEPARATOR)) {
                at++;
            }
            String sql = String.join("\n", lines.subList(start, at));
            at++;
            int expected = Math.min(at, lines.size());
            while (at < lines.size() && !lines.get(at).isEmpty()) {
                at++;
            }
            String output = String.join("\n", lines.subList(expected, Math.min(at, lines.size())));
            if (!sql.isBlank()) {
                blocks.add(new Block(header, sql, output, start + 1));
            }
            while (at < lines.size() && lines.get(at).isEmpty()) {
                at++;
            }
        }
        return new GoldenScript(file, blocks);
    }

    private static boolean isHeader(String line) {
        return line.isEmpty() || line.startsWith("#") || line.startsWith("@");
    }

    /// Writes the script with new expectations, one for each block.
    void rewrite(List<String> outputs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (i > 0) {
                text.append('\n');
            }
            block.header().stream()
                    .dropWhile(String::isEmpty)
                    .forEach(line -> text.append(line).append('\n'));
            text.append(block.sql()).append('\n').append(SEPARATOR).append('\n');
            if (!outputs.get(i).isEmpty()) {
                text.append(outputs.get(i)).append('\n');
            }
        }
        Files.writeString(file, text.toString());
    }
}
