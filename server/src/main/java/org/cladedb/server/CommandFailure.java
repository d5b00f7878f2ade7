package org.cladedb.server;

/// A command cannot do what it should; the message says why, in one line for the user.
final class CommandFailure extends RuntimeException {
    private final boolean damage;

    /// @param damage whether damaged data is the reason
    CommandFailure(String message, boolean damage) {
        super(message);
        this.damage = damage;
    }

    boolean isDamage() {
        return damage;
    }
}
