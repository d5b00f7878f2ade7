package org.cladedb.plan.ir;

import java.util.List;

/// A logical or physical plan node: something that produces rows.
public interface PlanNode {
    /// The columns of its rows, in order.
    List<OutputColumn> columns();
}
