package org.cladedb.spill;

/// Where temporary files are made. What they may hold together is bounded by who provides this.
public interface TemporaryFiles {
    /// Makes an empty file that nobody else can open and that is gone when it is closed.
    ///
    /// @throws org.cladedb.error.DatabaseException 53100 or 58030 when that cannot be
    TemporaryFile create();
}
