package org.cladedb.functions;

import java.util.random.RandomGenerator;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.TypeContext;

/// What the evaluation of one statement may consult. Owned by the statement's thread.
public interface EvaluationContext {
    TypeContext types();

    /// Microseconds since 2000-01-01 UTC when the statement began.
    long statementMicros();

    /// Microseconds since 2000-01-01 UTC now.
    long clockMicros();

    /// For what must not be guessed.
    RandomGenerator random();

    /// For numbers that the session's seed repeats.
    SeededRandom seededRandom();

    SessionAccess session();

    CatalogAccess catalog();

    /// What the statement holds in memory is counted here.
    MemoryAccount memory();

    /// Throws 57014 when the statement was cancelled or timed out; called from long loops.
    void checkCancelled();
}
