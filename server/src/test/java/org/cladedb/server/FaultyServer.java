package org.cladedb.server;

import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.pgwire.protocol.CancelKeys;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.ProtocolLimits;
import org.cladedb.session.SessionServices;
import org.cladedb.txn.Databases;

/// A server of which some parts are broken. What it logs of that is not shown while it is open.
final class FaultyServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.cladedb");
    private static final int CONNECTIONS_MAX = 20;

    private final Wiring wiring = new Wiring(ServerConfig.inMemory());
    private final FaultyStore store = new FaultyStore(new MemoryStore());
    private final Databases databases = Databases.open(store, wiring.sessions().clock());
    private final FaultyFiles files = new FaultyFiles();
    private final TemporaryDirectory temporary = new TemporaryDirectory(files, null);
    private final FaultyFunctions functions = new FaultyFunctions(wiring.sessions().functions());
    private final FaultySystemTables systemTables =
            new FaultySystemTables(
                    new CatalogTables(
                            functions, wiring.registry(), StoreOperations.of(store), temporary));
    private final Listener listener;

    FaultyServer() {
        LOG.setUseParentHandlers(false);
        listener = Listener.open("127.0.0.1", 0, connections(wiring.connections()));
    }

    private ConnectionServices connections(ConnectionServices sound) {
        SessionServices sessions = sound.sessions();
        SessionServices broken =
                new SessionServices(
                        databases,
                        functions,
                        systemTables,
                        sessions.backups(),
                        new DdlStatements(databases, functions, systemTables),
                        sessions.advisoryLocks(),
                        sessions.sessions(),
                        sessions.memory(),
                        temporary,
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

    FaultyStore store() {
        return store;
    }

    int temporaryFilesOpen() {
        return temporary.openFiles();
    }

    FaultyFiles files() {
        return files;
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
        databases.close();
        temporary.close();
        wiring.close();
        LOG.setUseParentHandlers(true);
    }
}
