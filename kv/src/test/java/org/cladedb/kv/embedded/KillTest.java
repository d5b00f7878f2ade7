package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process with concurrent writers is killed, again and again: what it said was committed is
/// there.
@Tag("slow")
final class KillTest {
    private static final int WRITERS = 4;
    private static final int ROUNDS = 36;

    @TempDir private Path directory = Path.of("");

    @Test
    void acknowledgedCommitsSurviveKill() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        long[] acknowledged = new long[WRITERS];
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(data, acknowledged, 200 + round * 150);
            try (EmbeddedStore store = open(data);
                    Snapshot snapshot = store.snapshot()) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    for (long number = 1; number <= acknowledged[writer]; number++) {
                        assertThat(snapshot.get(key(writer, number)))
                                .as("round %d writer %d number %d", round, writer, number)
                                .isNotNull();
                    }
                }
                store.requireNoLostSpace();
            }
        }
    }

    private static void runAndKill(Path data, long[] acknowledged, int lines)
            throws IOException, InterruptedException {
        Process process = ChildJvm.start(Writer.class, data.toString());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int line = 0; line < lines; line++) {
                String text = output.readLine();
                assertThat(text).as("output of the writer").matches("\\d+ \\d+");
                String[] parts = text.split(" ", -1);
                int writer = Integer.parseInt(parts[0]);
                acknowledged[writer] = Math.max(acknowledged[writer], Long.parseLong(parts[1]));
            }
            process.destroyForcibly();
            assertThat(process.waitFor()).isNotZero();
        }
    }

    private static EmbeddedStore open(Path data) {
        return EmbeddedStore.open(
                FileSystem.real(),
                data,
                new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 200_000));
    }

    private static byte[] key(int writer, long number) {
        byte[] key = new byte[12];
        BigEndian.putInt(key, 0, writer);
        BigEndian.putLong(key, 4, number);
        return key;
    }

    /// The process that is killed.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            EmbeddedStore store = open(Path.of(arguments[0]));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    int id = writer;
                    threads.execute(() -> write(store, id));
                }
            }
        }

        private static void write(EmbeddedStore store, int writer) {
            long number = newest(store, writer);
            while (true) {
                number++;
                try (Transaction transaction = store.begin()) {
                    transaction.put(key(writer, number), new byte[(int) (number % 500)]);
                    transaction.commit(Durability.SYNC);
                }
                System.out.println(writer + " " + number);
            }
        }

        private static long newest(EmbeddedStore store, int writer) {
            long number = 0;
            try (Snapshot snapshot = store.snapshot()) {
                while (snapshot.get(key(writer, number + 1)) != null) {
                    number++;
                }
            }
            return number;
        }
    }
}
