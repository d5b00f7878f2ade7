/// Queries made at random, answered here and by a real PostgreSQL, and compared.
@NullMarked
package org.cladedb.comparison;

import org.jspecify.annotations.NullMarked;
