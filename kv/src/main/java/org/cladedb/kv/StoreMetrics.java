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
/// @param retainedBytes bytes of files that only old snapshots and the last checkpoint need now
/// @param cachedBytes bytes of pages in memory now
/// @param dirtyBytes bytes of pages in memory that are not in the file yet
/// @param fileBytes bytes of the data file now, free space included
/// @param freeBytes bytes of the data file that are free now
/// @param recoveryLogBytes log bytes written since the last checkpoint: what a crash now would
///   leave to be read
/// @param snapshotAge how many commits the oldest open snapshot does not show
/// @param checkpoints checkpoints made
/// @param longestPauseNanos the longest time for which one commit kept all others from being
///   applied, as far as the engine knows
/// @param gets keys looked up
/// @param cursors cursors opened
/// @param batches batches read by cursors
/// @param entries entries in those batches
public record StoreMetrics(
        long commits,
        long conflicts,
        long syncs,
        long pagesRead,
        long pagesWritten,
        long logBytes,
        long snapshotsOpen,
        long retainedBytes,
        long cachedBytes,
        long dirtyBytes,
        long fileBytes,
        long freeBytes,
        long recoveryLogBytes,
        long snapshotAge,
        long checkpoints,
        long longestPauseNanos,
        long gets,
        long cursors,
        long batches,
        long entries) {}
