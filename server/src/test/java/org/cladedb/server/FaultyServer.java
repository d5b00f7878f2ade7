package org.cladedb.server;

import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.cladedb.pgwire.protocol.CancelKeys;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.ProtocolLimits;
import org.cladedb.session.SessionServices;

/// A server of which some parts are broken.
final class FaultyServer implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 20;

    private final Wiring wiring = new Wiring(ServerConfig.inMemory());
    private final FaultySystemTables systemTables =
            new FaultySystemTables(wiring.sessions().systemTables());
    private final Listener listener;

    FaultyServer() {
        listener = Listener.open("127.0.0.1", 0, connections(wiring.connections()));
    }

    private ConnectionServices connections(ConnectionServices sound) {
        SessionServices sessions = sound.sessions();
        FaultyFunctions functions = new FaultyFunctions(sessions.functions());
        SessionServices broken =
                new SessionServices(
                        sessions.databases(),
                        functions,
                        systemTables,
                        sessions.backups(),
                        new DdlStatements(sessions.databases(), functions, systemTables),
                        sessions.advisoryLocks(),
                        sessions.sessions(),
                        sessions.memory(),
                        sessions.temporaryFiles(),
                        sessions.clock(),
                        sessions.timer(),
                        sessions.turns(),
                        sessions.random(),
                        sessions.deepStack(),
                        sessions.transactionIds(),
                        sessions.statementsPlanned(),
                        sessions.settings());
        return new ConnectionServices(
                broken,
                sound.authentication(),
                new CancelKeys(),
                new SplittableRandom(1),
                new Semaphore(CONNECTIONS_MAX),
                ProtocolLimits.DEFAULT);
    }

    int port() {
        return listener.port();
    }

    int temporaryFilesOpen() {
        return wiring.temporary().openFiles();
    }

    /// Statements that ask for names of objects meet it.
    void breakNames(Fault fault) {
        systemTables.setFault(fault);
    }

    void mendNames() {
        systemTables.setFault(null);
    }

    @Override
    public void close() {
        listener.close();
        wiring.close();
    }
}
