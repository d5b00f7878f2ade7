package org.cladedb.sql.ast;

/// One mode of BEGIN, START TRANSACTION and SET TRANSACTION.
public sealed interface TransactionMode {
    int position();

    record Isolation(IsolationLevel level, int position) implements TransactionMode {}

    record Access(boolean readOnly, int position) implements TransactionMode {}

    record Deferrable(boolean deferrable, int position) implements TransactionMode {}

    enum IsolationLevel {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE
    }
}
