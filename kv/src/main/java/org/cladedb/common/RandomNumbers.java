package org.cladedb.common;

import java.security.SecureRandom;

/// Numbers that nobody else has, for names of things that must not be taken for each other.
public final class RandomNumbers {
    private RandomNumbers() {}

    /// Any number but 0.
    public static long next() {
        SecureRandom random = new SecureRandom();
        long number = random.nextLong();
        while (number == 0) {
            number = random.nextLong();
        }
        return number;
    }
}
