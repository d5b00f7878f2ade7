package org.cladedb.server;

import java.util.Locale;
import org.cladedb.kv.UnavailableException;

/// What may be thrown where nothing should be, and what the client then hears.
enum Fault {
    BUG("XX000"),
    BROKEN("XX000"),
    INPUT_OUTPUT("58030"),
    MEMORY("53200"),
    DEPTH("54001");

    private final String state;

    Fault(String state) {
        this.state = state;
    }

    String state() {
        return state;
    }

    /// Whether `function` is named as one that throws this.
    boolean isNamedBy(String function) {
        return function.endsWith("_" + name().toLowerCase(Locale.ROOT));
    }

    void happen() {
        switch (this) {
            case BUG -> throw new IllegalStateException("fault of a test");
            case BROKEN -> throw new NoClassDefFoundError("fault of a test");
            case INPUT_OUTPUT -> throw new UnavailableException("fault of a test");
            case MEMORY -> throw new OutOfMemoryError("fault of a test");
            case DEPTH -> throw new StackOverflowError("fault of a test");
        }
    }
}
