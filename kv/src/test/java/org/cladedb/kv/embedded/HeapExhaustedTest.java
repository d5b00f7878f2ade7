package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The heap of a process is used up, again and again, at any allocation of any thread of its store:
/// the store does not stop, and nothing acknowledged is lost.
final class HeapExhaustedTest {
    private static final int COMMITS = 300;
    private static final int KEYS = 200;

    @TempDir private Path directory = Path.of("");

    @Test
    void storeGoesOn() throws IOException, InterruptedException {
        Process process =
                ChildJvm.start(
                        List.of("-Xmx40m", "-Xss512k"),
                        Commits.class,
                        directory.resolve("data").toString(),
                        "1");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(output).contains("held ").endsWith("done\n");
        assertThat(process.exitValue()).isZero();
    }

    /// The process: one thread takes all memory and lets go of it, another commits.
    static final class Commits {
        private static volatile boolean holds;
        private static volatile boolean done;

        private Commits() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path data = Path.of(arguments[0]);
            long seed = Long.parseLong(arguments[1]);
            EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000);
            EmbeddedStore store = EmbeddedStore.open(FileSystem.real(), data, options);
            // What is used for the first time may need memory to be loaded.
            commitSome(store);
            // Made before memory ends: the number of the commit that wrote a key last, and whether
            // one failed since.
            byte[][] keys = new byte[KEYS][];
            byte[][] otherKeys = new byte[KEYS][];
            int[] acknowledged = new int[KEYS];
            boolean[] uncertain = new boolean[KEYS];
            for (int key = 0; key < KEYS; key++) {
                keys[key] = Entries.bytes("k" + key);
                otherKeys[key] = Entries.bytes("k" + key + "+");
            }
            Thread hog = Thread.ofPlatform().daemon().start(() -> takeAllAgainAndAgain(seed));
            int failures = 0;
            for (int number = 1; number < COMMITS; number++) {
                int key = number * 7 % KEYS;
                if (commit(store, number, keys[key], otherKeys[key])) {
                    acknowledged[key] = number;
                    uncertain[key] = false;
                } else {
                    failures++;
                    uncertain[key] = true;
                }
            }
            done = true;
            hog.join();
            try (Transaction last = store.begin()) {
                last.put(Entries.bytes("last"), Entries.bytes("commit"));
                last.commit(Durability.SYNC);
            }
            require(store.failure().isEmpty(), String.valueOf(store.failure()));
            requireContent(store, keys, otherKeys, acknowledged, uncertain);
            store.close();
            EmbeddedStore again = EmbeddedStore.open(FileSystem.real(), data, options);
            requireContent(again, keys, otherKeys, acknowledged, uncertain);
            again.requireNoLostSpace();
            again.close();
            System.out.println("failures " + failures);
            System.out.print("done\n");
        }

        private static void commitSome(EmbeddedStore store) {
            for (int number = 1; number < 300; number++) {
                commit(store, number, Entries.bytes("first"), Entries.bytes("last"));
            }
            store.checkpoint();
        }

        private static boolean commit(
                EmbeddedStore store, int number, byte[] key, byte[] otherKey) {
            try (Transaction transaction = store.begin()) {
                byte[] value = new byte[number % 9 == 0 ? 20_000 : 300];
                BigEndian.putInt(value, 0, number);
                transaction.put(key, value);
                transaction.put(otherKey, value);
                transaction.commit(number % 3 == 0 ? Durability.SYNC : Durability.ASYNC);
                return true;
            } catch (KvException | OutOfMemoryError _) {
                return false;
            }
        }

        private static void takeAllAgainAndAgain(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int times = 0;
            while (!done) {
                Object[] held = null;
                for (int size = 1 << 20; size > 16; size /= 2) {
                    try {
                        while (!done) {
                            held = new Object[] {held, new byte[size]};
                        }
                    } catch (OutOfMemoryError _) {
                        times++;
                    }
                }
                holds = held != null;
                pause(random.nextInt(2_000));
                held = null;
                pause(random.nextInt(20_000));
            }
            System.out.println("held " + holds + " " + times);
        }

        @SuppressWarnings("ThreadPriorityCheck") // How long it takes is of no matter.
        private static void pause(int turns) {
            for (int turn = 0; turn < turns; turn++) {
                Thread.yield();
            }
        }

        private static void requireContent(
                EmbeddedStore store,
                byte[][] keys,
                byte[][] otherKeys,
                int[] acknowledged,
                boolean[] uncertain) {
            try (Snapshot snapshot = store.snapshot()) {
                for (int key = 0; key < KEYS; key++) {
                    byte[] found = snapshot.get(keys[key]);
                    int number = found == null ? 0 : BigEndian.getInt(found, 0);
                    require(
                            uncertain[key] || number == acknowledged[key],
                            "lost: " + acknowledged[key] + ", found " + number);
                    require(Arrays.equals(found, snapshot.get(otherKeys[key])), "half");
                }
            }
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                System.out.println(message);
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
