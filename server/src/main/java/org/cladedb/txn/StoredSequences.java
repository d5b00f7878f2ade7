package org.cladedb.txn;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.catalog.Sequence;
import org.cladedb.common.BigEndian;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.jspecify.annotations.Nullable;

/// Sequences whose values are reserved in blocks, durably, before any is given out. Safe for any
/// thread.
///
/// Stored is the last value of the newest block: after a crash the sequence goes on behind it, so
/// values may be skipped but never repeated. Closing gives back what is left. A sequence made or
/// restarted by a transaction that has not committed yet lives in that transaction's writes alone.
final class StoredSequences implements Sequences, AutoCloseable {
    private static final int FIRST_BLOCK = 32;
    private static final int BLOCK_MAX = 4096;
    private static final int GROWTH = 2;
    private static final int STATE_BYTES = Long.BYTES + 1;

    private final Counters counters;
    private final CatalogKeys keys;
    private final Map<Integer, Cached> cache = new ConcurrentHashMap<>();

    StoredSequences(Counters counters, CatalogKeys keys) {
        this.counters = counters;
        this.keys = keys;
    }

    @Override
    public long next(DatabaseTransaction transaction, Sequence sequence) {
        if (isOwn(transaction, sequence)) {
            State state = advance(decode(ownState(transaction, sequence), sequence), sequence);
            transaction.kv().put(keys.counter(sequence.oid()), encode(state));
            return state.lastValue();
        }
        Cached cached = cached(sequence);
        synchronized (cached) {
            cached.adopt(sequence);
            if (cached.remaining == 0) {
                reserve(cached, sequence);
            }
            State state = advance(cached.state, sequence);
            cached.state = state;
            cached.remaining--;
            return state.lastValue();
        }
    }

    @Override
    public void restart(DatabaseTransaction transaction, Sequence sequence, long value) {
        if (transaction instanceof StoredTransaction stored) {
            stored.restarts(sequence);
        }
        set(transaction, sequence, value, false);
    }

    /// A transaction that restarted the sequence has committed: what was reserved is void.
    void restarted(int oid) {
        Cached cached = cache.get(oid);
        if (cached != null) {
            synchronized (cached) {
                cached.remaining = 0;
            }
        }
    }

    @Override
    public void set(
            DatabaseTransaction transaction, Sequence sequence, long value, boolean called) {
        if (value < sequence.minimum() || value > sequence.maximum()) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value "
                            + value
                            + " is out of bounds for sequence \""
                            + sequence.name()
                            + "\" ("
                            + sequence.minimum()
                            + ".."
                            + sequence.maximum()
                            + ")");
        }
        State state = new State(value, called);
        if (isOwn(transaction, sequence)) {
            transaction.kv().put(keys.counter(sequence.oid()), encode(state));
            return;
        }
        Cached cached = cached(sequence);
        synchronized (cached) {
            counters.change(sequence.oid(), _ -> encode(state));
            cached.definition = sequence;
            cached.state = state;
            cached.remaining = 0;
        }
    }

    @Override
    public State state(DatabaseTransaction transaction, Sequence sequence) {
        if (isOwn(transaction, sequence)) {
            return decode(ownState(transaction, sequence), sequence);
        }
        Cached cached = cached(sequence);
        synchronized (cached) {
            return cached.remaining > 0
                    ? cached.state
                    : decode(counters.read(sequence.oid()), sequence);
        }
    }

    private static boolean isOwn(DatabaseTransaction transaction, Sequence sequence) {
        return transaction instanceof StoredTransaction stored && stored.owns(sequence);
    }

    private byte @Nullable [] ownState(DatabaseTransaction transaction, Sequence sequence) {
        return transaction.kv().get(keys.counter(sequence.oid()));
    }

    private Cached cached(Sequence sequence) {
        return cache.computeIfAbsent(sequence.oid(), _ -> new Cached(sequence));
    }

    /// Reserves as many values as the block wants and the bounds allow.
    private void reserve(Cached cached, Sequence sequence) {
        int wanted = cached.block;
        State[] before = new State[1];
        int[] reserved = new int[1];
        counters.change(
                sequence.oid(),
                stored -> {
                    State state = decode(stored, sequence);
                    before[0] = state;
                    State last = advance(state, sequence);
                    int count = 1;
                    while (count < wanted && hasNext(last, sequence)) {
                        last = advance(last, sequence);
                        count++;
                    }
                    reserved[0] = count;
                    return encode(last);
                });
        cached.state = before[0];
        cached.remaining = reserved[0];
        cached.block = Math.min(BLOCK_MAX, wanted * GROWTH);
    }

    private static boolean hasNext(State state, Sequence sequence) {
        return isWithin(following(state, sequence), sequence);
    }

    /// May lie outside of what a long holds.
    private static BigInteger following(State state, Sequence sequence) {
        return BigInteger.valueOf(state.lastValue()).add(BigInteger.valueOf(sequence.increment()));
    }

    private static boolean isWithin(BigInteger value, Sequence sequence) {
        return value.compareTo(BigInteger.valueOf(sequence.minimum())) >= 0
                && value.compareTo(BigInteger.valueOf(sequence.maximum())) <= 0;
    }

    private static State advance(State state, Sequence sequence) {
        if (!state.called()) {
            return new State(state.lastValue(), true);
        }
        BigInteger next = following(state, sequence);
        if (isWithin(next, sequence)) {
            return new State(next.longValueExact(), true);
        }
        boolean ascending = sequence.increment() > 0;
        if (sequence.cycle()) {
            return new State(ascending ? sequence.minimum() : sequence.maximum(), true);
        }
        throw new DatabaseException(
                SqlState.SEQUENCE_GENERATOR_LIMIT_EXCEEDED,
                "nextval: reached "
                        + (ascending ? "maximum" : "minimum")
                        + " value of sequence \""
                        + sequence.name()
                        + "\" ("
                        + (ascending ? sequence.maximum() : sequence.minimum())
                        + ")");
    }

    private static byte[] encode(State state) {
        byte[] bytes = new byte[STATE_BYTES];
        BigEndian.putLong(bytes, 0, state.lastValue());
        bytes[Long.BYTES] = (byte) (state.called() ? 1 : 0);
        return bytes;
    }

    private static State decode(byte @Nullable [] stored, Sequence sequence) {
        return stored == null
                ? new State(sequence.start(), false)
                : new State(BigEndian.getLong(stored, 0), stored[Long.BYTES] != 0);
    }

    /// Gives back the values that were reserved and not drawn.
    @Override
    public void close() {
        for (Map.Entry<Integer, Cached> entry : cache.entrySet()) {
            Cached cached = entry.getValue();
            synchronized (cached) {
                if (cached.remaining > 0) {
                    State state = cached.state;
                    counters.change(entry.getKey(), _ -> encode(state));
                    cached.remaining = 0;
                }
            }
        }
    }

    /// What this server has reserved of one sequence. Guarded by itself.
    private final class Cached {
        Sequence definition;
        State state;
        int remaining;
        int block = FIRST_BLOCK;

        Cached(Sequence definition) {
            this.definition = definition;
            state = new State(definition.start(), false);
        }

        /// After ALTER SEQUENCE, values go on from the last one drawn by the new rule.
        void adopt(Sequence newest) {
            if (!definition.equals(newest)) {
                if (remaining > 0) {
                    State drawn = state;
                    counters.change(newest.oid(), _ -> encode(drawn));
                    remaining = 0;
                }
                definition = newest;
            }
        }
    }
}
