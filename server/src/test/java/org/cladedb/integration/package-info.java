/// The whole system, as its users meet it: real data, real clients, real processes, and PostgreSQL
/// beside it as the judge.
@NullMarked
package org.cladedb.integration;

import org.jspecify.annotations.NullMarked;
