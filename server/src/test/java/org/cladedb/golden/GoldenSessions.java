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
import org.jspecify.annotations.Nullable;

/// The named sessions of one run of a script: a connection and a thread each.
final class GoldenSessions implements AutoCloseable {
    private static final long POLL_MILLIS = 10;
    private static final long STUCK_SECONDS = 60;

    private final String jdbcUrl;
    private final Map<String, Session> sessions = new HashMap<>();

    private @Nullable LockWaits lockWaits;

    private record Session(GoldenRunner runner, ExecutorService thread) {}

    GoldenSessions(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /// What each block prints, in their order.
    List<String> run(List<GoldenScript.Block> blocks) throws SQLException {
        List<Future<String>> results = new ArrayList<>();
        for (GoldenScript.Block block : blocks) {
            Session session = session(block.session());
            int waiting = block.mayWait() ? lockWaits().count() : 0;
            Future<String> result = session.thread.submit(() -> session.runner.run(block));
            results.add(result);
            if (block.mayWait()) {
                awaitEndOrWait(block, result, waiting);
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

    /// Returns when the block has ended, or the server says that one more statement waits for a
    /// lock than the `waiting` before it.
    private void awaitEndOrWait(GoldenScript.Block block, Future<String> result, int waiting)
            throws SQLException {
        long polls = TimeUnit.SECONDS.toMillis(STUCK_SECONDS) / POLL_MILLIS;
        for (long poll = 0; poll < polls; poll++) {
            try {
                result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                if (lockWaits().count() > waiting) {
                    return;
                }
            } catch (ExecutionException _) {
                // Seen at the end.
                return;
            } catch (InterruptedException exception) {
                throw interrupted(exception);
            }
        }
        throw new AssertionError("line " + block.line() + " neither ends nor waits for a lock");
    }

    private LockWaits lockWaits() throws SQLException {
        LockWaits known = lockWaits;
        if (known == null) {
            known = new LockWaits(jdbcUrl);
            lockWaits = known;
        }
        return known;
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
        if (lockWaits != null) {
            lockWaits.close();
        }
    }
}
