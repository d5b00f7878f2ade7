package org.cladedb.sql.ast;

/// One SQL statement. Each family has a file of its own and is handled with a switch of its own.
public sealed interface Statement
        permits SelectStatement,
                ModifyStatement,
                Definition,
                SettingStatement,
                TransactionStatement,
                PreparedStatementCommand,
                CursorStatement,
                Copy,
                Explain,
                MaintenanceStatement {
    int position();
}
