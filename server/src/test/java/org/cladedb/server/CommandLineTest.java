package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(arguments);
    }

    @Test
    void defaults() {
        CommandLine line = parse("start");
        assertThat(line.config().port()).isEqualTo(5432);
        assertThat(line.config().host()).isEqualTo("127.0.0.1");
        assertThat(line.config().dataDirectory()).isEqualTo(Path.of("data"));
    }

    @Test
    void options() {
        CommandLine line =
                parse(
                        "start",
                        "--port",
                        "6000",
                        "--data",
                        "/x",
                        "--host",
                        "::1",
                        "--cache-mb",
                        "9",
                        "--memory-limit-mb",
                        "7",
                        "--checkpoint-kb",
                        "8");
        assertThat(line.config())
                .isEqualTo(
                        new ServerConfig(
                                "::1",
                                6000,
                                Path.of("/x"),
                                9L << 20,
                                7L << 20,
                                8L << 10,
                                ServerConfig.DEFAULT_CONNECTIONS_MAX));
        assertThat(parse("start", "--memory").config().dataDirectory()).isNull();
        assertThat(parse("demo", "--exit").exit()).isTrue();
        assertThat(parse().command()).isEqualTo("help");
    }

    @Test
    void mistakes() {
        assertThatThrownBy(() -> parse("dance")).hasMessage("unknown command \"dance\"");
        assertThatThrownBy(() -> parse("start", "--fast")).hasMessage("unknown option \"--fast\"");
        assertThatThrownBy(() -> parse("start", "--port"))
                .hasMessage("option --port needs a value");
        assertThatThrownBy(() -> parse("start", "--port", "many"))
                .hasMessage("option --port needs a number from 0 to 65535, not \"many\"");
        assertThatThrownBy(() -> parse("start", "--memory", "--data", "/x"))
                .hasMessage("--memory and --data exclude each other");
    }

    @Test
    void directoriesThatCannotBe(@org.junit.jupiter.api.io.TempDir Path directory)
            throws java.io.IOException {
        Path file = java.nio.file.Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> CladeServer.start(ServerConfig.in(file)))
                .isInstanceOf(StartupFailure.class)
                .hasMessage("%s is no directory".formatted(file));
        Path below = file.resolve("below");
        assertThatThrownBy(() -> CladeServer.start(ServerConfig.in(below)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageEndingWith("Not a directory)");
    }

    @Test
    void busyPortsAndDirectories(@org.junit.jupiter.api.io.TempDir Path directory) {
        try (CladeServer first = CladeServer.start(ServerConfig.in(directory))) {
            assertThatThrownBy(() -> CladeServer.start(ServerConfig.in(directory)))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("in use");
            ServerConfig samePort = new ServerConfig("127.0.0.1", first.port(), null, 0, 0, 0, 10);
            assertThatThrownBy(() -> CladeServer.start(samePort))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1 port " + first.port());
        }
    }
}
