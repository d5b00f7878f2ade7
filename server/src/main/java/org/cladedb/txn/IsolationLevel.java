package org.cladedb.txn;

/// The isolation levels; READ UNCOMMITTED is READ COMMITTED, as in PostgreSQL.
public enum IsolationLevel {
    READ_COMMITTED("read committed"),
    REPEATABLE_READ("repeatable read"),
    SERIALIZABLE("serializable");

    private final String sqlName;

    IsolationLevel(String sqlName) {
        this.sqlName = sqlName;
    }

    /// As SHOW prints it.
    public String sqlName() {
        return sqlName;
    }
}
