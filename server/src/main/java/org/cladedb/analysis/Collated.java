package org.cladedb.analysis;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// The collation of an expression, and how it came by it (PostgreSQL manual, 23.2.1).
///
/// @param name null for none; where two are in conflict the first
/// @param other the second of two in conflict, else null
/// @param position where the collation comes from; of two the second; -1 when unknown
record Collated(Strength strength, @Nullable String name, @Nullable String other, int position) {
    /// What has no collation: a number, or text whose collation nobody knows any more.
    static final Collated NONE = new Collated(Strength.NONE, null, null, -1);

    /// The collation of a subquery's text whose collation nobody knows any more.
    static final Collated LOST = new Collated(Strength.CONFLICT, "(null)", "(null)", -1);

    /// From weak to strong, but that two implicit ones may be in conflict.
    enum Strength {
        NONE,
        IMPLICIT,
        CONFLICT,
        EXPLICIT
    }

    static Collated implicit(String name, int position) {
        return new Collated(Strength.IMPLICIT, name, null, position);
    }

    static Collated explicit(String name, int position) {
        return new Collated(Strength.EXPLICIT, name, null, position);
    }

    /// Whether functions that depend on a collation can have this one.
    boolean isKnown() {
        return strength == Strength.IMPLICIT || strength == Strength.EXPLICIT;
    }

    /// What a reference to a column with this collation has.
    Collated referenced(int at) {
        return isKnown() && name != null ? implicit(name, at) : NONE;
    }

    /// What an expression over this and `next` has.
    ///
    /// @throws DatabaseException 42P21 for two explicit collations
    Collated with(Collated next) {
        if (next.strength != strength) {
            return next.strength.compareTo(strength) > 0 ? next : this;
        }
        if (name == null || next.name == null || name.equals(next.name)) {
            return this;
        }
        return switch (strength) {
            case NONE, CONFLICT -> this;
            case IMPLICIT -> {
                if (name.equals(Collations.DEFAULT)) {
                    yield next;
                }
                yield next.name.equals(Collations.DEFAULT)
                        ? this
                        : new Collated(Strength.CONFLICT, name, next.name, next.position);
            }
            case EXPLICIT ->
                    throw new DatabaseException(
                                    SqlState.COLLATION_MISMATCH,
                                    "collation mismatch between explicit collations \"%s\" and"
                                                    .formatted(name)
                                            + " \"%s\"".formatted(next.name))
                            .at(next.position);
        };
    }

    /// Refuses two implicit collations in conflict, where one is wanted.
    void requireOne() {
        if (strength == Strength.CONFLICT) {
            throw new DatabaseException(
                            SqlState.COLLATION_MISMATCH,
                            "collation mismatch between implicit collations \"%s\" and \"%s\""
                                    .formatted(name, other))
                    .withHint(
                            "You can choose the collation by applying the COLLATE clause to one or"
                                    + " both expressions.")
                    .at(position);
        }
    }
}
