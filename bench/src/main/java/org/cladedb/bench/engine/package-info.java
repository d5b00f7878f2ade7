/// The embedded engine beside others that a Java program can have: RocksDB, LMDB and H2's MVStore.
///
/// [EngineBenchmark] gives each engine the same rows ([EngineData]: a group of three tables, keys
/// of about 26 bytes, values of 60) and the same work behind one small interface, [Engine]. An
/// engine may be used as its manual advises; what was chosen for it is said where it is opened.
@NullMarked
package org.cladedb.bench.engine;

import org.jspecify.annotations.NullMarked;
