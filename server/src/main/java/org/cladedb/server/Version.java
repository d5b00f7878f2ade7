package org.cladedb.server;

/// The version of this program.
public final class Version {
    public static final String TEXT = "0.1.0";

    private Version() {}
}
