package org.cladedb.analysis;

import org.cladedb.plan.ir.LogicalNode;

/// A FROM item whose plan is built once it is known which of its columns are read.
interface FromSource {
    LogicalNode build();
}
