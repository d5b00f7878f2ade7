/// The executable contract of a [org.cladedb.kv.KeyValueStore]: abstract test classes that every
/// engine extends with a way to open itself.
@NullMarked
package org.cladedb.kv.conformance;

import org.jspecify.annotations.NullMarked;
