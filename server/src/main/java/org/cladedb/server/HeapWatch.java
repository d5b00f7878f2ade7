package org.cladedb.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cladedb.session.SessionRegistry;

/// Keeps the process out of endless collections: when little is left of the heap after a full
/// collection, in spite of all accounts, the statement that has most of it is stopped with 53200.
///
/// One daemon thread that looks a few times a second.
final class HeapWatch implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger("org.cladedb.server");

    /// Starting is work enough for a server that starts.
    private static final long FIRST_MILLIS = 1_000;

    private static final long INTERVAL_MILLIS = 200;

    /// The part of the old generation that may be in use after a full collection.
    private static final double USED_MOST = 0.85;

    private final SessionRegistry sessions;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long collections;

    private HeapWatch(SessionRegistry sessions) {
        this.sessions = sessions;
    }

    static HeapWatch start(SessionRegistry sessions) {
        HeapWatch watch = new HeapWatch(sessions);
        Thread.ofPlatform().daemon().name("cladedb-heap").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            if (closed.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            List<MemoryPoolMXBean> old = oldGenerations();
            List<GarbageCollectorMXBean> collectors = collectorsOf(old);
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                look(old, collectors);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(List<MemoryPoolMXBean> old, List<GarbageCollectorMXBean> collectors) {
        try {
            long now = 0;
            for (GarbageCollectorMXBean collector : collectors) {
                now += collector.getCollectionCount();
            }
            if (now != collections && old.stream().anyMatch(HeapWatch::isFull)) {
                if (sessions.stopGreediest()) {
                    LOGGER.log(Level.WARNING, "heap is nearly full; stopped the largest statement");
                }
            }
            collections = now;
        } catch (OutOfMemoryError _) {
            // It looks again in a moment.
        }
    }

    private static boolean isFull(MemoryPoolMXBean pool) {
        MemoryUsage usage = pool.getCollectionUsage();
        return usage != null
                && usage.getMax() > 0
                && usage.getUsed() > (long) (USED_MOST * usage.getMax());
    }

    /// The pools of the heap whose use after a collection is known and that only full collections
    /// empty; collectors without generations have one for all.
    private static List<MemoryPoolMXBean> oldGenerations() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
                .filter(pool -> !isYoung(pool.getName()))
                .toList();
    }

    private static boolean isYoung(String name) {
        return name.contains("Eden") || name.contains("Survivor");
    }

    /// The collectors of the old generation alone.
    private static List<GarbageCollectorMXBean> collectorsOf(List<MemoryPoolMXBean> old) {
        List<String> names = old.stream().map(MemoryPoolMXBean::getName).toList();
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector ->
                        names.stream().anyMatch(List.of(collector.getMemoryPoolNames())::contains))
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
