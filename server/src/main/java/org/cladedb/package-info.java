/// CladeDB for Java programs that want a database of their own: start with [org.cladedb.CladeDB].
@NullMarked
package org.cladedb;

import org.jspecify.annotations.NullMarked;
