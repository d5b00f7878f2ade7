/// The ordered key-value space that everything is stored in, and the contract of the engines below
/// it.
///
/// ```
///   storage, txn ──> Transaction (ours: overlay of writes, savepoints, row locks)
///                        │ reads                    │ one commit
///                        v                          v
///                    Snapshot  <── KeyValueStore ──> commit(CommitRequest)
///                                   memory | embedded | …
/// ```
///
/// An engine ([KeyValueStore]) promises three things: a [Snapshot] shows exactly the commits
/// acknowledged before it was opened and never changes; [KeyValueStore#commit] applies a batch
/// wholly or not at all, after checking that no key it writes or checks was committed by others
/// later than the sequence named for it; a commit that returned is durable as far as its
/// [Durability] says. Everything else (read-your-writes, savepoints, waiting for locks) is
/// [Transaction], written once for all engines.
///
/// What a transaction has written is in an [Overlay]. When that takes too much memory it becomes a
/// sorted run on disk ([WrittenRuns]); readers merge overlay, runs and snapshot, and the commit
/// ([LargeCommit]) is read from them.
///
/// Invariants: keys compare as unsigned bytes; a key is 1 to [Limits#keyBytesMax()] bytes; arrays
/// passed in are not changed afterwards by either side; after any [KvException] from a write or
/// commit the transaction is dead and refuses further work.
@NullMarked
package org.cladedb.kv;

import org.jspecify.annotations.NullMarked;
