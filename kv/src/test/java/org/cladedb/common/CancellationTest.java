package org.cladedb.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CancellationTest {
    @AfterEach
    void forget() {
        assertThat(Thread.interrupted()).as("the request stays until it is taken back").isTrue();
    }

    @Test
    void onlyAnInterruptedThreadIsStopped() {
        Cancellation.check();
        Thread.currentThread().interrupt();
        assertThatThrownBy(Cancellation::check).isInstanceOf(CancelledException.class);
        assertThatThrownBy(Cancellation::check).isInstanceOf(CancelledException.class);
    }

    @Test
    void cheapTurnsAskNowAndThen() {
        Thread.currentThread().interrupt();
        Cancellation.check(1);
        Cancellation.check(1_023);
        assertThatThrownBy(() -> Cancellation.check(1_024)).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> Cancellation.check(1L << 40))
                .isInstanceOf(CancelledException.class);
    }
}
