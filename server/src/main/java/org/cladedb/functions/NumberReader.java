package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.NumberPattern.Element;
import org.cladedb.types.Datum;

/// `to_number`: reads a number by a template.
///
/// The template says where to look rather than what must be there: most elements take a character
/// of the input whether it fits or not, and only what is left is judged as a number. Places of
/// digits count bytes as PostgreSQL's do, other elements whole characters.
final class NumberReader {
    private static final String DATA_CHARACTERS = "0123456789.,+-";

    private final NumberPattern pattern;

    /// A character for each byte of the input.
    private final String input;

    private final StringBuilder digits = new StringBuilder();
    private int position;

    /// Of the number, blank while none was read.
    private char sign = ' ';

    private int integerDigits;
    private int fractionDigits;
    private int integerDigitsMax;
    private boolean pointRead;

    private NumberReader(NumberPattern pattern, String input) {
        this.pattern = pattern;
        this.input =
                new String(input.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        integerDigitsMax = pattern.integerDigits;
    }

    static void read(String format, String input, Datum out) {
        NumberPattern pattern = NumberPattern.parse(format);
        if (pattern.scientific) {
            throw Failures.unsupported("\"EEEE\" not supported for input");
        }
        Numeric.set(out, new NumberReader(pattern, input).read());
    }

    private BigDecimal read() {
        for (Element element : pattern.elements) {
            if (atEnd()) {
                break;
            }
            readElement(element);
        }
        if (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '.') {
            digits.setLength(digits.length() - 1);
        }
        BigDecimal number = number();
        if (!pattern.multiplier) {
            return number;
        }
        int places = pattern.multiplierDigits;
        int scale = Math.min(Numeric.SIGNIFICANT_DIGITS_MIN + places, Numeric.DISPLAY_SCALE_MAX);
        return number.multiply(
                BigDecimal.ONE.movePointLeft(places).setScale(scale, RoundingMode.HALF_UP));
    }

    private BigDecimal number() {
        if (digits.isEmpty()) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type numeric: \"" + sign + "\"");
        }
        BigDecimal number = new BigDecimal(digits.toString());
        int most = integerDigitsMax + pattern.multiplierDigits;
        if (number.signum() != 0 && number.precision() - number.scale() > most) {
            throw new DatabaseException(
                            SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                    .withDetail(
                            "A field with precision "
                                    + (most + fractionDigits)
                                    + ", scale "
                                    + fractionDigits
                                    + " must round to an absolute value less than "
                                    + (most == 0 ? "1" : "10^" + most)
                                    + ".");
        }
        return (sign == '-' ? number.negate() : number).setScale(fractionDigits);
    }

    private void readElement(Element element) {
        switch (element.kind()) {
            case NINE, ZERO -> {
                readPlace(true);
                advance();
            }
            case POINT -> {
                readPlace(false);
                advance();
            }
            case COMMA, GROUP -> {
                if (pattern.fill && next() == ',') {
                    advance();
                }
            }
            case CURRENCY -> skipOther(1);
            case TH -> {
                if (!pattern.roman && !pattern.hasPoint) {
                    skipOther(2);
                }
            }
            case MI -> readSign("-");
            case PL -> readSign("+");
            case SG -> readSign("+-");
            case RN -> readRoman();
            case TEXT -> advanceCharacter();
            case S, PR, V, EEEE, FM, BLANK, CENTURY, SPELLED -> {}
        }
    }

    private boolean atEnd() {
        return position >= input.length();
    }

    private char next() {
        return input.charAt(position);
    }

    private void advance() {
        position++;
    }

    private void advanceCharacter() {
        int leadingOnes = Integer.numberOfLeadingZeros(~(next() << 24));
        position = Math.min(input.length(), position + Math.max(1, leadingOnes));
    }

    private void readSign(String signs) {
        if (signs.indexOf(next()) >= 0) {
            sign = next();
            advance();
        } else {
            skipOther(1);
        }
    }

    /// Skips so many characters at most, but none that can be of a number.
    private void skipOther(int most) {
        for (int i = 0; i < most && !atEnd() && DATA_CHARACTERS.indexOf(next()) < 0; i++) {
            advanceCharacter();
        }
    }

    /// Reads what is at one place of the number: a digit or the point, with the sign before or
    /// behind. It stays on the last character that it took, or does not want.
    private void readPlace(boolean digitPlace) {
        if (next() == ' ') {
            advance();
        }
        if (atEnd()) {
            return;
        }
        if (sign == ' ' && digitPlace && integerDigits + fractionDigits == 0) {
            readLeadingSign();
            if (atEnd()) {
                return;
            }
        }
        boolean taken = false;
        if (isDigit(next())) {
            if (pointRead && fractionDigits == pattern.fractionDigits) {
                return;
            }
            digits.append(next());
            if (pointRead) {
                fractionDigits++;
            } else {
                integerDigits++;
            }
            taken = true;
        } else if (pattern.hasPoint && !pointRead && next() == '.') {
            digits.append('.');
            pointRead = true;
            taken = true;
        }
        if (sign == ' ' && integerDigits + fractionDigits > 0) {
            readTrailingSign(taken);
        }
    }

    private void readLeadingSign() {
        char character = next();
        if (character == '-' || (character == '<' && pattern.bracket)) {
            sign = '-';
            advance();
        } else if (character == '+') {
            sign = '+';
            advance();
        }
    }

    /// A sign of S stands right behind the last digit; one of MI, PL and SG where a digit was
    /// looked for.
    private void readTrailingSign(boolean taken) {
        if (pattern.signLocale && taken) {
            int after = position + 1;
            if (after < input.length() && isSign(input.charAt(after))) {
                sign = input.charAt(after);
                position = after;
            }
        } else if (!taken
                && !pattern.signLocale
                && (pattern.plus || pattern.minus)
                && isSign(next())) {
            sign = next();
        }
    }

    private void readRoman() {
        int end = position;
        while (end < input.length() && Character.isWhitespace(input.charAt(end))) {
            end++;
        }
        RomanNumeral numeral = RomanNumeral.read(input, end);
        position = numeral.end();
        String text = Integer.toString(numeral.value());
        digits.append(text);
        integerDigitsMax = text.length();
    }

    private static boolean isSign(char character) {
        return character == '-' || character == '+';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
