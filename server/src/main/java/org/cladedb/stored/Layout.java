package org.cladedb.stored;

/// How SQL is laid out: the flags of PostgreSQL's `pg_get_viewdef`.
///
/// @param fewParentheses leave out parentheses that precedence makes unnecessary
/// @param indented clauses on lines of their own
/// @param wrapColumn lists are broken when a line would be longer, 0 after every item; negative for
///   never
public record Layout(boolean fewParentheses, boolean indented, int wrapColumn) {
    /// One line with all parentheses, as texts are stored.
    public static final Layout LINE = new Layout(false, false, -1);

    /// What `pg_get_viewdef`, `pg_get_expr` and the like print when nothing is asked for.
    public static final Layout PLAIN = new Layout(false, true, 0);

    /// With the argument `pretty`.
    public static final Layout PRETTY = new Layout(true, true, 0);
}
