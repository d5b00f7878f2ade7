package org.cladedb.session;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cladedb.common.Clock;
import org.cladedb.common.DeepStack;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.memory.MemoryLimits;
import org.cladedb.spill.TemporaryFiles;
import org.cladedb.txn.Databases;

/// What all sessions of a server share.
///
/// @param random makes a generator for each session
/// @param deepStack for statements that nest deep
/// @param transactionIds the last number given to a transaction
/// @param statementsPlanned how many queries and modifications were planned so far
/// @param settings what the start of the server decided, by name; entered before sessions begin
public record SessionServices(
        Databases databases,
        FunctionRegistry functions,
        SystemTables systemTables,
        Backups backups,
        UtilityStatements utilityStatements,
        AdvisoryLocks advisoryLocks,
        SessionRegistry sessions,
        MemoryLimits memory,
        TemporaryFiles temporaryFiles,
        Clock clock,
        Timer timer,
        ProcessorTurns turns,
        Supplier<RandomGenerator> random,
        DeepStack deepStack,
        AtomicLong transactionIds,
        AtomicLong statementsPlanned,
        Map<String, String> settings) {}
