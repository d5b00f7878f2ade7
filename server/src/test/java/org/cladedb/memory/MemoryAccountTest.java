package org.cladedb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cladedb.common.MemoryPool;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.junit.jupiter.api.Test;

final class MemoryAccountTest {
    private static final long PIECE = 64 << 10;
    private static final long MEGABYTE = 1 << 20;

    private final MemoryPool pool = new MemoryPool(8 * MEGABYTE);
    private final SessionMemory session = new SessionMemory(pool);
    private final MemoryAccount statement = session.account(4 * MEGABYTE, MEGABYTE);
    private final MemoryAccount plan = MemoryAccount.detached();
    private final MemoryAccount operator = plan.part();
    private final MemoryAccount other = plan.part();

    @Test
    void whatAnOperatorTakesCountsForAllAbove() {
        plan.attach(statement);
        operator.reserve(100);
        other.reserve(50);
        assertThat(operator.usedBytes()).isEqualTo(100);
        assertThat(plan.usedBytes()).isEqualTo(150);
        assertThat(statement.usedBytes()).isEqualTo(150);
        assertThat(session.usedBytes()).isEqualTo(150);
        assertThat(pool.usedBytes()).isEqualTo(PIECE);
        operator.releaseAll();
        other.release(50);
        assertThat(session.usedBytes()).isZero();
        session.settle();
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void everyOperatorHasWorkMemoryAndMayGoBeyondItWhenItMust() {
        plan.attach(statement);
        assertThat(operator.tryReserve(MEGABYTE)).isTrue();
        assertThat(operator.tryReserve(1)).isFalse();
        assertThat(operator.usedBytes()).isEqualTo(MEGABYTE);
        assertThat(other.tryReserve(MEGABYTE)).isTrue();
        operator.reserve(MEGABYTE);
        assertThat(statement.usedBytes()).isEqualTo(3 * MEGABYTE);
    }

    @Test
    void aStatementEndsAtItsLimitAndKeepsWhatItHad() {
        plan.attach(statement);
        operator.reserve(4 * MEGABYTE);
        assertThatThrownBy(() -> other.reserve(1))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state()).isEqualTo(SqlState.OUT_OF_MEMORY);
                            assertThat(failure.fields().detail())
                                    .contains("4096 kB (statement_memory_limit)");
                        });
        assertThat(other.usedBytes()).isZero();
        assertThat(session.usedBytes()).isEqualTo(4 * MEGABYTE);
    }

    @Test
    void theServersLimitRefusesTheOneThatAsksAndLeavesSmallOnesAlone() {
        pool.take(7 * MEGABYTE);
        plan.attach(statement);
        assertThat(operator.tryReserve(MEGABYTE / 2)).as("the last eighth is kept").isFalse();
        operator.reserve(MEGABYTE / 2);
        assertThatThrownBy(() -> operator.reserve(MEGABYTE)).hasMessage("out of memory");
        pool.take(MEGABYTE);
        MemoryAccount small = new SessionMemory(pool).account(MEGABYTE, MEGABYTE);
        small.reserve(PIECE);
        assertThatThrownBy(() -> small.reserve(1)).hasMessage("out of memory");
    }

    @Test
    void anExecutionLeavesNothingBehind() {
        plan.attach(statement);
        operator.reserve(100);
        plan.detach();
        assertThat(statement.usedBytes()).isZero();
        operator.release(100);
        assertThat(plan.usedBytes()).isZero();
        plan.attach(statement);
        assertThat(operator.usedBytes()).isZero();
        operator.resize(10);
        operator.resize(30);
        operator.resize(20);
        assertThat(statement.usedBytes()).isEqualTo(20);
    }

    @Test
    void surplusGoesBackWhileTheStatementRuns() {
        plan.attach(statement);
        operator.reserve(2 * MEGABYTE);
        operator.release(2 * MEGABYTE - 1);
        assertThat(session.drawnBytes()).isEqualTo(PIECE + 1);
        operator.check(MEGABYTE);
        assertThat(operator.usedBytes()).isEqualTo(1);
    }
}
