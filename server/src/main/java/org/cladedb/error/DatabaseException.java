package org.cladedb.error;

import org.jspecify.annotations.Nullable;

/// An error to report to the client: the statement failed, the connection goes on.
///
/// Messages start in lower case, without a period. The `with…` methods return copies that carry
/// more fields of PostgreSQL's ErrorResponse. User errors have no stack trace but know where they
/// came up; internal ones ([SqlState#INTERNAL_ERROR], [SqlState#DATA_CORRUPTED]) have one.
public final class DatabaseException extends RuntimeException {
    private final SqlState state;
    private final ErrorFields fields;
    private final Origin origin;

    public DatabaseException(SqlState state, String message) {
        this(state, message, ErrorFields.NONE, Origin.ofCaller(), null);
    }

    public DatabaseException(SqlState state, String message, @Nullable Throwable cause) {
        this(state, message, ErrorFields.NONE, Origin.ofCaller(), cause);
    }

    private DatabaseException(
            SqlState state,
            String message,
            ErrorFields fields,
            Origin origin,
            @Nullable Throwable cause) {
        super(message, cause, false, isInternal(state));
        this.state = state;
        this.fields = fields;
        this.origin = origin;
    }

    private static boolean isInternal(SqlState state) {
        return state == SqlState.INTERNAL_ERROR || state == SqlState.DATA_CORRUPTED;
    }

    public SqlState state() {
        return state;
    }

    /// The message; never null, unlike [Throwable#getMessage()] in general.
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public ErrorFields fields() {
        return fields;
    }

    /// Where it was made, or the one that it is a copy of.
    public Origin origin() {
        return origin;
    }

    /// Points at a character of the statement: 0-based offset in chars; negative for unknown, and
    /// an already known position is kept.
    public DatabaseException at(int position) {
        if (position < 0 || fields.position() >= 0) {
            return this;
        }
        return with(fields.withPosition(position));
    }

    public DatabaseException withDetail(String detail) {
        return with(fields.withDetail(detail));
    }

    public DatabaseException withHint(String hint) {
        return with(fields.withHint(hint));
    }

    /// Says where the error was found: the context lines of PostgreSQL's reports.
    public DatabaseException withWhere(String where) {
        return with(fields.withWhere(where));
    }

    /// Names the table and, where known, constraint and column the error is about.
    public DatabaseException withObject(
            String schema, String table, @Nullable String column, @Nullable String constraint) {
        return with(fields.withObject(schema, table, column, constraint));
    }

    /// Says where PostgreSQL has the error from: some clients know what to do by that alone.
    public DatabaseException withRoutine(String routine) {
        return with(fields.withRoutine(routine));
    }

    /// Replaces the position by one that counts otherwise.
    public DatabaseException movedTo(int position) {
        return with(fields.withPosition(position));
    }

    private DatabaseException with(ErrorFields newFields) {
        DatabaseException copy =
                new DatabaseException(state, message(), newFields, origin, getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }
}
