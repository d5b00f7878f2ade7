package org.cladedb.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InMemoryLockTableTest {
    private static final long FOREVER = -1;
    private static final byte[] A = {1};
    private static final byte[] B = {2};

    private final InMemoryLockTable table = new InMemoryLockTable();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void nothingIsLeft() {
        threads.close();
        assertThat(table.lockedKeys()).isZero();
    }

    private Future<Boolean> lockElsewhere(Object owner, byte[] key, LockMode mode) {
        Callable<Boolean> call = () -> table.lock(owner, key, mode, FOREVER);
        return threads.submit(call);
    }

    /// Returns once as many requests wait for a lock.
    private void awaitWaiters(int count) {
        while (table.waiters() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void sharersShareAndWritersExclude() throws Exception {
        assertThat(table.lock("one", A, LockMode.SHARED, 0)).isTrue();
        assertThat(table.lock("two", A, LockMode.SHARED, 0)).isTrue();
        assertThatThrownBy(() -> table.lock("three", A, LockMode.EXCLUSIVE, 0))
                .isInstanceOf(LockTimeoutException.class);
        assertThatThrownBy(() -> table.lock("one", A, LockMode.EXCLUSIVE, 5))
                .isInstanceOf(LockTimeoutException.class);
        table.releaseAll("two");
        assertThat(table.lock("one", A, LockMode.EXCLUSIVE, 0)).isTrue();
        assertThat(table.lock("one", A, LockMode.SHARED, 0)).isTrue();
        assertThatThrownBy(() -> table.lock("two", A, LockMode.SHARED, 0))
                .isInstanceOf(LockTimeoutException.class);
        table.releaseAll("one");
        table.releaseAll("one");
    }

    @Test
    void waiterIsWokenByRelease() throws Exception {
        table.lock("one", A, LockMode.EXCLUSIVE, 0);
        Future<Boolean> waiting = lockElsewhere("two", A, LockMode.EXCLUSIVE);
        awaitWaiters(1);
        table.releaseAll("one");
        assertThat(waiting.get()).isFalse();
        table.releaseAll("two");
    }

    @Test
    void newSharersQueueBehindAWaitingWriter() throws Exception {
        table.lock("reader", A, LockMode.SHARED, 0);
        Future<Boolean> writer = lockElsewhere("writer", A, LockMode.EXCLUSIVE);
        awaitWaiters(1);
        assertThatThrownBy(() -> table.lock("late", A, LockMode.SHARED, 0))
                .isInstanceOf(LockTimeoutException.class);
        table.releaseAll("reader");
        assertThat(writer.get()).isFalse();
        table.releaseAll("writer");
    }

    @Test
    void cycleOfTwoIsRefused() throws Exception {
        table.lock("one", A, LockMode.EXCLUSIVE, 0);
        table.lock("two", B, LockMode.EXCLUSIVE, 0);
        Future<Boolean> waiting = lockElsewhere("one", B, LockMode.EXCLUSIVE);
        awaitWaiters(1);
        assertThatThrownBy(() -> table.lock("two", A, LockMode.SHARED, FOREVER))
                .isInstanceOf(DeadlockException.class);
        table.releaseAll("two");
        assertThat(waiting.get()).isFalse();
        table.releaseAll("one");
    }

    @Test
    void twoUpgradesAreACycle() throws Exception {
        table.lock("one", A, LockMode.SHARED, 0);
        table.lock("two", A, LockMode.SHARED, 0);
        Future<Boolean> waiting = lockElsewhere("one", A, LockMode.EXCLUSIVE);
        awaitWaiters(1);
        assertThatThrownBy(() -> table.lock("two", A, LockMode.EXCLUSIVE, FOREVER))
                .isInstanceOf(DeadlockException.class);
        table.releaseAll("two");
        assertThat(waiting.get()).isFalse();
        table.releaseAll("one");
    }

    @Test
    void interruptedWaiterLeavesTheQueue() throws Exception {
        table.lock("one", A, LockMode.SHARED, 0);
        Future<Boolean> writer = lockElsewhere("two", A, LockMode.EXCLUSIVE);
        awaitWaiters(1);
        Future<Boolean> reader = lockElsewhere("three", A, LockMode.SHARED);
        awaitWaiters(2);
        writer.cancel(true);
        assertThat(reader.get()).isFalse();
        table.releaseAll("one");
        table.releaseAll("three");
    }

    @Test
    void randomLockersNeverOverlapAndNeverHang() throws Exception {
        AtomicInteger[] holders = new AtomicInteger[5];
        for (int key = 0; key < holders.length; key++) {
            holders[key] = new AtomicInteger();
        }
        List<Future<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            Random random = new Random(worker);
            workers.add(threads.submit(() -> lockAtRandom(random, holders)));
        }
        int granted = 0;
        for (Future<Integer> worker : workers) {
            granted += resultOf(worker);
        }
        assertThat(granted).isPositive();
    }

    private static int resultOf(Future<Integer> worker) throws InterruptedException {
        try {
            return worker.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private int lockAtRandom(Random random, AtomicInteger[] holders) throws InterruptedException {
        int granted = 0;
        for (int round = 0; round < 500; round++) {
            Object owner = new Object();
            boolean[] held = new boolean[holders.length];
            try {
                for (int step = 0; step < 3; step++) {
                    int key = random.nextInt(holders.length);
                    table.lock(owner, new byte[] {(byte) key}, LockMode.EXCLUSIVE, FOREVER);
                    if (!held[key]) {
                        held[key] = true;
                        granted++;
                        if (holders[key].incrementAndGet() != 1) {
                            throw new AssertionError("two holders of key " + key);
                        }
                    }
                }
            } catch (DeadlockException e) {
                // The victim gives up what it has.
            }
            for (int key = 0; key < held.length; key++) {
                if (held[key]) {
                    holders[key].decrementAndGet();
                }
            }
            table.releaseAll(owner);
        }
        return granted;
    }
}
