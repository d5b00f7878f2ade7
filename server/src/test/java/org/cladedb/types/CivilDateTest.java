package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The calendar agrees with java.time's over the whole range.
final class CivilDateTest {
    private static final LocalDate START = LocalDate.of(2000, 1, 1);

    @Test
    void daysAndDatesConvertBothWays() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            long days =
                    i % 2 == 0
                            ? random.nextInt(2_000_000) - 1_000_000
                            : CivilDate.FIRST_DAY
                                    + (long)
                                            (random.nextDouble()
                                                    * ((double) CivilDate.LAST_DAY
                                                            - CivilDate.FIRST_DAY));
            LocalDate expected = START.plusDays(days);
            long date = CivilDate.ofDays(days);
            assertThat(
                            LocalDate.of(
                                    CivilDate.year(date),
                                    CivilDate.month(date),
                                    CivilDate.day(date)))
                    .as("seed 3, day %d", days)
                    .isEqualTo(expected);
            assertThat(
                            CivilDate.toDays(
                                    CivilDate.year(date),
                                    CivilDate.month(date),
                                    CivilDate.day(date)))
                    .isEqualTo(days);
        }
    }
}
