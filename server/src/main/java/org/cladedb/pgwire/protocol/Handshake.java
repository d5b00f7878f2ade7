package org.cladedb.pgwire.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.StartupPacket;
import org.cladedb.session.Session;
import org.cladedb.session.SessionIdentity;
import org.cladedb.session.Settings;
import org.jspecify.annotations.Nullable;

/// The start of a connection: encryption requests, cancel requests, and the start-up of a session.
final class Handshake {
    private static final int NEWEST_MINOR = 2;
    private static final int SHORT_SECRET_BYTES = 4;
    private static final int LONG_SECRET_BYTES = 32;
    private static final int ENCRYPTION_REQUESTS_MAX = 2;
    private static final Pattern OPTION =
            Pattern.compile("\\s*(?:-c\\s*|--)([^=\\s]+)=((?:\\\\.|[^\\s\\\\])*)\\s*");

    private final ConnectionServices services;
    private final InetAddress address;
    private final WireInput input;
    private final WireOutput output;
    private final BackendWriter writer;

    Handshake(
            ConnectionServices services,
            InetAddress address,
            WireInput input,
            WireOutput output,
            BackendWriter writer) {
        this.services = services;
        this.address = address;
        this.input = input;
        this.output = output;
        this.writer = writer;
    }

    /// The start-up packet; null when the client only cancelled something or left.
    StartupPacket.@Nullable Startup awaitStartup() {
        int encryptionRequests = 0;
        while (true) {
            switch (input.nextStartup()) {
                case null -> {
                    return null;
                }
                case StartupPacket.TlsRequest _, StartupPacket.GssRequest _ -> {
                    if (++encryptionRequests > ENCRYPTION_REQUESTS_MAX) {
                        return null;
                    }
                    output.buffer().writeByte('N');
                    output.flush();
                }
                case StartupPacket.CancelRequest cancel -> {
                    services.cancelKeys().cancel(cancel.processId(), cancel.secret());
                    return null;
                }
                case StartupPacket.Startup startup -> {
                    return startup;
                }
            }
        }
    }

    /// Lets the client in and greets it.
    ///
    /// @throws DatabaseException when it is refused
    Session startSession(StartupPacket.Startup startup) {
        checkVersion(startup);
        Map<String, String> parameters = startup.parameters();
        String user = parameters.getOrDefault("user", "");
        if (user.isEmpty()) {
            throw new DatabaseException(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "no PostgreSQL user name specified in startup packet");
        }
        String database = parameters.getOrDefault("database", user);
        services.authentication().check(address, user, database);
        negotiate(startup);
        Settings settings = settings(parameters);
        Session session =
                Session.open(
                        services.sessions(),
                        new SessionIdentity(user, database, address.getHostAddress()),
                        settings);
        boolean greeted = false;
        try {
            greet(session, startup);
            greeted = true;
            return session;
        } finally {
            if (!greeted) {
                services.cancelKeys().remove(session);
                session.close();
            }
        }
    }

    private void greet(Session session, StartupPacket.Startup startup) {
        writer.authenticationOk();
        session.reportChanges(writer::parameterStatus);
        byte[] secret = new byte[startup.minor() >= 2 ? LONG_SECRET_BYTES : SHORT_SECRET_BYTES];
        services.secrets().nextBytes(secret);
        services.cancelKeys().add(session, secret);
        writer.backendKeyData(session.processId(), secret);
    }

    private static void checkVersion(StartupPacket.Startup startup) {
        if (startup.major() != 3) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "unsupported frontend protocol %d.%d: server supports 3.0 to 3.%d"
                            .formatted(startup.major(), startup.minor(), NEWEST_MINOR));
        }
    }

    private void negotiate(StartupPacket.Startup startup) {
        List<String> unknown =
                startup.parameters().keySet().stream()
                        .filter(name -> name.startsWith("_pq_."))
                        .toList();
        if (startup.minor() > NEWEST_MINOR || !unknown.isEmpty()) {
            writer.negotiateProtocolVersion(Math.min(startup.minor(), NEWEST_MINOR), unknown);
        }
    }

    private static Settings settings(Map<String, String> parameters) {
        Settings settings = new Settings();
        parameters.forEach((name, value) -> {
            switch (name) {
                case "user", "database" -> {}
                case "replication" -> refuseReplication(value);
                case "options" -> options(value).forEach(o -> settings.setDefault(o[0], o[1]));
                default -> {
                    if (!name.startsWith("_pq_.")) {
                        settings.setDefault(name, value);
                    }
                }
            }
        });
        return settings;
    }

    private static void refuseReplication(String value) {
        if (!List.of("false", "off", "no", "0").contains(value)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "replication connections are not supported");
        }
    }

    private static List<String[]> options(String text) {
        List<String[]> options = new ArrayList<>();
        Matcher matcher = OPTION.matcher(text);
        int position = 0;
        while (position < text.length()) {
            if (!matcher.region(position, text.length()).lookingAt()) {
                throw new DatabaseException(
                        SqlState.SYNTAX_ERROR,
                        "invalid command-line argument for server process: " + text);
            }
            String name = matcher.group(1).replace('-', '_');
            options.add(new String[] {name, matcher.group(2).replaceAll("\\\\(.)", "$1")});
            position = matcher.end();
        }
        return options;
    }
}
