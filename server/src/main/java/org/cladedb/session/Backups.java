package org.cladedb.session;

import org.cladedb.functions.SessionAccess;

/// Makes backups of the store that all sessions share; implemented by the wiring.
@FunctionalInterface
public interface Backups {
    /// Copies all that is stored, as it is now, to a directory.
    ///
    /// @param target an absolute path; nothing is there, or an empty directory
    /// @param meanwhile called now and then; what it throws ends the backup, and nothing is left
    SessionAccess.Backup make(String target, Runnable meanwhile);
}
