package org.cladedb.txn;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.DeadlockException;
import org.cladedb.kv.ExpiredException;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LimitExceededException;
import org.cladedb.kv.LockTimeoutException;
import org.cladedb.kv.MemoryLimitException;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;

/// Failures of the key-value space as SQLSTATEs.
public final class KvFailures {
    private KvFailures() {}

    /// What to report for a failure that nobody has dealt with: of the store, or a bug.
    public static DatabaseException unexpected(RuntimeException failure) {
        return failure instanceof KvException known
                ? translate(known)
                : new DatabaseException(
                        SqlState.INTERNAL_ERROR, "internal error: " + failure, failure);
    }

    public static DatabaseException translate(KvException failure) {
        return switch (failure) {
            case ConflictException _ -> conflict();
            case ExpiredException _ ->
                    new DatabaseException(
                            SqlState.SERIALIZATION_FAILURE,
                            "could not serialize access: the snapshot is too old");
            case DeadlockException _ ->
                    new DatabaseException(SqlState.DEADLOCK_DETECTED, "deadlock detected");
            case LockTimeoutException _ ->
                    new DatabaseException(
                            SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
            case LimitExceededException _ ->
                    new DatabaseException(
                            SqlState.PROGRAM_LIMIT_EXCEEDED,
                            "a row, key or transaction is too large: " + failure.getMessage());
            case MemoryLimitException _ ->
                    new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                            .withDetail(String.valueOf(failure.getMessage()))
                            .withHint("Commit more often, or increase server_memory_limit.");
            case CommitUnknownException _ ->
                    new DatabaseException(
                            SqlState.TRANSACTION_RESOLUTION_UNKNOWN,
                            "the commit may or may not have been applied",
                            failure);
            case StorageFullException full when full.getCause() instanceof OutOfMemoryError ->
                    new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory", failure);
            case StorageFullException _ ->
                    new DatabaseException(
                                    SqlState.DISK_FULL,
                                    "could not write: " + failure.getMessage(),
                                    failure)
                            .withHint("Check free disk space.");
            case UnavailableException _ ->
                    new DatabaseException(
                            SqlState.IO_ERROR,
                            "the store is not available: " + failure.getMessage(),
                            failure);
            case CorruptionException _ ->
                    new DatabaseException(
                            SqlState.DATA_CORRUPTED, String.valueOf(failure.getMessage()), failure);
        };
    }

    static DatabaseException conflict() {
        return new DatabaseException(
                SqlState.SERIALIZATION_FAILURE,
                "could not serialize access due to concurrent update");
    }

    static DatabaseException interrupted() {
        return new DatabaseException(
                SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }
}
