package org.cladedb.golden;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The named sessions of one run of a script: a connection and a thread each.
final class GoldenSessions implements AutoCloseable {
    /// How long a block that may wait has before the script goes on without it.
    private static final long WAIT_MILLIS = 500;

    private static final long STUCK_SECONDS = 60;

    private final String jdbcUrl;
    private final Map<String, Session> sessions = new HashMap<>();

    private record Session(GoldenRunner runner, ExecutorService thread) {}

    GoldenSessions(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /// What each block prints, in their order.
    List<String> run(List<GoldenScript.Block> blocks) throws SQLException {
        List<Future<String>> results = new ArrayList<>();
        for (GoldenScript.Block block : blocks) {
            Session session = session(block.session());
            Future<String> result = session.thread.submit(() -> session.runner.run(block));
            results.add(result);
            if (block.mayWait()) {
                awaitBriefly(result);
            } else {
                await(block, result);
            }
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            outputs.add(await(blocks.get(i), results.get(i)));
        }
        return outputs;
    }

    private Session session(String name) throws SQLException {
        Session session = sessions.get(name);
        if (session == null) {
            session = new Session(new GoldenRunner(jdbcUrl), Executors.newSingleThreadExecutor());
            sessions.put(name, session);
        }
        return session;
    }

    private static void awaitBriefly(Future<String> result) {
        try {
            result.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // It waits for another session, or has failed: seen at the end.
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }

    private static String await(GoldenScript.Block block, Future<String> result) {
        String where = "line " + block.line() + ": " + block.sql();
        try {
            return result.get(STUCK_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException exception) {
            throw new AssertionError(where + " does not end", exception);
        } catch (ExecutionException exception) {
            throw new AssertionError(where, exception.getCause());
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }

    private static IllegalStateException interrupted(InterruptedException exception) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(exception);
    }

    @Override
    public void close() throws SQLException {
        for (Session session : sessions.values()) {
            session.thread.shutdownNow();
            session.runner.close();
        }
    }
}
