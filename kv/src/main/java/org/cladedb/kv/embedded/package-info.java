/// The embedded engine: a copy-on-write B+tree in one file, a log of commits, checkpoints.
///
/// ```
///   commit ─> CommitLog (group commit)                 snapshot
///      │                                                  │ root
///      v                                                  v
///   TreeChange ──> pages, new version of the root ──> TreeCursor, TreeSearch
///      │                        │
///      v                        v
///   VersionPins ──> FreeSpace   PageStore (cache, file) <── Checkpoint (pages, header, log)
/// ```
///
/// A commit derives a new tree from the newest: pages on the changed paths are written anew, all
/// others are shared. Readers hold a root and need no locks. An old page is free again when no
/// pinned version (a snapshot, a cursor, the tree that the file's header names) contains it
/// ([VersionPins]).
///
/// Invariants: a page's content never changes once it is in a tree; no block that the durable
/// header's tree contains is written; a log batch is written only after the batch before it is
/// durable; new snapshots show a commit only once it is durable (asynchronous commits: at once).
/// They are tested by histories that replay exactly (`Simulation` in the tests).
///
/// Failures: a write that finds no space can be repeated (the store refuses commits until it can,
/// reads go on); after a failed sync of the log nothing is acknowledged any more, and after one of
/// the page file no header is written any more.
///
/// Beside the way of a commit: [TreeBulkLoad] builds leaves that [BulkCommit] grafts into the tree;
/// [LargeChange] builds the tree of a commit that is too large for memory while others go on;
/// [StoreBackup] loads a snapshot into a store of its own; [StoreCheck] and [StoreInspector] read
/// the files of a store that need not be sound.
///
/// The bytes are described in `docs/formats/embedded-store.md`. Start at [EmbeddedStore].
@NullMarked
package org.cladedb.kv.embedded;

import org.jspecify.annotations.NullMarked;
