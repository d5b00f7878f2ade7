package org.cladedb.functions;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What functions may ask of the session they run in.
public interface SessionAccess {
    String currentUser();

    String sessionUser();

    String currentDatabase();

    /// The OIDs of all databases by name.
    Map<String, Integer> databases();

    /// The first schema of the search path that exists; null when there is none.
    @Nullable String currentSchema();

    List<String> currentSchemas(boolean includeImplicit);

    /// The value of a setting, null when there is no such setting.
    @Nullable String setting(String name);

    /// Changes a setting as SET does; returns the new value.
    String setSetting(String name, String value, boolean local);

    int backendPid();

    long nextSequenceValue(int sequenceOid);

    long currentSequenceValue(int sequenceOid);

    long setSequenceValue(int sequenceOid, long value, boolean called);

    long lastSequenceValue();

    /// Takes an advisory lock; false when it is held by others and `wait` is false.
    boolean advisoryLock(AdvisoryKey key, boolean shared, boolean transactionScoped, boolean wait);

    /// Releases a session's advisory lock; false when it was not held.
    boolean advisoryUnlock(AdvisoryKey key, boolean shared);

    void advisoryUnlockAll();

    /// The processes whose locks a process waits for; none when it does not wait.
    List<Integer> blockingProcesses(int pid);

    boolean cancelBackend(int pid);

    /// @param timeoutMillis how long to wait for its end; 0 does not wait
    boolean terminateBackend(int pid, long timeoutMillis);

    /// The transaction's number, for txid_current.
    long transactionId();

    /// Whether the transaction has asked for its number already, or written anything.
    boolean isTransactionNumbered();

    /// Copies all that is stored, as it is now, to a directory of the server's machine.
    Backup backup(String target);

    /// Verifies all that the transaction sees of the database: rows against the rules of their
    /// tables, foreign keys, indexes, places in groups.
    ///
    /// @return what is wrong, the first of it when there is very much
    List<Fault> verify();

    /// Something stored that the catalog does not allow.
    ///
    /// @param relation the table, with its schema; empty for rows of no table
    record Fault(String relation, String constraint, String problem, String row) {}

    /// What a backup has.
    ///
    /// @param sequence the newest commit in it
    /// @param entries keys
    /// @param checksum of all keys and values
    record Backup(long sequence, long entries, long checksum) {
        /// The checksum as eight hexadecimal digits.
        public String checksumText() {
            return HexFormat.of().toHexDigits(checksum, 8);
        }
    }
}
