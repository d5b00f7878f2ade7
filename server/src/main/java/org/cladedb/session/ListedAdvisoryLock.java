package org.cladedb.session;

import org.cladedb.functions.AdvisoryKey;

/// An advisory lock as pg_locks shows it.
///
/// @param granted false while its holder waits for it
public record ListedAdvisoryLock(
        int processId, int databaseOid, AdvisoryKey key, boolean shared, boolean granted) {}
