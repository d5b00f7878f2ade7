/// The reference engine: everything in memory, gone when closed. For tests and for embedding
/// without files.
///
/// The committed state is one immutable sorted tree ([PersistentTree]). A snapshot is a reference
/// to its root; a commit derives a new root from the newest and publishes it. So simple that it
/// serves as the model which other engines are compared with.
@NullMarked
package org.cladedb.kv.memory;

import org.jspecify.annotations.NullMarked;
