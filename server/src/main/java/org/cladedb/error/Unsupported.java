package org.cladedb.error;

import java.util.Map;

/// Features of PostgreSQL that are not here, and what does their work instead where something does.
public final class Unsupported {
    private static final String ORDINARY =
            "Use an ordinary one, in a schema of its own if you like, and drop it afterwards.";
    private static final String CLIENT = "Run its statements from the client.";
    private static final String ONE_ROLE =
            "There is one role: let the operating system or a proxy decide who may connect.";
    private static final String END_OF_STATEMENT =
            "Foreign keys are checked at the end of each statement: write rows that refer to each"
                    + " other in one statement, or insert NULL and update it.";
    private static final String ONE_TABLE =
            "Use one table: a search by a key reads no rows but those it finds.";

    private static final Map<String, String> INSTEAD =
            Map.ofEntries(
                    Map.entry(
                            "CREATE TEMPORARY TABLE",
                            "Use WITH within a statement, or an ordinary table that you drop"
                                    + " afterwards."),
                    Map.entry("CREATE TEMPORARY VIEW", ORDINARY),
                    Map.entry("CREATE TEMPORARY SEQUENCE", ORDINARY),
                    Map.entry(
                            "CREATE MATERIALIZED VIEW",
                            "Use a view, or CREATE TABLE AS, and fill the table again when it is to"
                                    + " be refreshed."),
                    Map.entry(
                            "CREATE RECURSIVE VIEW",
                            "Use CREATE VIEW with a query that begins with WITH RECURSIVE."),
                    Map.entry(
                            "a partial index",
                            "Create the index without WHERE. For uniqueness within a part of the"
                                    + " rows, make a generated column that is NULL for the others, and"
                                    + " a unique index on it."),
                    Map.entry(
                            "an index on an expression",
                            "Add a column that is GENERATED ALWAYS AS (...) STORED, and index it."),
                    Map.entry(
                            "an index on type jsonb",
                            "Add a generated column with what is looked for, and index it."),
                    Map.entry(
                            "a trigger",
                            "Use generated columns, CHECK constraints and actions of foreign keys,"
                                    + " or do it in the client."),
                    Map.entry("a deferrable foreign key", END_OF_STATEMENT),
                    Map.entry("deferred constraints", END_OF_STATEMENT),
                    Map.entry(
                            "MATCH FULL",
                            "Use MATCH SIMPLE, and a CHECK that all of the columns are NULL or"
                                    + " none."),
                    Map.entry(
                            "NULLS NOT DISTINCT",
                            "Make the columns NOT NULL, or index a generated column that stands"
                                    + " for NULL."),
                    Map.entry(
                            "EXCLUDE constraint",
                            "Use a unique constraint where equality is what is excluded."),
                    Map.entry(
                            "MERGE",
                            "Use INSERT ... ON CONFLICT, or several statements in a transaction."),
                    Map.entry("WHERE CURRENT OF", "Name the row by its key."),
                    Map.entry("TABLESAMPLE", "Use WHERE random() < 0.1 for a tenth of the rows."),
                    Map.entry(
                            "UNIQUE predicate",
                            "Use NOT EXISTS with GROUP BY and HAVING count(*) > 1."),
                    Map.entry("WITHIN GROUP is", "Number the rows by row_number() in a subquery."),
                    Map.entry("PARTITION BY", ONE_TABLE),
                    Map.entry("PARTITION OF", ONE_TABLE),
                    Map.entry("INHERITS", "Repeat the columns by LIKE, and read by UNION ALL."),
                    Map.entry("row-level security", "Give clients views of what they may see."),
                    Map.entry("CREATE FUNCTION", CLIENT),
                    Map.entry("CREATE PROCEDURE", CLIENT),
                    Map.entry("CALL", CLIENT),
                    Map.entry("CREATE TRIGGER", "Use generated columns or constraints."),
                    Map.entry("CREATE DOMAIN", "Use its type with a CHECK constraint."),
                    Map.entry(
                            "CREATE TYPE",
                            "Use text with a CHECK constraint for a list of values, and columns or"
                                    + " jsonb for a record."),
                    Map.entry(
                            "CREATE EXTENSION",
                            "What is here is built in, gen_random_uuid() and sha256() too: leave"
                                    + " the statement out."),
                    Map.entry("CREATE ROLE", ONE_ROLE),
                    Map.entry("ALTER ROLE", ONE_ROLE),
                    Map.entry("DROP ROLE", ONE_ROLE),
                    Map.entry("GRANT of a role", ONE_ROLE),
                    Map.entry("LISTEN", "Ask a table again from time to time."),
                    Map.entry("NOTIFY", "Write to a table that listeners ask from time to time."),
                    Map.entry("JSON_OBJECT", "Use json_build_object or jsonb_build_object."),
                    Map.entry("JSON_TABLE", "Use jsonb_array_elements in FROM, and -> and ->>."),
                    Map.entry(
                            "ALTER COLUMN TYPE of a column in a foreign key",
                            "Drop the foreign key, change both columns, and add it again."));

    private Unsupported() {}

    /// 0A000 for a feature, with what to do instead.
    ///
    /// @param feature as the message begins
    public static DatabaseException of(String feature, String message) {
        DatabaseException failure = new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, message);
        String hint = INSTEAD.get(feature);
        return hint == null ? failure : failure.withHint(hint);
    }
}
