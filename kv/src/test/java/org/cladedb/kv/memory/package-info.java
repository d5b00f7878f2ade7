/// The reference engine against the contract.
@NullMarked
package org.cladedb.kv.memory;

import org.jspecify.annotations.NullMarked;
