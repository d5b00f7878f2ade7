package org.cladedb.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL 18 server of this process, in a new data directory, on a loopback port. Its
/// programs come from a Maven artifact. PostgreSQL refuses to run as root: then it runs as
/// `nobody`.
public final class RealPostgres implements AutoCloseable {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String NOBODY = "65534";

    private final Path home;
    private final int port;

    private RealPostgres(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /// Unpacks, initialises and starts a server; `settings` as `name=value`.
    public static RealPostgres start(String... settings) {
        try {
            Path home = Files.createTempDirectory("real-postgres");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
            unpack(home);
            int port = freePort();
            RealPostgres server = new RealPostgres(home, port);
            server.initialise();
            server.startServer(settings);
            return server;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static void unpack(Path home) throws IOException {
        Path archive = home.resolve("postgres.txz");
        try (InputStream resource = RealPostgres.class.getResourceAsStream(ARCHIVE)) {
            if (resource == null) {
                throw new IOException("the PostgreSQL programs are not on the class path");
            }
            Files.copy(resource, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        run(List.of("tar", "-xJf", archive.toString(), "-C", home.toString()));
        Files.delete(archive);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void initialise() throws IOException {
        run(
                unprivileged(
                        home.resolve("bin/initdb").toString(),
                        "-D",
                        data(),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--no-locale"));
    }

    private void startServer(String... settings) throws IOException {
        StringBuilder options = new StringBuilder("-p " + port + " -h 127.0.0.1 -k " + home);
        for (String setting : settings) {
            options.append(" -c ").append(setting);
        }
        run(
                unprivileged(
                        home.resolve("bin/pg_ctl").toString(),
                        "-D",
                        data(),
                        "-l",
                        home.resolve("log").toString(),
                        "-w",
                        "-o",
                        options.toString(),
                        "start"));
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private static List<String> unprivileged(String... command) {
        List<String> full = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            full.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        full.addAll(List.of(command));
        return full;
    }

    private static void run(List<String> command) throws IOException {
        Path log = Files.createTempFile("real-postgres", ".log");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " takes too long");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", exception);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    public int port() {
        return port;
    }

    /// For pgjdbc.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /// Stops the server and deletes its files.
    @Override
    public void close() {
        try {
            run(
                    unprivileged(
                            home.resolve("bin/pg_ctl").toString(),
                            "-D",
                            data(),
                            "-m",
                            "immediate",
                            "stop"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            deleteTree(home);
        }
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
