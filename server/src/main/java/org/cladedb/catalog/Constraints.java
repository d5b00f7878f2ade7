package org.cladedb.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The constraints of a table.
///
/// @param keys PRIMARY KEY and UNIQUE constraints
/// @param notNulls one for each column that is NOT NULL
public record Constraints(
        List<KeyConstraint> keys,
        List<CheckConstraint> checks,
        List<ForeignKey> foreignKeys,
        List<NotNullConstraint> notNulls) {
    public static final Constraints NONE = new Constraints(List.of(), List.of(), List.of());

    public Constraints {
        keys = List.copyOf(keys);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        notNulls = List.copyOf(notNulls);
    }

    /// Those of a table whose columns have no NOT NULL constraints yet.
    public Constraints(
            List<KeyConstraint> keys, List<CheckConstraint> checks, List<ForeignKey> foreignKeys) {
        this(keys, checks, foreignKeys, List.of());
    }

    public Constraints withForeignKeys(List<ForeignKey> newForeignKeys) {
        return new Constraints(keys, checks, newForeignKeys, notNulls);
    }

    Constraints withNotNulls(List<NotNullConstraint> newNotNulls) {
        return new Constraints(keys, checks, foreignKeys, newNotNulls);
    }

    /// That of a column; null when it has none.
    public @Nullable NotNullConstraint notNull(int column) {
        for (NotNullConstraint notNull : notNulls) {
            if (notNull.column() == column) {
                return notNull;
            }
        }
        return null;
    }

    /// A PRIMARY KEY or UNIQUE constraint; the index has its columns.
    public record KeyConstraint(int oid, String name, boolean primary, int indexOid) {}

    /// A CHECK constraint.
    ///
    /// @param expression SQL text
    /// @param enforced false for NOT ENFORCED: rows are not checked at all
    /// @param validated whether every row is known to meet it; new rows are checked all the same
    /// @param noInherit as NO INHERIT says; there are no tables that could inherit it
    public record CheckConstraint(
            int oid,
            String name,
            String expression,
            boolean enforced,
            boolean validated,
            boolean noInherit) {
        /// A constraint that all rows meet.
        public CheckConstraint(int oid, String name, String expression) {
            this(oid, name, expression, true, true, false);
        }

        public CheckConstraint withName(String newName) {
            return new CheckConstraint(oid, newName, expression, enforced, validated, noInherit);
        }

        public CheckConstraint withExpression(String newExpression) {
            return new CheckConstraint(oid, name, newExpression, enforced, validated, noInherit);
        }

        public CheckConstraint withValidated() {
            return new CheckConstraint(oid, name, expression, enforced, true, noInherit);
        }
    }

    /// A NOT NULL constraint.
    ///
    /// @param column the slot of its column
    /// @param validated whether no row has NULL there; new rows are checked all the same
    /// @param noInherit as NO INHERIT says; there are no tables that could inherit it
    public record NotNullConstraint(
            int oid, String name, int column, boolean validated, boolean noInherit) {
        public NotNullConstraint withName(String newName) {
            return new NotNullConstraint(oid, newName, column, validated, noInherit);
        }

        public NotNullConstraint withValidated() {
            return new NotNullConstraint(oid, name, column, true, noInherit);
        }

        public NotNullConstraint withNoInherit(boolean newNoInherit) {
            return new NotNullConstraint(oid, name, column, validated, newNoInherit);
        }
    }
}
