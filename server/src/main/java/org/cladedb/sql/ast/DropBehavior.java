package org.cladedb.sql.ast;

/// What happens to dependent objects; RESTRICT unless CASCADE was written.
public enum DropBehavior {
    RESTRICT,
    CASCADE
}
