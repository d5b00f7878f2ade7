package org.cladedb.server;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.cladedb.common.Clock;
import org.cladedb.session.ProcessorTurns;

/// Sees to it that whoever is ready to run is run soon, though statements may be in long functions
/// where they give nothing away: then there are more carriers for a while, and the operating system
/// shares the processors among them.
///
/// Its thread starts a virtual thread that does nothing, and looks ten milliseconds later whether
/// it was run. Where statements begin meanwhile there are only many of them: that takes a few more
/// carriers than those in long functions, and no more. It sleeps while no statement begins, but for
/// a look now and then.
final class CarrierWatch implements AutoCloseable {
    private static final long TICK_NANOS = 10_000_000;
    private static final long SLEEP_NANOS = 250_000_000;

    /// How many ticks without a new statement or a lack of carriers lead to sleep.
    private static final int QUIET_TICKS = 100;

    /// How many ticks without a lack there are before a carrier is taken away, at least and most.
    private static final int CALM_TICKS = 10;

    private static final int CALM_TICKS_MAX = 2_000;

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final Carriers carriers = new Carriers();
    private final LongAdder begun = new LongAdder();
    private final FairTurns turns;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    /// The rest belongs to the thread.
    private volatile boolean probed = true;

    private int quiet;
    private int calm;
    private int patience = CALM_TICKS;
    private int step = 1;
    private long begunBefore;

    /// How many carriers there were when they were all in long functions.
    private int stuck;

    private CarrierWatch(Clock clock) {
        turns = new FairTurns(clock, carriers, processors, this::begins);
        thread = Thread.ofPlatform().daemon().name("cladedb-carriers").unstarted(this::watch);
    }

    static CarrierWatch start(Clock clock) {
        CarrierWatch watch = new CarrierWatch(clock);
        watch.thread.start();
        return watch;
    }

    ProcessorTurns turns() {
        return turns;
    }

    private void begins() {
        begun.increment();
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        while (!closed) {
            tick();
            if (quiet < QUIET_TICKS) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else if (carriers.areBusy() || !probed) {
                quiet = 0;
            } else {
                sleep();
            }
        }
        carriers.reset();
    }

    private void sleep() {
        asleep = true;
        LockSupport.parkNanos(this, SLEEP_NANOS);
        if (!asleep) {
            quiet = 0;
        }
        asleep = false;
    }

    private void tick() {
        carriers.load();
        turns.giveUnseenAway();
        quiet++;
        if (probed) {
            step = 1;
            calm++;
            probed = false;
            Thread.startVirtualThread(() -> probed = true);
        } else {
            quiet = 0;
            add(begun.sum() != begunBefore);
        }
        begunBefore = begun.sum();
        if (carriers.hasMore()) {
            quiet = 0;
            removeOne();
        }
    }

    /// Twice as many each time that the last ones were not enough.
    ///
    /// @param moving whether some carrier takes others
    private void add(boolean moving) {
        if (moving) {
            if (carriers.count() < stuck + 2 * processors) {
                carriers.add(1);
            }
        } else {
            if (calm < CALM_TICKS) {
                // The last one should not have been taken away.
                patience = Math.min(patience * 2, CALM_TICKS_MAX);
            }
            stuck = carriers.count();
            carriers.add(step);
            step *= 2;
        }
        calm = 0;
    }

    private void removeOne() {
        boolean unused = carriers.idle() > 1 && calm % CALM_TICKS == 0;
        if (unused || calm >= patience) {
            carriers.remove();
            stuck = Math.min(stuck, carriers.count());
            patience = unused ? CALM_TICKS : patience;
            calm = 1;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
