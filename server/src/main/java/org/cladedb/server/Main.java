package org.cladedb.server;

import java.io.PrintStream;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.cladedb.kv.KvException;

/// The process: reads the command line, starts a server, and stops it on SIGTERM or Ctrl-C.
public final class Main {
    private static final Logger LOGGER = System.getLogger("org.cladedb.server");

    private static final int TRAINING_SECONDS = 10;

    private final PrintStream out;
    private final PrintStream errors;

    private Main(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /// The entry point; exit status 1 when the server could not start.
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        quietLogging();
        if (StoreCommands.handle(arguments)) {
            System.exit(new StoreCommands(out, errors).run(arguments));
        }
        try {
            new Main(out, errors).run(CommandLine.parse(arguments));
        } catch (StartupFailure failure) {
            errors.println("clade: " + failure.message());
            System.exit(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Warnings and errors go to standard error; the one line of a normal start to standard output.
    private static void quietLogging() {
        LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    }

    private void run(CommandLine line) throws InterruptedException {
        switch (line.command()) {
            case "start" -> start(line);
            case "demo" -> demo(line);
            case "train" -> train(line);
            case "version" -> out.println("CladeDB " + Version.TEXT);
            default -> out.println(CommandLine.USAGE);
        }
    }

    private void start(CommandLine line) throws InterruptedException {
        CladeServer server = CladeServer.start(line.config());
        closeAtExit(server);
        out.println(connectLine(line.config(), server.port()));
        server.awaitClose();
    }

    private void demo(CommandLine line) throws InterruptedException {
        try (CladeServer server = CladeServer.start(line.config())) {
            closeAtExit(server);
            new Demo(server.sessions()).run(out);
            if (!line.exit()) {
                out.println(connectLine(line.config(), server.port()));
                server.awaitClose();
            }
        }
    }

    /// For the launcher: lets the JVM that watches learn what a server does.
    private void train(CommandLine line) throws InterruptedException {
        try (CladeServer server = CladeServer.start(line.config())) {
            new Training(server.port(), TrainingScript.load(), TRAINING_SECONDS).run();
        }
    }

    private static String connectLine(ServerConfig config, int port) {
        return "CladeDB "
                + Version.TEXT
                + " is ready. Connect with: psql -h "
                + config.host()
                + " -p "
                + port
                + " -U postgres";
    }

    private void closeAtExit(CladeServer server) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("cladedb-shutdown")
                                .unstarted(() -> close(server)));
    }

    private void close(CladeServer server) {
        try {
            server.close();
            LOGGER.log(Logger.Level.INFO, "server stopped");
        } catch (KvException failure) {
            Throwable cause = failure.getCause();
            errors.println("clade: " + failure.getMessage() + (cause == null ? "" : ": " + cause));
        }
    }
}
