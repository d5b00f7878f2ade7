@NullMarked
package org.cladedb.memory;

import org.jspecify.annotations.NullMarked;
