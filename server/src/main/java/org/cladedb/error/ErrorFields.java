package org.cladedb.error;

import org.jspecify.annotations.Nullable;

/// The optional fields of an error report; all null (position -1) when not known.
///
/// @param position 0-based offset in chars into the statement text, -1 for none
/// @param routine PostgreSQL's name for where the error comes from, where clients go by it
public record ErrorFields(
        int position,
        @Nullable String detail,
        @Nullable String hint,
        @Nullable String where,
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        @Nullable String constraint,
        @Nullable String routine) {

    public static final ErrorFields NONE =
            new ErrorFields(-1, null, null, null, null, null, null, null, null);

    ErrorFields withPosition(int newPosition) {
        return new ErrorFields(
                newPosition, detail, hint, where, schema, table, column, constraint, routine);
    }

    public ErrorFields withDetail(String newDetail) {
        return new ErrorFields(
                position, newDetail, hint, where, schema, table, column, constraint, routine);
    }

    ErrorFields withHint(String newHint) {
        return new ErrorFields(
                position, detail, newHint, where, schema, table, column, constraint, routine);
    }

    ErrorFields withWhere(String newWhere) {
        return new ErrorFields(
                position, detail, hint, newWhere, schema, table, column, constraint, routine);
    }

    ErrorFields withObject(
            String newSchema,
            String newTable,
            @Nullable String newColumn,
            @Nullable String newConstraint) {
        return new ErrorFields(
                position,
                detail,
                hint,
                where,
                newSchema,
                newTable,
                newColumn,
                newConstraint,
                routine);
    }

    ErrorFields withRoutine(String newRoutine) {
        return new ErrorFields(
                position, detail, hint, where, schema, table, column, constraint, newRoutine);
    }
}
