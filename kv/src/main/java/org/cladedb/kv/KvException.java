package org.cladedb.kv;

/// A failure of the key-value space; after one the transaction it happened in is dead, unless it
/// says otherwise.
public abstract sealed class KvException extends RuntimeException
        permits ConflictException,
                DeadlockException,
                LockTimeoutException,
                UnavailableException,
                ExpiredException,
                LimitExceededException,
                MemoryLimitException,
                StorageFullException,
                CommitUnknownException,
                CorruptionException {
    KvException(String message) {
        super(message);
    }

    KvException(String message, Throwable cause) {
        super(message, cause);
    }
}
