package org.cladedb.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.server.Main;

/// A CladeDB server in a process of its own, as `clade start` makes it, on a free port.
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("-p (\\d+)");
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a server on a directory and waits until it is ready.
    public static ServerProcess start(Path directory) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        placeOf(Main.class) + ":" + placeOf(KeyValueStore.class),
                        Main.class.getName(),
                        "start",
                        "--port",
                        "0",
                        "--data",
                        directory.toString());
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            Matcher matcher = READY.matcher(line == null ? "" : line);
            if (!matcher.find()) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not start: " + line);
            }
            return new ServerProcess(process, Integer.parseInt(matcher.group(1)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// Where a class was loaded from; what runs the tests may hide its class path.
    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }

    public int port() {
        return port;
    }

    /// For pgjdbc.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /// Ends the process at once, in the middle of whatever it does (SIGKILL).
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// Stops it in good order (SIGTERM) and returns its exit status.
    public int stop() {
        process.destroy();
        return await();
    }

    private int await() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not stop");
            }
            return process.exitValue();
        } catch (InterruptedException exception) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", exception);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
