package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlaceSetTest {
    @Test
    void holdsWhatASetHolds() {
        Random random = new Random(1);
        PlaceSet places = new PlaceSet();
        Set<Long> expected = new HashSet<>();
        for (int step = 0; step < 20_000; step++) {
            long place = 1L + random.nextInt(200 + step / 10);
            if (random.nextInt(3) == 0) {
                assertThat(places.remove(place)).isEqualTo(expected.remove(place));
            } else {
                places.reserve(1);
                places.add(place);
                expected.add(place);
            }
            assertThat(places.contains(place)).isEqualTo(expected.contains(place));
            assertThat(places.size()).isEqualTo(expected.size());
        }
        assertThat(all(places)).isEqualTo(expected);
        places.clear();
        assertThat(all(places)).isEmpty();
    }

    private static Set<Long> all(PlaceSet places) {
        Set<Long> all = new HashSet<>();
        for (int index = places.next(0); index >= 0; index = places.next(index + 1)) {
            all.add(places.at(index));
        }
        return all;
    }
}
