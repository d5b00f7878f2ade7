package org.cladedb.pgwire.protocol;

import org.cladedb.common.ByteWriter;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.session.copy.CopyOutput;

/// Sends each row of a COPY TO STDOUT as a CopyData message. Owned by the connection's thread.
final class WireCopyOutput implements CopyOutput {
    private final WireOutput output;
    private final BackendWriter writer;

    WireCopyOutput(WireOutput output, BackendWriter writer) {
        this.output = output;
        this.writer = writer;
    }

    @Override
    public ByteWriter beginRow() {
        writer.begin('d');
        return output.buffer();
    }

    @Override
    public void endRow() {
        writer.end();
        output.flushIfLarge();
    }

    @Override
    public void finish() {
        writer.copyDone();
    }
}
