package org.cladedb.ddl;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints.NotNullConstraint;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ConstraintAttributes;
import org.jspecify.annotations.Nullable;

/// Adds NOT NULL constraints to a table draft. What nobody named or qualified is only noted at the
/// column: the catalog gives it its constraint.
final class NotNullAdder {
    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;

    NotNullAdder(DdlContext context, CatalogSnapshot.Builder builder, TableDraft draft) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
    }

    /// @param name null for a name of the server's choice
    void add(Column column, @Nullable String name, ConstraintAttributes attributes) {
        NotNullConstraint existing = draft.notNull(column.number());
        if (existing != null) {
            merge(column, existing, name, attributes);
            return;
        }
        draft.replace(column.withNotNull(true));
        boolean isPlain = name == null && !attributes.notValid() && !attributes.noInherit();
        if (isPlain) {
            return;
        }
        String chosen = name;
        if (chosen == null) {
            chosen =
                    ObjectNames.unused(
                            draft.name,
                            column.name(),
                            "not_null",
                            candidate -> draft.isConstraintTaken(context.catalog(), candidate));
        }
        draft.requireNewConstraint(chosen);
        draft.notNulls.add(
                new NotNullConstraint(
                        builder.newOid(),
                        chosen,
                        column.number(),
                        draft.isNew() || !attributes.notValid(),
                        attributes.noInherit()));
    }

    private void merge(
            Column column,
            NotNullConstraint existing,
            @Nullable String name,
            ConstraintAttributes attributes) {
        boolean isOtherName = name != null && !name.equals(existing.name());
        if (draft.isNew()) {
            if (isOtherName) {
                throw new DatabaseException(
                        SqlState.SYNTAX_ERROR,
                        "conflicting not-null constraint names \"%s\" and \"%s\""
                                .formatted(existing.name(), name));
            }
            if (attributes.noInherit() != existing.noInherit()) {
                throw new DatabaseException(
                        SqlState.SYNTAX_ERROR,
                        "conflicting NO INHERIT declarations for not-null constraints on column"
                                + " \"%s\"".formatted(column.name()));
            }
            return;
        }
        if (attributes.noInherit() != existing.noInherit()) {
            throw new DatabaseException(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "cannot change NO INHERIT status of NOT NULL constraint \"%s\" on"
                                            .formatted(existing.name())
                                    + " relation \"%s\"".formatted(draft.name))
                    .withHint(
                            "You might need to make the existing constraint inheritable using"
                                    + " ALTER TABLE ... ALTER CONSTRAINT ... INHERIT.");
        }
        if (!attributes.notValid() && !existing.validated()) {
            throw notValid(draft.name, existing);
        }
    }

    /// Makes a column of a new primary key NOT NULL.
    void addForKey(Column column) {
        NotNullConstraint existing = draft.notNull(column.number());
        if (existing != null && !existing.validated()) {
            throw new DatabaseException(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "cannot create primary key on column \"" + column.name() + "\"")
                    .withDetail(
                            "The constraint \"%s\" on column \"%s\" of table \"%s\", marked NOT VALID, is incompatible with a primary key."
                                    .formatted(existing.name(), column.name(), draft.name))
                    .withHint(validateHint());
        }
        draft.replace(column.withNotNull(true));
    }

    /// That a constraint which old rows may violate is in the way.
    static DatabaseException notValid(String table, NotNullConstraint constraint) {
        return new DatabaseException(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "incompatible NOT VALID constraint \"%s\" on relation \"%s\""
                                .formatted(constraint.name(), table))
                .withHint(validateHint());
    }

    private static String validateHint() {
        return "You might need to validate it using ALTER TABLE ... VALIDATE CONSTRAINT.";
    }
}
