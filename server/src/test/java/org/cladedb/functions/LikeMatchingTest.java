package org.cladedb.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.cladedb.types.Datum;
import org.junit.jupiter.api.Test;

/// LIKE agrees with the regular expression that means the same, on random short texts.
class LikeMatchingTest {
    private static final long SEED = 42;
    private static final String TEXT_ALPHABET = "abé";
    private static final String PATTERN_ALPHABET = "abé%_";

    private static String random(SplittableRandom random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void agreesWithRegularExpressions() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            String text = random(random, TEXT_ALPHABET);
            String pattern = random(random, PATTERN_ALPHABET);
            boolean wanted = Pattern.matches(pattern.replace("%", ".*").replace("_", "."), text);
            assertThat(LikeMatching.matches(Datum.ofText(text), Datum.ofText(pattern), true))
                    .as("seed %s: '%s' like '%s'", SEED, text, pattern)
                    .isEqualTo(wanted);
        }
    }
}
