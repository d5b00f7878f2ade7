package org.cladedb.plan.ir;

/// The kinds of joins. SEMI and ANTI give the left row once, if there is a (no) match.
public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    SEMI,
    ANTI
}
