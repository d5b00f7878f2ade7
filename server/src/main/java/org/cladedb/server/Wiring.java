package org.cladedb.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.cladedb.common.Clock;
import org.cladedb.common.DeepStack;
import org.cladedb.functions.BuiltinFunctions;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.kv.KvException;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.memory.MemoryLimits;
import org.cladedb.pgwire.auth.Authentication;
import org.cladedb.pgwire.protocol.CancelKeys;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.ProtocolLimits;
import org.cladedb.session.AdvisoryLocks;
import org.cladedb.session.SessionRegistry;
import org.cladedb.session.SessionServices;
import org.cladedb.session.SystemTables;
import org.cladedb.txn.Databases;

/// Puts the parts of a server together, bottom up. Closing it closes the databases.
final class Wiring implements AutoCloseable {
    private static final long FIRST_TRANSACTION_ID = 1_000;

    /// Each may take a few hundred megabytes of stack.
    private static final int DEEP_STATEMENTS_MAX = 32;

    private final Databases databases;
    private final ThreadTimer timer = new ThreadTimer();
    private final CarrierWatch watch;
    private final SessionRegistry registry = new SessionRegistry();
    private final HeapWatch heapWatch = HeapWatch.start(registry);
    private final TemporaryDirectory temporary;
    private final SessionServices sessions;
    private final ConnectionServices connections;

    Wiring(ServerConfig config) {
        Clock clock = Clock.system();
        FutureTask<FunctionRegistry> defining = new FutureTask<>(BuiltinFunctions::create);
        // The disk is asked meanwhile.
        Thread.ofPlatform().daemon().name("cladedb-functions").start(defining);
        StoreOperations store = store(config);
        temporary = new TemporaryDirectory(FileSystem.real(), config.dataDirectory());
        databases = Databases.open(store.store(), clock);
        FunctionRegistry functions = await(defining);
        SystemTables systemTables = new CatalogTables(functions, registry, store, temporary);
        watch = CarrierWatch.start(clock);
        SecureRandom secrets = new SecureRandom();
        sessions =
                new SessionServices(
                        databases,
                        functions,
                        systemTables,
                        store::backup,
                        new DdlStatements(databases, functions, systemTables),
                        new AdvisoryLocks(),
                        registry,
                        memoryLimits(config),
                        temporary,
                        clock,
                        timer,
                        watch.turns(),
                        () -> new SplittableRandom(secrets.nextLong()),
                        new DeepStack(DEEP_STATEMENTS_MAX),
                        new AtomicLong(FIRST_TRANSACTION_ID),
                        new AtomicLong(),
                        settings(config));
        connections =
                new ConnectionServices(
                        sessions,
                        Authentication.TRUST_LOOPBACK,
                        new CancelKeys(),
                        secrets,
                        new Semaphore(config.connectionsMax()),
                        ProtocolLimits.DEFAULT);
    }

    private static Map<String, String> settings(ServerConfig config) {
        Map<String, String> settings = new ConcurrentHashMap<>();
        settings.put("max_connections", Integer.toString(config.connectionsMax()));
        settings.put("listen_addresses", config.host());
        Path directory = config.dataDirectory();
        settings.put(
                "data_directory", directory == null ? "" : directory.toAbsolutePath().toString());
        return settings;
    }

    private static MemoryLimits memoryLimits(ServerConfig config) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long cacheBytes =
                config.dataDirectory() == null
                        ? 0
                        : orDefault(config.cacheBytes(), EmbeddedOptions.defaults().cacheBytes());
        return config.memoryBytes() == 0
                ? MemoryLimits.forHeap(heapBytes, cacheBytes)
                : MemoryLimits.withServer(config.memoryBytes(), heapBytes);
    }

    private static FunctionRegistry await(FutureTask<FunctionRegistry> defining) {
        try {
            return defining.get();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("the start was interrupted", exception);
        } catch (ExecutionException exception) {
            throw new IllegalStateException("functions are defined wrongly", exception.getCause());
        }
    }

    private static StoreOperations store(ServerConfig config) {
        Path directory = config.dataDirectory();
        if (directory == null) {
            return StoreOperations.of(new MemoryStore());
        }
        DataDirectory.requireOwn(directory);
        EmbeddedOptions defaults = EmbeddedOptions.defaults();
        EmbeddedOptions options =
                new EmbeddedOptions(
                        orDefault(config.cacheBytes(), defaults.cacheBytes()),
                        orDefault(config.checkpointLogBytes(), defaults.checkpointLogBytes()));
        try {
            return StoreOperations.of(
                    EmbeddedStore.open(FileSystem.real(), directory, options), directory);
        } catch (KvException failure) {
            throw new StartupFailure(
                    "cannot open the data directory: " + failure.getMessage() + reason(failure),
                    failure);
        }
    }

    /// What the operating system said. Some of Java's exceptions say it by their class alone.
    private static String reason(KvException failure) {
        return switch (failure.getCause()) {
            case FileAlreadyExistsException _ -> " (it is a file)";
            case AccessDeniedException denied ->
                    " (permission denied: " + denied.getMessage() + ")";
            case IOException other -> " (" + other.getMessage() + ")";
            case null, default -> "";
        };
    }

    private static long orDefault(long setting, long byDefault) {
        return setting == 0 ? byDefault : setting;
    }

    SessionServices sessions() {
        return sessions;
    }

    SessionRegistry registry() {
        return registry;
    }

    TemporaryDirectory temporary() {
        return temporary;
    }

    ConnectionServices connections() {
        return connections;
    }

    @Override
    public void close() {
        heapWatch.close();
        timer.close();
        watch.close();
        databases.close();
        temporary.close();
    }
}
