/// The words of SQL: PostgreSQL's key words, and names and strings written as SQL text.
///
/// Below everything that reads or prints SQL, so that there is one answer to the question whether a
/// name needs quotes.
@NullMarked
package org.cladedb.sql.words;

import org.jspecify.annotations.NullMarked;
