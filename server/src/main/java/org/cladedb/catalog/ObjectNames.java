package org.cladedb.catalog;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Names for objects that a statement does not name, chosen as PostgreSQL chooses them.
public final class ObjectNames {
    private static final int BYTES_MAX = 63;

    private ObjectNames() {}

    /// `first_second_label`, its parts shortened to fit into a name, and a number after it where
    /// that is taken.
    ///
    /// @param second may be empty
    public static String unused(
            String first, String second, String label, Predicate<String> isTaken) {
        String name = composed(first, second, label);
        for (int i = 1; isTaken.test(name); i++) {
            name = composed(first, second, label + i);
        }
        return name;
    }

    private static String composed(String first, String second, String label) {
        int one = bytes(first);
        int two = bytes(second);
        int room = BYTES_MAX - bytes(label) - 1 - (second.isEmpty() ? 0 : 1);
        while (one + two > room) {
            if (one > two) {
                one--;
            } else {
                two--;
            }
        }
        String middle = second.isEmpty() ? "" : "_" + clipped(second, two);
        return clipped(first, one) + middle + "_" + label;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// As many whole characters as fit into so many bytes.
    private static String clipped(String text, int bytesMax) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > bytesMax) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }
}
