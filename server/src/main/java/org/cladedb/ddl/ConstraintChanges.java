package org.cladedb.ddl;

import java.util.Set;
import org.cladedb.catalog.Constraints.CheckConstraint;
import org.cladedb.catalog.Constraints.NotNullConstraint;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTableAction.AlterConstraint;
import org.cladedb.sql.ast.AlterTableAction.AlteredProperty;
import org.jspecify.annotations.Nullable;

/// ALTER TABLE … VALIDATE CONSTRAINT and … ALTER CONSTRAINT.
final class ConstraintChanges {
    private final DdlContext context;
    private final StoredRows rows;

    ConstraintChanges(DdlContext context) {
        this.context = context;
        this.rows = new StoredRows(context);
    }

    /// Checks the rows that are there against a constraint that was NOT VALID.
    void validate(Table table, String name) {
        TableDraft draft = new TableDraft(table);
        switch (find(table, name)) {
            case ForeignKey key -> {
                requireEnforced(key.enforced());
                // That its rows are checked follows from the change of the catalog.
                draft.foreignKeys.replaceAll(
                        other -> other.oid() == key.oid() ? key.withValidated() : other);
            }
            case CheckConstraint check -> {
                requireEnforced(check.enforced());
                if (!check.validated()) {
                    rows.requireMet(table, check);
                }
                draft.checks.replaceAll(
                        other -> other.oid() == check.oid() ? check.withValidated() : other);
            }
            case NotNullConstraint notNull -> {
                if (!notNull.validated()) {
                    rows.requireNoNulls(table, table.column(notNull.column()));
                }
                draft.notNulls.replaceAll(
                        other -> other.oid() == notNull.oid() ? notNull.withValidated() : other);
            }
            case Object _ ->
                    throw new DatabaseException(
                                    SqlState.WRONG_OBJECT_TYPE,
                                    "cannot validate constraint \"%s\" of relation \"%s\""
                                            .formatted(name, table.name()))
                            .withDetail(
                                    "This operation is not supported for this type of constraint.");
        }
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private static void requireEnforced(boolean enforced) {
        if (!enforced) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot validate NOT ENFORCED constraint");
        }
    }

    void alter(Table table, AlterConstraint alter) {
        String name = alter.name();
        Object found = find(table, name);
        Set<AlteredProperty> altered = alter.altered();
        if (altered.contains(AlteredProperty.DEFERRABILITY) && !(found instanceof ForeignKey)) {
            throw wrongKind(table, name, "is not a foreign key constraint");
        }
        if (altered.contains(AlteredProperty.ENFORCEABILITY) && !(found instanceof ForeignKey)) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "cannot alter enforceability of constraint \"%s\" of relation \"%s\""
                            .formatted(name, table.name()));
        }
        if (altered.contains(AlteredProperty.INHERITABILITY)
                && !(found instanceof NotNullConstraint)) {
            throw wrongKind(table, name, "is not a not-null constraint");
        }
        TableDraft draft = new TableDraft(table);
        if (found instanceof ForeignKey key) {
            alter(draft, key, alter);
        } else if (found instanceof NotNullConstraint notNull
                && altered.contains(AlteredProperty.INHERITABILITY)) {
            draft.notNulls.replaceAll(other ->
                    other.oid() == notNull.oid()
                            ? notNull.withNoInherit(alter.attributes().noInherit())
                            : other);
        }
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private static void alter(TableDraft draft, ForeignKey key, AlterConstraint alter) {
        if (alter.attributes().deferrable()) {
            throw ConstraintAdder.unsupported("a deferrable foreign key", alter.position());
        }
        boolean enforced = alter.attributes().enforced();
        if (!alter.altered().contains(AlteredProperty.ENFORCEABILITY)
                || key.enforced() == enforced) {
            return;
        }
        if (key.grouping()) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "grouping foreign keys that are NOT ENFORCED are not supported yet");
        }
        draft.foreignKeys.replaceAll(
                other -> other.oid() == key.oid() ? key.withEnforced(enforced) : other);
    }

    /// The constraint of that name, or 42704.
    private static Object find(Table table, String name) {
        Object found = findOrNull(table, name);
        if (found == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \"%s\" of relation \"%s\" does not exist"
                            .formatted(name, table.name()));
        }
        return found;
    }

    private static @Nullable Object findOrNull(Table table, String name) {
        for (ForeignKey key : table.constraints().foreignKeys()) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        for (CheckConstraint check : table.constraints().checks()) {
            if (check.name().equals(name)) {
                return check;
            }
        }
        for (NotNullConstraint notNull : table.constraints().notNulls()) {
            if (notNull.name().equals(name)) {
                return notNull;
            }
        }
        return table.constraints().keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static DatabaseException wrongKind(Table table, String name, String what) {
        return new DatabaseException(
                SqlState.WRONG_OBJECT_TYPE,
                "constraint \"%s\" of relation \"%s\" %s".formatted(name, table.name(), what));
    }
}
