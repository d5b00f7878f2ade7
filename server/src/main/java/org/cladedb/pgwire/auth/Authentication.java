package org.cladedb.pgwire.auth;

import java.net.InetAddress;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Decides whether a client may start a session.
@FunctionalInterface
public interface Authentication {
    /// Lets every client of the loopback interface in, under any name, and refuses all others.
    Authentication TRUST_LOOPBACK =
            (address, user, database) -> {
                if (!address.isLoopbackAddress()) {
                    throw new DatabaseException(
                            SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                            "connections from host \"%s\" are not allowed, user \"%s\", database \"%s\""
                                    .formatted(address.getHostAddress(), user, database));
                }
            };

    /// @throws DatabaseException 28000 when the client is refused
    void check(InetAddress address, String user, String database);
}
