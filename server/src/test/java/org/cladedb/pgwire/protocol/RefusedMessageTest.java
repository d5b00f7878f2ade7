package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cladedb.server.CladeServer;
import org.cladedb.server.ServerConfig;
import org.junit.jupiter.api.Test;

/// Messages for which the server has no memory.
final class RefusedMessageTest {
    private static final int LIMIT_BYTES = 8 << 20;

    @Test
    void aLargeCopyMessageEndsTheCopyAlone() throws IOException {
        ServerConfig config =
                new ServerConfig(ServerConfig.DEFAULT_HOST, 0, null, 0, LIMIT_BYTES, 0, 10);
        try (CladeServer server = CladeServer.start(config);
                RawClient client = RawClient.ready(server.port())) {
            client.query("create table t (v text)").untilReady();
            client.query("copy t from stdin");
            client.message('d', "first\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            client.message('d', new byte[2 * LIMIT_BYTES]);
            client.message('c');
            assertThat(client.untilReady())
                    .containsExactly("G 0 1", "E ERROR 53200 out of memory", "Z I");
            assertThat(client.query("select count(*) from t").untilReady()).contains("D [0]");
            assertThat(client.query("select memory_used_bytes from clade_store").untilReady())
                    .contains("D [0]");
        }
    }
}
