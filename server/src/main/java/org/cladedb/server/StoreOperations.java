package org.cladedb.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.SessionAccess;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.DeadlockException;
import org.cladedb.kv.ExpiredException;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LimitExceededException;
import org.cladedb.kv.LockTimeoutException;
import org.cladedb.kv.MemoryLimitException;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.embedded.StoreBackup;
import org.cladedb.kv.io.FileSystem;

/// The store as those see it who look after the server: its numbers, and backups of it. Safe for
/// any thread.
sealed interface StoreOperations {
    /// As long as paths can be on most systems.
    int PATH_CHARACTERS_MAX = 4_096;

    /// Everything in memory.
    record InMemory(KeyValueStore store) implements StoreOperations {
        @Override
        public Map<String, Object> status() {
            return numbers(store);
        }

        @Override
        public SessionAccess.Backup backup(String target, Runnable meanwhile) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "a server that keeps everything in memory has no backups");
        }
    }

    /// In files.
    ///
    /// @param directory its real path
    record InDirectory(EmbeddedStore store, Path directory) implements StoreOperations {
        @Override
        public Map<String, Object> status() {
            Map<String, Object> status = numbers(store);
            status.put("engine", "embedded");
            status.put("directory", directory.toString());
            return status;
        }

        @Override
        public SessionAccess.Backup backup(String target, Runnable meanwhile) {
            Path path = absolute(target);
            try {
                requireFree(path);
                requireOutside(path, directory);
                StoreBackup.Content content = store.backup(FileSystem.real(), path, meanwhile);
                return new SessionAccess.Backup(
                        content.sequence(), content.entries(), content.checksum());
            } catch (KvException failure) {
                throw translate(failure);
            } catch (IOException failure) {
                throw new DatabaseException(
                        SqlState.IO_ERROR,
                        "could not read the directory \"%s\": %s".formatted(path, failure),
                        failure);
            }
        }
    }

    static StoreOperations of(KeyValueStore store) {
        return new InMemory(store);
    }

    /// @param directory where the store is open
    static StoreOperations of(EmbeddedStore store, Path directory) {
        try {
            return new InDirectory(store, directory.toRealPath());
        } catch (IOException _) {
            return new InDirectory(store, directory.toAbsolutePath().normalize());
        }
    }

    KeyValueStore store();

    /// The row of clade_store.
    Map<String, Object> status();

    /// Copies all that is stored, as it is now, to a directory. See [org.cladedb.session.Backups].
    SessionAccess.Backup backup(String target, Runnable meanwhile);

    private static Map<String, Object> numbers(KeyValueStore store) {
        StoreMetrics metrics = store.metrics();
        Map<String, Object> numbers = new HashMap<>();
        numbers.put("engine", "memory");
        store.failure().ifPresent(failure -> numbers.put("failure", failure));
        numbers.put("commits", metrics.commits());
        numbers.put("conflicts", metrics.conflicts());
        numbers.put("syncs", metrics.syncs());
        numbers.put("pages_read", metrics.pagesRead());
        numbers.put("pages_written", metrics.pagesWritten());
        numbers.put("log_bytes", metrics.logBytes());
        numbers.put("recovery_log_bytes", metrics.recoveryLogBytes());
        numbers.put("checkpoints", metrics.checkpoints());
        numbers.put("longest_commit_pause_micros", metrics.longestPauseNanos() / 1_000);
        numbers.put("lock_waiters", store.locks().waiters());
        numbers.put("snapshots_open", metrics.snapshotsOpen());
        numbers.put("oldest_snapshot_age", metrics.snapshotAge());
        numbers.put("retained_bytes", metrics.retainedBytes());
        numbers.put("cached_bytes", metrics.cachedBytes());
        numbers.put("dirty_bytes", metrics.dirtyBytes());
        numbers.put("file_bytes", metrics.fileBytes());
        numbers.put("free_bytes", metrics.freeBytes());
        numbers.put("keys_read", metrics.gets());
        numbers.put("cursors_opened", metrics.cursors());
        numbers.put("batches_read", metrics.batches());
        numbers.put("entries_read", metrics.entries());
        return numbers;
    }

    private static Path absolute(String target) {
        Path path;
        try {
            path = Path.of(target);
        } catch (InvalidPathException _) {
            throw invalid("\"" + target + "\" is not a path");
        }
        if (target.length() > PATH_CHARACTERS_MAX) {
            throw invalid("the path of a backup is too long");
        }
        if (!path.isAbsolute()) {
            throw invalid("a backup needs an absolute path, not \"" + target + "\"");
        }
        return path.normalize();
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    /// Nothing may be there, or a directory without files. A copy among the store's own files would
    /// be taken for them, or be copied into itself.
    private static void requireOutside(Path path, Path directory) throws IOException {
        Path existing = path;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && existing.toRealPath().startsWith(directory)) {
            throw invalid("a backup cannot be in the data directory");
        }
    }

    private static void requireFree(Path path) throws IOException {
        boolean isFree = !Files.exists(path) || (Files.isDirectory(path) && isEmpty(path));
        if (!isFree) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_FILE,
                    "could not write a backup to \"%s\": it exists and is not an empty directory"
                            .formatted(path));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static DatabaseException translate(KvException failure) {
        SqlState state =
                switch (failure) {
                    case StorageFullException _ -> SqlState.DISK_FULL;
                    case CorruptionException _ -> SqlState.DATA_CORRUPTED;
                    case UnavailableException _,
                            CommitUnknownException _,
                            ConflictException _,
                            DeadlockException _,
                            LockTimeoutException _,
                            ExpiredException _,
                            LimitExceededException _,
                            MemoryLimitException _ ->
                            SqlState.IO_ERROR;
                };
        Throwable cause = failure.getCause();
        String why = cause == null ? "" : ": " + reason(cause);
        return new DatabaseException(
                state, "could not make a backup: " + failure.getMessage() + why, failure);
    }

    /// Why, in words; many messages of Java are nothing but the path.
    private static String reason(Throwable cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "Permission denied";
            case FileAlreadyExistsException _ -> "a file is in the way";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
