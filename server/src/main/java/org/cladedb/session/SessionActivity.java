package org.cladedb.session;

/// What a session does or did last.
///
/// @param state as in `pg_stat_activity.state`
public record SessionActivity(String state, String query) {
    static final SessionActivity NONE = new SessionActivity("idle", "");

    /// After the statement; `status` is the transaction's as ReadyForQuery says it.
    SessionActivity ended(char status) {
        String now =
                switch (status) {
                    case 'T' -> "idle in transaction";
                    case 'E' -> "idle in transaction (aborted)";
                    default -> "idle";
                };
        return now.equals(state) ? this : new SessionActivity(now, query);
    }
}
