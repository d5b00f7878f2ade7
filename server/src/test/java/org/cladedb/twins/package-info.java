/// Random schemas, data, changes and queries, run twice: on a group, and on its ungrouped twin in
/// PostgreSQL, where nested results are written with `json_agg`. Both must answer alike. Keys have
/// one column or two.
@NullMarked
package org.cladedb.twins;

import org.jspecify.annotations.NullMarked;
