package org.cladedb.sql.ast;

/// What may follow a constraint.
///
/// @param deferrable also true for INITIALLY DEFERRED alone
/// @param enforced false for NOT ENFORCED
/// @param notValid existing rows are not checked
/// @param noInherit of CHECK and NOT NULL
public record ConstraintAttributes(
        boolean deferrable,
        boolean initiallyDeferred,
        boolean enforced,
        boolean notValid,
        boolean noInherit) {
    public static final ConstraintAttributes NONE =
            new ConstraintAttributes(false, false, true, false, false);
}
