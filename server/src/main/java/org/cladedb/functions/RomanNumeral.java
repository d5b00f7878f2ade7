package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// A number from 1 to 3999 in Roman digits, as they are written properly.
///
/// @param end where the digits end
record RomanNumeral(int value, int end) {
    static final int MAX = 3999;

    /// The most digits that a number has.
    static final int LENGTH_MAX = 15;

    private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] DIGITS = {
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
    };
    private static final String LETTERS = "IVXLCDM";

    static String print(int value) {
        StringBuilder roman = new StringBuilder();
        int rest = value;
        for (int i = 0; i < VALUES.length; i++) {
            while (rest >= VALUES[i]) {
                roman.append(DIGITS[i]);
                rest -= VALUES[i];
            }
        }
        return roman.toString();
    }

    /// Reads the digits that begin at `start`, in any case.
    ///
    /// @throws DatabaseException there are none, or they are no number
    static RomanNumeral read(String input, int start) {
        int end = start;
        int value = 0;
        int before = 0;
        while (end < input.length() && end - start < LENGTH_MAX && digit(input, end) > 0) {
            int digit = digit(input, end);
            // A smaller digit before a larger one is taken away instead of added.
            value += digit > before ? digit - 2 * before : digit;
            before = digit;
            end++;
        }
        String written = input.substring(start, end);
        if (value < 1 || value > MAX || !print(value).equalsIgnoreCase(written)) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION, "invalid Roman numeral");
        }
        return new RomanNumeral(value, end);
    }

    private static int digit(String input, int at) {
        return switch (LETTERS.indexOf(Character.toUpperCase(input.charAt(at)))) {
            case 0 -> 1;
            case 1 -> 5;
            case 2 -> 10;
            case 3 -> 50;
            case 4 -> 100;
            case 5 -> 500;
            case 6 -> 1000;
            default -> 0;
        };
    }
}
