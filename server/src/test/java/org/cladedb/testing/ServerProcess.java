package org.cladedb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.server.Main;

/// A CladeDB server in a process of its own, as `clade start` makes it, on a free port.
public final class ServerProcess implements AutoCloseable {
    /// Each part of a heap, whatever the collector calls it.
    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private static final Pattern READY = Pattern.compile("-p (\\d+)");
    private static final long STOP_SECONDS = 30;
    private static final List<String> SMALL =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a server on a directory and waits until it is ready.
    ///
    /// @param options further options of `clade start`
    public static ServerProcess start(Path directory, String... options) {
        return startWith(SMALL, directory, options);
    }

    /// The same with other options for the JVM.
    public static ServerProcess startWith(
            List<String> javaOptions, Path directory, String... options) {
        return started(startOf(javaOptions, directory, options));
    }

    /// Starts a server for which every write to a file fails, as on a full disk: the operating
    /// system lets no file of the process grow.
    public static ServerProcess startWithoutSpace(Path directory) {
        ProcessBuilder builder = startOf(SMALL, directory);
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$0\" \"$@\""));
        command.addAll(builder.command());
        return started(builder.command(command));
    }

    private static ServerProcess started(ProcessBuilder builder) {
        try {
            Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            BufferedReader output = process.inputReader(UTF_8);
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

    /// As [#start], but does not wait: kill it at any moment of its start.
    public static Process begin(Path directory, String... options) {
        try {
            return startOf(SMALL, directory, options)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// Runs a command to its end.
    public static Finished run(String... arguments) {
        return finish(command(SMALL, List.of(arguments)));
    }

    private static Finished finish(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Finished(process.waitFor(), output);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", exception);
        }
    }

    /// What came of a command.
    ///
    /// @param output of both kinds
    public record Finished(int status, String output) {}

    private static ProcessBuilder startOf(
            List<String> javaOptions, Path directory, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("start", "--port", "0", "--data", directory.toString()));
        arguments.addAll(List.of(options));
        return command(javaOptions, arguments);
    }

    private static ProcessBuilder command(List<String> javaOptions, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                placeOf(Main.class) + ":" + placeOf(KeyValueStore.class),
                                Main.class.getName()));
        command.addAll(1, javaOptions);
        command.addAll(arguments);
        return new ProcessBuilder(command);
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

    /// The bytes of its heap that are in use, after a collection.
    public long heapBytes() {
        diagnose("GC.run");
        Matcher used = HEAP_USED.matcher(diagnose("GC.heap_info"));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes << 10;
    }

    /// The answer of its JVM to a command of `jcmd`.
    private String diagnose(String command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Finished finished =
                finish(new ProcessBuilder(tool.toString(), Long.toString(process.pid()), command));
        if (finished.status() != 0) {
            throw new IllegalStateException(finished.output());
        }
        return finished.output();
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
