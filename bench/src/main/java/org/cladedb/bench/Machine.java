package org.cladedb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What was measured, and on what.
public final class Machine {
    private static final String MODEL = "model name";

    private Machine() {}

    /// Processor, cores, operating system and Java.
    public static String describe() {
        return String.join(
                ", ",
                processor(),
                Runtime.getRuntime().availableProcessors() + " cores",
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "Java " + System.getProperty("java.version"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }

    /// The commit under test, as the runner of the benchmark says.
    public static String commit() {
        return System.getProperty("bench.commit", "unknown");
    }
}
