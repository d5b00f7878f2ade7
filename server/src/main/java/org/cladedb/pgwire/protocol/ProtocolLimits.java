package org.cladedb.pgwire.protocol;

/// Bounds of what a client may send.
///
/// @param messageBytesMax the largest message
/// @param startupTimeoutMillis how long a client may take to start its session
public record ProtocolLimits(int messageBytesMax, long startupTimeoutMillis) {
    /// 256 MiB and a minute.
    public static final ProtocolLimits DEFAULT = new ProtocolLimits(1 << 28, 60_000);
}
