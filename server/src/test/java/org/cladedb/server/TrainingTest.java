package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TrainingTest {
    private static final String[] MEMORY = {"train", "--port", "0", "--memory"};

    @Test
    void everyStatementOfTheScriptRuns() throws InterruptedException {
        TrainingScript script = TrainingScript.load();
        for (String section :
                new String[] {"setup", "often", "transaction", "sometimes", "copy", "once"}) {
            assertThat(script.section(section)).as(section).isNotEmpty();
        }
        try (CladeServer server = CladeServer.start(CommandLine.parse(MEMORY).config())) {
            new Training(server.port(), script, 0).run();
        }
    }

    @Test
    void aStatementThatFailsIsNoticed() {
        TrainingScript script = TrainingScript.of("--# setup\nSELECT nosuch;\n");
        try (CladeServer server = CladeServer.start(CommandLine.parse(MEMORY).config())) {
            assertThatThrownBy(() -> new Training(server.port(), script, 0).run())
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("nosuch");
        }
    }
}
