package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Concurrent clients, full disks, failing syncs and reads, power failures: what comes back and
/// what was seen can be explained by one order of the commits, and nothing acknowledged is missing.
final class SimulationTest {
    @Test
    void everyHistoryCanBeExplained() throws IOException, InterruptedException {
        run("1", "250");
    }

    @Test
    void seedsReplayExactly() throws IOException, InterruptedException {
        run("100000", "25", "twice");
    }

    @Test
    @Tag("slow")
    void everyHistoryOfThousandsCanBeExplained() throws IOException, InterruptedException {
        run("200000", "6000");
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> options =
                List.of(
                        "-ea",
                        "-Xmx512m",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1");
        Process process = ChildJvm.start(options, Simulation.class, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("failed 0");
    }
}
