package org.cladedb.kv.embedded;

/// One committed state.
///
/// @param root the root page, or [PageReference#NONE]
/// @param sequence the newest commit it contains
record TreeVersion(long root, long sequence) {}
