package org.cladedb.kv;

/// What an engine can take.
///
/// @param keyBytesMax the longest key
/// @param valueBytesMax the longest value; longer rows are split by the caller
/// @param transactionBytesMax keys and values of one commit
/// @param stableValues whether value arrays of a batch stay valid after the cursor moved on
public record Limits(
        int keyBytesMax, int valueBytesMax, long transactionBytesMax, boolean stableValues) {}
