package org.cladedb.server;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/// The carriers: the platform threads of this process on which virtual threads run. Safe for any
/// thread, except [#load()], [#add(int)] and [#remove()], which are for one.
///
/// A virtual thread keeps its carrier until it blocks, and carriers are normally as many as
/// processors; the operating system shares the processors among more of them.
final class Carriers {
    /// As many as the Java runtime makes unless it is told otherwise.
    private static final int MOST = 256;

    private final int normally =
            Integer.getInteger(
                    "jdk.virtualThreadScheduler.parallelism",
                    Runtime.getRuntime().availableProcessors());

    /// Null until it was wanted: to get it takes the runtime some ten milliseconds.
    private volatile @Nullable VirtualThreadSchedulerMXBean scheduler;

    private volatile boolean wanted;

    /// How many there are when nothing is wrong.
    int normally() {
        return normally;
    }

    /// Whether virtual threads are ready and have no carrier; true while that is not known.
    boolean someWait() {
        VirtualThreadSchedulerMXBean known = scheduler;
        if (known == null) {
            wanted = true;
            return true;
        }
        return known.getQueuedVirtualThreadCount() > 0;
    }

    /// Gets ready to answer if somebody asked.
    void load() {
        if (wanted && scheduler == null) {
            scheduler();
        }
    }

    private VirtualThreadSchedulerMXBean scheduler() {
        VirtualThreadSchedulerMXBean known = scheduler;
        if (known == null) {
            known = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            scheduler = known;
        }
        return known;
    }

    int count() {
        return scheduler().getParallelism();
    }

    /// Whether there are more than normally.
    boolean hasMore() {
        VirtualThreadSchedulerMXBean known = scheduler;
        return known != null && known.getParallelism() > normally;
    }

    /// Whether any has something to run.
    boolean areBusy() {
        return scheduler().getMountedVirtualThreadCount() > 0;
    }

    /// How many have nothing to run.
    int idle() {
        VirtualThreadSchedulerMXBean known = scheduler();
        return known.getParallelism() - known.getMountedVirtualThreadCount();
    }

    /// Makes so many more, and has them look for work.
    void add(int count) {
        VirtualThreadSchedulerMXBean known = scheduler();
        known.setParallelism(Math.min(MOST, known.getParallelism() + count));
        // A new virtual thread wakes a carrier, but only where its maker's queue is empty: this
        // maker has a queue of its own.
        Thread.ofPlatform()
                .daemon()
                .name("cladedb-carriers")
                .start(() -> Thread.startVirtualThread(() -> {}));
    }

    /// Makes one less of those that are too many.
    void remove() {
        VirtualThreadSchedulerMXBean known = scheduler();
        known.setParallelism(Math.max(normally, known.getParallelism() - 1));
    }

    /// Makes as many as normally.
    void reset() {
        if (hasMore()) {
            scheduler().setParallelism(normally);
        }
    }
}
