package org.cladedb.kv;

/// A lock as it stood at some moment.
///
/// @param owner who holds it or waits for it
/// @param key not to be changed
/// @param granted false while the owner waits for it
/// @param weak whether only the owner's own slots know of it
public record HeldLock(Object owner, byte[] key, LockMode mode, boolean granted, boolean weak) {}
