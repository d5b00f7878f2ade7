package org.cladedb.sql.ast;

import org.jspecify.annotations.Nullable;

/// A role by name, or one of the words that stand for a role.
///
/// @param name given for [Kind#NAMED] only
public record RoleName(Kind kind, @Nullable String name, int position) {
    public enum Kind {
        NAMED,
        PUBLIC,
        CURRENT_USER,
        CURRENT_ROLE,
        SESSION_USER
    }
}
