package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTableAction.AlterConstraint;
import org.cladedb.sql.ast.AlterTableAction.AlteredProperty;
import org.cladedb.sql.ast.ConstraintAttributes;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// What may follow a constraint: DEFERRABLE, INITIALLY, ENFORCED, NOT VALID, NO INHERIT. What a
/// kind of constraint cannot be is said as PostgreSQL says it, which depends on where it stands.
final class ConstraintAttributeParser {
    private final TokenStream tokens;

    ConstraintAttributeParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    private enum Attribute {
        DEFERRABLE("DEFERRABLE"),
        NOT_DEFERRABLE("NOT DEFERRABLE"),
        INITIALLY_DEFERRED("INITIALLY DEFERRED"),
        INITIALLY_IMMEDIATE("INITIALLY IMMEDIATE"),
        ENFORCED("ENFORCED"),
        NOT_ENFORCED("NOT ENFORCED"),
        NOT_VALID("NOT VALID"),
        NO_INHERIT("NO INHERIT");

        final String words;

        Attribute(String words) {
            this.words = words;
        }

        /// The attributes that one constraint can have but one of; itself where there are none.
        Attribute group() {
            return switch (this) {
                case DEFERRABLE, NOT_DEFERRABLE -> DEFERRABLE;
                case INITIALLY_DEFERRED, INITIALLY_IMMEDIATE -> INITIALLY_DEFERRED;
                case ENFORCED, NOT_ENFORCED -> ENFORCED;
                case NOT_VALID, NO_INHERIT -> this;
            };
        }
    }

    private record Found(Attribute attribute, int position) {}

    /// A kind of constraint.
    enum Kind {
        CHECK("CHECK"),
        NOT_NULL("NOT NULL"),
        PRIMARY_KEY("PRIMARY KEY"),
        UNIQUE("UNIQUE"),
        FOREIGN_KEY("FOREIGN KEY"),
        NONE("");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private boolean allows(Attribute attribute) {
            return switch (attribute.group()) {
                case DEFERRABLE, INITIALLY_DEFERRED ->
                        this == PRIMARY_KEY || this == UNIQUE || this == FOREIGN_KEY;
                case NOT_VALID -> this == CHECK || this == NOT_NULL || this == FOREIGN_KEY;
                case NO_INHERIT -> this == CHECK || this == NOT_NULL;
                default -> this == CHECK || this == FOREIGN_KEY;
            };
        }
    }

    /// Those of a constraint that stands with a column.
    ConstraintAttributes ofColumn(Kind kind) {
        boolean noInherit =
                (kind == Kind.CHECK || kind == Kind.NOT_NULL)
                        && tokens.acceptAll(Keyword.NO, Keyword.INHERIT);
        List<Found> found = new ArrayList<>();
        Found next = nextOfColumn();
        while (next != null) {
            requireInColumn(kind, found, next);
            found.add(next);
            next = nextOfColumn();
        }
        if (noInherit) {
            found.add(new Found(Attribute.NO_INHERIT, -1));
        }
        return attributes(found);
    }

    /// NOT VALID and NO INHERIT have no place behind a column's constraint.
    private @Nullable Found nextOfColumn() {
        return tokens.atAll(Keyword.NOT, Keyword.VALID) || tokens.at(Keyword.NO) ? null : next();
    }

    private static void requireInColumn(Kind kind, List<Found> before, Found next) {
        Attribute attribute = next.attribute();
        if (!kind.allows(attribute)) {
            throw syntaxError("misplaced " + attribute.words + " clause", next.position());
        }
        for (Found other : before) {
            if (other.attribute().group() == attribute.group()) {
                String what =
                        switch (attribute.group()) {
                            case DEFERRABLE -> "DEFERRABLE/NOT DEFERRABLE";
                            case INITIALLY_DEFERRED -> "INITIALLY IMMEDIATE/DEFERRED";
                            default -> "ENFORCED/NOT ENFORCED";
                        };
                throw syntaxError("multiple " + what + " clauses not allowed", next.position());
            }
        }
        requireDeferrable(before, next);
    }

    /// Those of a constraint that stands beside the columns.
    ConstraintAttributes ofTable(Kind kind) {
        int start = tokens.position();
        List<Found> found = list();
        for (Attribute attribute : Attribute.values()) {
            boolean isRefused =
                    has(found, attribute)
                            && !kind.allows(attribute)
                            && attribute != Attribute.NOT_DEFERRABLE
                            && attribute != Attribute.INITIALLY_IMMEDIATE;
            if (isRefused) {
                Attribute said =
                        attribute == Attribute.INITIALLY_DEFERRED
                                ? Attribute.DEFERRABLE
                                : attribute;
                throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "%s constraints cannot be marked %s"
                                        .formatted(kind.words, said.words))
                        .at(start);
            }
        }
        return attributes(found);
    }

    /// What follows `ALTER CONSTRAINT name`.
    AlterConstraint ofAlter(String name, int position) {
        if (tokens.accept(Keyword.INHERIT)) {
            return new AlterConstraint(
                    name,
                    ConstraintAttributes.NONE,
                    Set.of(AlteredProperty.INHERITABILITY),
                    position);
        }
        int start = tokens.position();
        List<Found> found = list();
        if (has(found, Attribute.NOT_VALID)) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "constraints cannot be altered to be NOT VALID")
                    .at(start);
        }
        Set<AlteredProperty> altered = EnumSet.noneOf(AlteredProperty.class);
        for (Found each : found) {
            altered.add(
                    switch (each.attribute().group()) {
                        case ENFORCED -> AlteredProperty.ENFORCEABILITY;
                        case NO_INHERIT -> AlteredProperty.INHERITABILITY;
                        default -> AlteredProperty.DEFERRABILITY;
                    });
        }
        return new AlterConstraint(name, attributes(found), altered, position);
    }

    private List<Found> list() {
        List<Found> found = new ArrayList<>();
        Found next = next();
        while (next != null) {
            requireDeferrable(found, next);
            for (Found other : found) {
                if (other.attribute() != next.attribute()
                        && other.attribute().group() == next.attribute().group()) {
                    throw syntaxError("conflicting constraint properties", next.position());
                }
            }
            found.add(next);
            next = next();
        }
        return found;
    }

    private static void requireDeferrable(List<Found> before, Found next) {
        boolean conflicts =
                (next.attribute() == Attribute.INITIALLY_DEFERRED
                                && has(before, Attribute.NOT_DEFERRABLE))
                        || (next.attribute() == Attribute.NOT_DEFERRABLE
                                && has(before, Attribute.INITIALLY_DEFERRED));
        if (conflicts) {
            throw syntaxError(
                    "constraint declared INITIALLY DEFERRED must be DEFERRABLE", next.position());
        }
    }

    private @Nullable Found next() {
        int position = tokens.position();
        Attribute attribute = null;
        if (tokens.accept(Keyword.DEFERRABLE)) {
            attribute = Attribute.DEFERRABLE;
        } else if (tokens.acceptAll(Keyword.NOT, Keyword.DEFERRABLE)) {
            attribute = Attribute.NOT_DEFERRABLE;
        } else if (tokens.accept(Keyword.INITIALLY)) {
            attribute = Attribute.INITIALLY_DEFERRED;
            if (!tokens.accept(Keyword.DEFERRED)) {
                tokens.expect(Keyword.IMMEDIATE);
                attribute = Attribute.INITIALLY_IMMEDIATE;
            }
        } else if (tokens.accept(Keyword.ENFORCED)) {
            attribute = Attribute.ENFORCED;
        } else if (tokens.acceptAll(Keyword.NOT, Keyword.ENFORCED)) {
            attribute = Attribute.NOT_ENFORCED;
        } else if (tokens.acceptAll(Keyword.NOT, Keyword.VALID)) {
            attribute = Attribute.NOT_VALID;
        } else if (tokens.acceptAll(Keyword.NO, Keyword.INHERIT)) {
            attribute = Attribute.NO_INHERIT;
        }
        return attribute == null ? null : new Found(attribute, position);
    }

    private static ConstraintAttributes attributes(List<Found> found) {
        return new ConstraintAttributes(
                has(found, Attribute.DEFERRABLE) || has(found, Attribute.INITIALLY_DEFERRED),
                has(found, Attribute.INITIALLY_DEFERRED),
                !has(found, Attribute.NOT_ENFORCED),
                has(found, Attribute.NOT_VALID),
                has(found, Attribute.NO_INHERIT));
    }

    private static boolean has(List<Found> found, Attribute attribute) {
        return found.stream().anyMatch(each -> each.attribute() == attribute);
    }

    private static DatabaseException syntaxError(String message, int position) {
        return new DatabaseException(SqlState.SYNTAX_ERROR, message).at(position);
    }
}
