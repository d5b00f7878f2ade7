package org.cladedb.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server of our own in a process of its own, on a new data directory.
final class CladeProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private final Process process;

    private CladeProcess(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    static CladeProcess start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /// @param environment variables for the launcher
    static CladeProcess start(Map<String, String> environment)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("clade-bench");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder command =
                new ProcessBuilder(
                        System.getProperty("bench.launcher", "./clade"),
                        "start",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.resolve("db").toString());
        command.environment().putAll(environment);
        Process process =
                command.redirectErrorStream(true)
                        .redirectOutput(data.resolve("log").toFile())
                        .start();
        CladeProcess server = new CladeProcess(data, port, process);
        server.waitUntilReady();
        return server;
    }

    private void waitUntilReady() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            if (!process.isAlive()) {
                throw new IOException(Files.readString(data.resolve("log")));
            }
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(50);
            }
        }
        throw new IOException("the server does not answer");
    }

    int port() {
        return port;
    }

    /// CPU time used so far, in milliseconds.
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
