package org.cladedb.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.cladedb.common.ByteWriter;
import org.junit.jupiter.api.Test;

final class BackendWriterTest {
    private final ByteWriter bytes = new ByteWriter();
    private final BackendWriter writer = new BackendWriter(bytes);

    @Test
    void aMessageThatWasNotEndedIsForgotten() {
        writer.copyDone();
        writer.begin('d');
        bytes.writeUtf8("half a row");
        writer.readyForQuery('I');
        assertThat(bytes.toByteArray()).containsExactly('c', 0, 0, 0, 4, 'Z', 0, 0, 0, 5, 'I');
    }
}
