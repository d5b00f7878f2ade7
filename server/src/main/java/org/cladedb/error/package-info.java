/// The one exception users see, with PostgreSQL's SQLSTATE codes and positions in the statement.
@NullMarked
package org.cladedb.error;

import org.jspecify.annotations.NullMarked;
