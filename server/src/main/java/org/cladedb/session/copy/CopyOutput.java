package org.cladedb.session.copy;

import org.cladedb.common.ByteWriter;

/// Takes the rows of COPY TO STDOUT.
public interface CopyOutput {
    /// Starts a row; append it to the buffer returned.
    ByteWriter beginRow();

    void endRow();

    /// The end of the data.
    void finish();
}
