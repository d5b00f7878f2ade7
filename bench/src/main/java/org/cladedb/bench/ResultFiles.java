package org.cladedb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps what was measured: a JSON file for machines, and a table to read beside it, both with
/// where and of what it was measured.
public final class ResultFiles {
    private ResultFiles() {}

    /// @param json where the JSON goes; the table goes to the same name with `.txt`
    /// @param elements of the JSON array of results
    public static void write(Path json, String title, String table, String elements)
            throws IOException {
        String machine = Machine.describe();
        String commit = Machine.commit();
        Files.writeString(
                json,
                """
                {
                  "benchmark": "%s",
                  "machine": "%s",
                  "commit": "%s",
                  "results": [
                %s
                  ]
                }
                """
                        .formatted(title, machine, commit, elements));
        String name = String.valueOf(json.getFileName()).replace(".json", ".txt");
        Files.writeString(
                json.resolveSibling(name),
                "%s%n%s, commit %s%n%n%s".formatted(title, machine, commit, table));
    }
}
