package org.cladedb.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LockOwnerTest {
    private static final long FOREVER = -1;
    private static final LockMode[] TABLE_MODES =
            List.of(LockMode.values()).subList(2, 10).toArray(LockMode[]::new);

    /// PostgreSQL's table of conflicting modes, a row and a column for each from ACCESS SHARE on.
    private static final String[] CONFLICTS = {
        ".......X",
        "......XX",
        "....XXXX",
        "...XXXXX",
        "..XX.XXX",
        "..XXXXXX",
        ".XXXXXXX",
        "XXXXXXXX"
    };

    private static final LockTarget READ = target(1, LockMode.TABLE_ACCESS_SHARE);
    private static final LockTarget WRITE = target(1, LockMode.TABLE_ROW_EXCLUSIVE);
    private static final LockTarget ALONE = target(1, LockMode.TABLE_ACCESS_EXCLUSIVE);
    private static final LockTarget OTHER = target(2, LockMode.TABLE_ACCESS_EXCLUSIVE);

    private final InMemoryLockTable table = new InMemoryLockTable();
    private final List<LockOwner> owners = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LockOwner one = owner();
    private final LockOwner two = owner();
    private final LockOwner three = owner();

    @AfterEach
    void nothingIsLeft() {
        threads.close();
        owners.forEach(LockOwner::close);
        assertThat(table.lockedKeys()).isZero();
        assertThat(table.list()).isEmpty();
        assertThat(table.hasStrong(READ)).isFalse();
    }

    private LockOwner owner() {
        LockOwner owner = table.newOwner();
        owners.add(owner);
        return owner;
    }

    private static LockTarget target(int key, LockMode mode) {
        return new LockTarget(new byte[] {(byte) key}, mode);
    }

    private Future<Boolean> lockElsewhere(LockOwner owner, LockTarget target) {
        Callable<Boolean> call = () -> owner.lock(target, FOREVER);
        return threads.submit(call);
    }

    private void awaitWaiters(int count) {
        while (table.waiters() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void modesExcludeEachOtherAsInPostgres() throws Exception {
        for (int i = 0; i < TABLE_MODES.length; i++) {
            for (int j = 0; j < TABLE_MODES.length; j++) {
                boolean conflict = CONFLICTS[i].charAt(j) == 'X';
                assertThat(TABLE_MODES[i].excludes(TABLE_MODES[j])).isEqualTo(conflict);
                one.lock(target(1, TABLE_MODES[i]), 0);
                LockTarget wanted = target(1, TABLE_MODES[j]);
                if (conflict) {
                    assertThatThrownBy(() -> two.lock(wanted, 0))
                            .isInstanceOf(LockTimeoutException.class);
                } else {
                    assertThat(two.lock(wanted, 0)).isTrue();
                }
                one.releaseAll();
                two.releaseAll();
            }
        }
    }

    @Test
    void weakLocksStayOutsideOfTheTableUntilAStrongOneIsWanted() throws Exception {
        one.lock(READ, 0);
        two.lock(WRITE, 0);
        assertThat(table.lockedKeys()).isZero();
        assertThat(table.list()).hasSize(2).allMatch(HeldLock::weak);
        Future<Boolean> alone = lockElsewhere(three, ALONE);
        awaitWaiters(1);
        assertThat(table.list()).hasSize(3).noneMatch(HeldLock::weak);
        one.releaseAll();
        assertThat(table.waiters()).isEqualTo(1);
        two.releaseAll();
        assertThat(alone.get()).isFalse();
    }

    @Test
    void readersQueueBehindWhoWaitsForAll() throws Exception {
        one.lock(READ, 0);
        Future<Boolean> alone = lockElsewhere(two, ALONE);
        awaitWaiters(1);
        assertThatThrownBy(() -> three.lock(READ, 0)).isInstanceOf(LockTimeoutException.class);
        Future<Boolean> reader = lockElsewhere(three, READ);
        awaitWaiters(2);
        assertThat(one.lock(WRITE, 0)).as("a holder goes first").isTrue();
        one.releaseAll();
        assertThat(alone.get()).isFalse();
        assertThat(reader.isDone()).isFalse();
        two.releaseAll();
        assertThat(reader.get()).isFalse();
    }

    @Test
    void whoExcludesNobodyThatWaitsDoesNotWait() throws Exception {
        one.lock(WRITE, 0);
        Future<Boolean> share = lockElsewhere(two, target(1, LockMode.TABLE_SHARE));
        awaitWaiters(1);
        assertThat(three.lock(READ, 0)).isTrue();
        one.releaseAll();
        assertThat(share.get()).isFalse();
    }

    @Test
    void aCycleThroughWeakLocksIsRefused() throws Exception {
        one.lock(READ, 0);
        two.lock(target(2, LockMode.TABLE_ACCESS_SHARE), 0);
        Future<Boolean> waiting = lockElsewhere(one, OTHER);
        awaitWaiters(1);
        assertThatThrownBy(() -> two.lock(ALONE, FOREVER)).isInstanceOf(DeadlockException.class);
        two.releaseAll();
        assertThat(waiting.get()).isFalse();
    }

    @Test
    void singleModesAreGivenBack() throws Exception {
        one.lock(READ, 0);
        one.lock(WRITE, 0);
        one.release(WRITE);
        assertThat(two.lock(target(1, LockMode.TABLE_SHARE), 0)).isTrue();
        one.release(READ);
        two.releaseAll();
        one.lock(READ, 0);
        Future<Boolean> alone = lockElsewhere(two, ALONE);
        awaitWaiters(1);
        one.release(READ);
        assertThat(alone.get()).isFalse();
    }

    @Test
    void moreWeakLocksThanSlotsAreHeldAllTheSame() throws Exception {
        for (int key = 0; key < 40; key++) {
            one.lock(target(key, LockMode.TABLE_ROW_EXCLUSIVE), 0);
        }
        assertThat(table.list()).hasSize(40);
        for (int key = 0; key < 40; key++) {
            LockTarget wanted = target(key, LockMode.TABLE_SHARE);
            assertThatThrownBy(() -> two.lock(wanted, 0)).isInstanceOf(LockTimeoutException.class);
        }
    }

    /// Every owner holds what it holds alone: the number of its mode's holders is raised while it
    /// does, and those of the modes that it excludes must be zero.
    @Test
    void randomModesNeverOverlapAndNeverHang() throws Exception {
        List<AtomicIntegerArray> holders = new ArrayList<>();
        for (int key = 0; key < 3; key++) {
            holders.add(new AtomicIntegerArray(TABLE_MODES.length));
        }
        AtomicInteger granted = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            LockOwner owner = owner();
            Random random = new Random(worker);
            Callable<Boolean> work =
                    () -> {
                        for (int round = 0; round < 3_000; round++) {
                            granted.addAndGet(transaction(owner, random, holders));
                        }
                        return true;
                    };
            workers.add(threads.submit(work));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        assertThat(granted).hasPositiveValue();
    }

    private static int transaction(LockOwner owner, Random random, List<AtomicIntegerArray> holders)
            throws InterruptedException {
        List<LockTarget> held = new ArrayList<>();
        try {
            for (int step = 0; step < 3; step++) {
                int key = random.nextInt(holders.size());
                int mode =
                        random.nextInt(4) == 0
                                ? random.nextInt(TABLE_MODES.length)
                                : random.nextInt(3);
                LockTarget target = target(key, TABLE_MODES[mode]);
                if (!held.contains(target)) {
                    owner.lock(target, FOREVER);
                    held.add(target);
                    enter(holders.get(key), mode, count(held, key));
                }
            }
        } catch (DeadlockException _) {
            // The victim gives up what it has.
        }
        held.forEach(target ->
                holders.get(target.keyBytes()[0])
                        .decrementAndGet(List.of(TABLE_MODES).indexOf(target.mode())));
        if (random.nextBoolean()) {
            held.reversed().forEach(owner::release);
        }
        owner.releaseAll();
        return held.size();
    }

    private static int[] count(List<LockTarget> held, int key) {
        int[] own = new int[TABLE_MODES.length];
        for (LockTarget target : held) {
            if (target.keyBytes()[0] == key) {
                own[List.of(TABLE_MODES).indexOf(target.mode())]++;
            }
        }
        return own;
    }

    private static void enter(AtomicIntegerArray holders, int mode, int[] own) {
        holders.incrementAndGet(mode);
        for (int other = 0; other < TABLE_MODES.length; other++) {
            if (TABLE_MODES[mode].excludes(TABLE_MODES[other])
                    && holders.get(other) != own[other]) {
                throw new AssertionError(
                        TABLE_MODES[mode] + " beside " + TABLE_MODES[other] + " of another");
            }
        }
    }
}
