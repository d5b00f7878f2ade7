package org.cladedb.common;

/// Checks of what must always hold. A failure is a bug in this program, never a user's mistake.
public final class Invariant {
    /// Whether costly checks run too; on when the JVM runs with assertions (`-ea`), as tests do.
    public static final boolean EXPENSIVE = Invariant.class.desiredAssertionStatus();

    private Invariant() {}

    /// Throws [IllegalStateException] with `message` unless `holds`.
    public static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException("broken invariant: " + message);
        }
    }
}
