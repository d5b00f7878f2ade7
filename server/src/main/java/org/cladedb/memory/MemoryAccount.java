package org.cladedb.memory;

import org.cladedb.common.BufferLimit;
import org.cladedb.common.MemoryBudget;
import org.cladedb.common.MemoryPool;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that one statement, plan or operator keeps; what it takes counts for the
/// accounts above as well. Owned by the statement's thread.
///
/// Reserve before you allocate. Several reservations may be given back as one.
public final class MemoryAccount implements MemorySource, BufferLimit, MemoryBudget {
    /// What one value may have at most, as in PostgreSQL.
    public static final int VALUE_BYTES_MAX = 0x3FFF_FFFF;

    private @Nullable MemorySource source;
    private final boolean isPart;
    private final long limitBytes;
    private long workBytes;
    private long usedBytes;

    /// The execution that `usedBytes` belongs to: what parts held before no longer counts.
    private long execution;

    private MemoryAccount(
            @Nullable MemorySource source, boolean isPart, long limitBytes, long workBytes) {
        this.source = source;
        this.isPart = isPart;
        this.limitBytes = limitBytes;
        this.workBytes = workBytes;
    }

    /// See [SessionMemory#account].
    static MemoryAccount of(SessionMemory session, long limitBytes, long workBytes) {
        return new MemoryAccount(session, false, limitBytes, workBytes);
    }

    /// An account for what runs outside of a session.
    public static MemoryAccount limitedTo(long limitBytes) {
        return of(new SessionMemory(MemoryPool.unlimited()), limitBytes, limitBytes);
    }

    /// The account of a plan, to be compiled into its operators and attached for each execution.
    public static MemoryAccount detached() {
        return new MemoryAccount(null, false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// An account whose bytes count here too, and which can be given back as a whole. It has
    /// `work_mem` for itself.
    public MemoryAccount part() {
        return new MemoryAccount(this, true, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// Begins an execution with nothing reserved: what is taken counts for `statement` from now on.
    public void attach(MemoryAccount statement) {
        detach();
        source = statement;
        workBytes = statement.workBytes;
    }

    /// Ends the execution, giving back what is left here and in all parts.
    public void detach() {
        releaseAll();
        source = null;
        execution++;
    }

    /// Takes `bytes`, or takes nothing and returns false: then the operator is at `work_mem`, or
    /// the statement or the server near its limit, and the caller should write to disk.
    public boolean tryReserve(long bytes) {
        return usedBytes() + bytes <= workBytes() && take(bytes, true) == null;
    }

    /// Takes `bytes`, beyond `work_mem` if need be.
    ///
    /// @throws DatabaseException 53200 when the statement or the server is at its limit
    public void reserve(long bytes) {
        Refusal refusal = take(bytes, false);
        if (refusal != null) {
            throw new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                    .withDetail(refusal.detail());
        }
    }

    /// For what may fill the server's memory but for the last part, which statements need.
    @Override
    public boolean tryTake(long bytes) {
        return take(bytes, true) == null;
    }

    @Override
    public void give(long bytes) {
        release(bytes);
    }

    /// Says that `bytes` will be allocated for a moment.
    ///
    /// @throws DatabaseException 53200 when they could not be reserved
    public void check(long bytes) {
        reserve(bytes);
        release(bytes);
    }

    /// Whether a value that grows may do so.
    ///
    /// @throws DatabaseException 54000 it becomes larger than values may be; 53200 it does not fit
    ///   into memory
    @Override
    public void allow(long size, long more, long capacity) {
        if (size + more > VALUE_BYTES_MAX) {
            throw new DatabaseException(
                            SqlState.PROGRAM_LIMIT_EXCEEDED,
                            "string buffer exceeds maximum allowed length (%d bytes)"
                                    .formatted(VALUE_BYTES_MAX))
                    .withDetail(
                            "Cannot enlarge string buffer containing %d bytes by %d more bytes."
                                    .formatted(size, more));
        }
        check(capacity);
    }

    /// Makes this account hold exactly `bytes`.
    ///
    /// @throws DatabaseException 53200, and the account holds what it held
    public void resize(long bytes) {
        long held = usedBytes();
        if (bytes > held) {
            reserve(bytes - held);
        } else {
            release(held - bytes);
        }
    }

    @Override
    public @Nullable Refusal take(long bytes, boolean spare) {
        long wanted = usedBytes() + bytes;
        if (wanted > limitBytes) {
            return Refusal.byStatement(limitBytes);
        }
        Refusal refused = source == null ? null : source.take(bytes, spare);
        if (refused == null) {
            usedBytes = wanted;
        }
        return refused;
    }

    @Override
    public void release(long bytes) {
        // What is let go after its execution ended was given back then.
        long given = Math.min(bytes, usedBytes());
        usedBytes -= given;
        if (source != null) {
            source.release(given);
        }
    }

    /// Releases all that was taken here.
    public void releaseAll() {
        release(usedBytes());
    }

    public long usedBytes() {
        if (isPart && execution != execution()) {
            execution = execution();
            usedBytes = 0;
        }
        return usedBytes;
    }

    private long execution() {
        return isPart && source instanceof MemoryAccount above ? above.execution() : execution;
    }

    /// Beyond which this account's holder should write to disk.
    public long workBytes() {
        return isPart && source instanceof MemoryAccount above ? above.workBytes() : workBytes;
    }
}
