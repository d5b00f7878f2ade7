package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// Writes values of one type as JSON; made by [JsonText#writerFor]. Holds no state that a write
/// changes.
@FunctionalInterface
public interface JsonWriter {
    /// Appends `value`, `null` when it is NULL.
    void write(Datum value, ByteWriter out);
}
