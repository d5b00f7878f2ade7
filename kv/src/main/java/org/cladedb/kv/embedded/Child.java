package org.cladedb.kv.embedded;

/// A page as its parent refers to it.
///
/// @param separator no key below is smaller; the parent's first child leaves it out
record Child(byte[] separator, long reference) {}
