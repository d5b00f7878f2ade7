package org.cladedb.kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one transaction asks an engine to apply, wholly or not at all.
///
/// @param mutations in ascending order of application: a later one wins over an earlier one
/// @param checks keys that must not have been committed by others after the sequence named
/// @param durability what to wait for
public record CommitRequest(
        List<Mutation> mutations, List<VersionCheck> checks, Durability durability) {

    public CommitRequest {
        mutations = List.copyOf(mutations);
        checks = List.copyOf(checks);
    }

    /// One change of the key space.
    public sealed interface Mutation {}

    /// Sets `key` to `value`.
    public record Put(byte[] key, byte[] value) implements Mutation {}

    /// Removes `key`, if there.
    public record Delete(byte[] key) implements Mutation {}

    /// Removes every key of the range; engines that can do so do not visit them.
    public record DeleteRange(byte[] start, byte @Nullable [] end) implements Mutation {}

    /// Fails the commit with [ConflictException] when `key` was written after commit `sequence`.
    public record VersionCheck(byte[] key, long sequence) {}
}
