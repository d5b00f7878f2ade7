package org.cladedb.kv.embedded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Runs the histories of a range of seeds: `Simulation FIRST COUNT [twice]`.
///
/// To be run in a process of its own with `-Djdk.virtualThreadScheduler.parallelism=1
/// -Djdk.virtualThreadScheduler.maxPoolSize=1`: then all virtual threads share one carrier in a
/// fixed order, and a seed replays exactly. With `twice` that is verified.
final class Simulation {
    private Simulation() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        boolean twice = arguments.length > 2;
        int failed = 0;
        for (long seed = first; seed < first + count && failed < 5; seed++) {
            String problem = run(seed, twice);
            if (problem != null) {
                failed++;
                out.println("seed " + seed + ": " + problem);
            }
        }
        out.println("histories " + count + " failed " + failed);
        System.exit(failed == 0 ? 0 : 1);
    }

    /// Lets the other threads of a history go first so many times.
    @SuppressWarnings("ThreadPriorityCheck") // Here the order is what yielding decides.
    static void pause(int times) {
        for (int time = 0; time < times; time++) {
            Thread.yield();
        }
    }

    private static @Nullable String run(long seed, boolean twice) throws InterruptedException {
        @Nullable String[] problem = new @Nullable String[1];
        long[] result = new long[2];
        for (int round = 0; round < (twice ? 2 : 1); round++) {
            int at = round;
            Thread history =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    result[at] = new SimulatedHistory(seed).run();
                                } catch (InterruptedException | RuntimeException | Error e) {
                                    problem[0] = describe(e);
                                }
                            });
            history.join(60_000);
            if (history.isAlive()) {
                return "hangs";
            }
        }
        if (problem[0] == null && twice && result[0] != result[1]) {
            return "two runs differ";
        }
        return problem[0];
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            text.append(at).append('\n');
            StackTraceElement[] trace = at.getStackTrace();
            for (int index = 0; index < Math.min(trace.length, 12); index++) {
                text.append("    ").append(trace[index]).append('\n');
            }
        }
        return text.toString();
    }
}
