package org.cladedb.kv;

import org.jspecify.annotations.Nullable;

/// A transaction's writes in a range, in a cursor's direction, as one reader sees them.
interface WriteWalk {
    /// The visible version at the walk's position (a deletion too), or null at the end.
    Overlay.@Nullable Entry current();

    void advance();

    /// Moves to the first version at or after `key` in the walk's direction, from anywhere.
    void seek(byte[] key);

    /// Moves to the end.
    void seekEnd();

    /// Lets go of what the walk reads.
    void close();
}
