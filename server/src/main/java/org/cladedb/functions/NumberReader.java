package org.cladedb.functions;

import java.math.BigDecimal;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.NumberPattern.Element;

/// `to_number`: reads a number by a template.
final class NumberReader {
    private final String input;
    private final StringBuilder digits = new StringBuilder();
    private int position;
    private boolean negative;

    private NumberReader(String input) {
        this.input = input;
    }

    static BigDecimal read(String format, String input) {
        NumberPattern pattern = NumberPattern.parse(format);
        if (pattern.roman || pattern.scientific) {
            throw Failures.unsupported(
                    pattern.roman
                            ? "\"RN\" not supported for input"
                            : "\"EEEE\" not supported for input");
        }
        return new NumberReader(input).read(pattern);
    }

    private BigDecimal read(NumberPattern pattern) {
        for (Element element : pattern.elements) {
            if (position >= input.length()) {
                break;
            }
            switch (element.kind()) {
                case NINE, ZERO -> readDigit();
                case POINT -> {
                    readSign();
                    if (position < input.length() && input.charAt(position) == '.') {
                        digits.append('.');
                        position++;
                    }
                }
                case COMMA, GROUP -> {
                    if (input.charAt(position) == ',') {
                        position++;
                    }
                }
                case S, MI, PL, SG, PR -> readSign();
                case TH -> position += 2;
                case CURRENCY -> {
                    if (!Character.isDigit(input.charAt(position))) {
                        position++;
                    }
                }
                case TEXT -> position += element.text().length();
                case RN, V, EEEE, FM, BLANK, CENTURY -> {}
            }
        }
        readSign();
        String text = digits.toString();
        if (text.isEmpty() || text.equals(".")) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type numeric: \" \"");
        }
        BigDecimal result = new BigDecimal(text);
        if (pattern.multiplier) {
            result = result.movePointLeft(pattern.multiplierDigits);
        }
        return negative ? result.negate() : result;
    }

    private void readSign() {
        while (position < input.length()) {
            char character = input.charAt(position);
            if (character == '-' || character == '<') {
                negative = true;
            } else if (character != '+' && character != ' ' && character != '>') {
                return;
            }
            position++;
        }
    }

    /// Takes the next digit, after a sign and skipping grouping characters that are not in the
    /// template's place.
    private void readDigit() {
        if (digits.isEmpty()) {
            readSign();
        }
        if (position < input.length()) {
            char character = input.charAt(position);
            if (Character.isDigit(character) || (character == '.' && digits.indexOf(".") < 0)) {
                digits.append(character);
                position++;
            }
        }
    }
}
