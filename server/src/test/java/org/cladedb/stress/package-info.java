/// A server under all kinds of load at once.
@NullMarked
package org.cladedb.stress;

import org.jspecify.annotations.NullMarked;
