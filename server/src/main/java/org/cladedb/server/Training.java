package org.cladedb.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Gives a server the work of its first seconds, from several clients at once, so that the JVM can
/// write down which classes are loaded and how methods behave (`java -XX:AOTCacheOutput`); a server
/// started with that archive is quick at once.
///
/// The launcher runs it once after a build. What it does is in the resource `training.sql`.
final class Training {
    private static final int CLIENTS = 4;
    private static final int NUMBER_MAX = 1_000;
    private static final int ROUNDS_BETWEEN = 40;

    private final int port;
    private final long nanos;
    private final TrainingScript script;

    /// @param seconds how long the clients work after the tables were made
    Training(int port, TrainingScript script, int seconds) {
        this.port = port;
        this.script = script;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /// @throws StartupFailure when a statement failed or a client lost its connection
    void run() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (TrainingClient client = new TrainingClient(port)) {
            for (String statement : script.section("setup")) {
                client.simple(statement);
            }
        } catch (IOException | CommandFailure cause) {
            throw failed(cause);
        }
        long end = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(
                    Thread.ofPlatform()
                            .name("cladedb-training")
                            .start(() -> {
                                try (TrainingClient client = new TrainingClient(port)) {
                                    work(client, number, end);
                                } catch (IOException | CommandFailure cause) {
                                    failure.set(cause);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw failed(cause);
        }
    }

    private static StartupFailure failed(Throwable cause) {
        return new StartupFailure("the training failed: " + cause.getMessage(), cause);
    }

    private void work(TrainingClient client, int number, long end) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        List<String> often = script.section("often");
        for (int i = 0; i < often.size(); i++) {
            client.prepare("s" + i, often.get(i));
        }
        for (int round = 0; round == 0 || System.nanoTime() < end; round++) {
            for (int i = 0; i < often.size(); i++) {
                int value = 1 + random.nextInt(NUMBER_MAX);
                String text = often.get(i);
                client.simple(with(text, value));
                client.execute("s" + i, text.contains("$1"), value, round % 2 == 0);
            }
            transaction(client, 1 + random.nextInt(NUMBER_MAX));
            if (round % ROUNDS_BETWEEN == number) {
                rarer(client, number, round, 1 + random.nextInt(NUMBER_MAX));
            }
        }
    }

    private void transaction(TrainingClient client, int value) throws IOException {
        client.simple("BEGIN");
        for (String statement : script.section("transaction")) {
            client.simple(with(statement, value));
        }
        client.simple("COMMIT");
    }

    private void rarer(TrainingClient client, int number, int round, int value) throws IOException {
        for (String statement : script.section("sometimes")) {
            client.simple(with(statement, value));
            client.prepare("", statement);
            client.execute("", statement.contains("$1"), value, false);
        }
        for (String statement : script.section("copy")) {
            client.simple(statement);
        }
        if (number == 0) {
            for (String statement : script.section("once")) {
                client.simple(statement);
            }
            for (String statement : script.section("wrong")) {
                client.wrong(statement);
            }
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < NUMBER_MAX; i++) {
                lines.append(100_000 + round * NUMBER_MAX + i).append("\t1\t2026-01-02\tcopied\n");
            }
            client.copyIn("COPY cust_order FROM STDIN", lines.toString());
        }
    }

    private static String with(String statement, int value) {
        return statement.replace("$1", Integer.toString(value));
    }
}
