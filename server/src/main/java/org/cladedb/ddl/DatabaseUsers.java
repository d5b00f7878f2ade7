package org.cladedb.ddl;

/// Who works in databases, as the statement's session sees it.
public interface DatabaseUsers {
    /// OID of the database that the session is in.
    int current();

    /// Waits a moment for other sessions to leave the database; returns how many stay.
    int awaitOthers(int databaseOid);

    /// Ends the other sessions in the database; they are gone a moment later.
    void terminateOthers(int databaseOid);
}
