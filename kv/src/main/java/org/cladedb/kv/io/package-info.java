/// The only way to files: a small interface that the real file system and simulated ones implement,
/// so that tests can lose, tear and fail any write.
///
/// Reads and writes name their position and can be repeated. What is written is durable only after
/// [StoreFile#sync()]; that a file exists or was renamed, only after
/// [FileSystem#syncDirectory(java.nio.file.Path)].
@NullMarked
package org.cladedb.kv.io;

import org.jspecify.annotations.NullMarked;
