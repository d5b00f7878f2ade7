package org.cladedb.kv;

/// Counters of one store since it was opened.
///
/// @param commits commits applied
/// @param conflicts commits refused because of a check
/// @param syncs times the log was forced to stable storage
/// @param pagesRead pages read from files
/// @param pagesWritten pages written to files
/// @param logBytes log bytes written
/// @param snapshotsOpen snapshots open now
public record StoreMetrics(
        long commits,
        long conflicts,
        long syncs,
        long pagesRead,
        long pagesWritten,
        long logBytes,
        long snapshotsOpen) {}
