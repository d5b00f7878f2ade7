package org.cladedb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real psql, from the PATH, as a client of the server on one port.
public final class Psql {
    private static final long SECONDS_MAX = 120;

    private final int port;
    private final Map<String, String> environment;

    private Psql(int port, Map<String, String> environment) {
        this.port = port;
        this.environment = environment;
    }

    public static Psql to(int port) {
        return new Psql(port, Map.of());
    }

    /// The same with settings of the session, as `-c name=value …`.
    public Psql withOptions(String options) {
        return new Psql(port, Map.of("PGOPTIONS", options));
    }

    /// Whether there is a psql at all.
    public static boolean isInstalled() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "psql"))) {
                return true;
            }
        }
        return false;
    }

    /// What psql printed, errors too.
    ///
    /// @param status 0 when all went well, 3 when a script stopped at an error
    public record Outcome(int status, String output) {}

    /// Runs `psql -X` with more arguments.
    public Outcome run(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "psql",
                                "-X",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-U",
                                "postgres",
                                "-d",
                                "postgres"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("psql", ".out");
            try {
                return new Outcome(
                        waitFor(command, output), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private int waitFor(List<String> command, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("psql takes too long: " + command);
            }
            return process.exitValue();
        } catch (InterruptedException exception) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", exception);
        }
    }
}
