package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.NumberPattern.Element;

/// `to_char` of numbers: fills one number into a [NumberPattern].
final class NumberFormat {
    private static final int ROMAN_WIDTH = RomanNumeral.LENGTH_MAX;
    private static final BigDecimal NOT_ROMAN = BigDecimal.valueOf(RomanNumeral.MAX + 1);
    private final NumberPattern pattern;
    private final String number;
    private final boolean negative;
    private final int fractionDigits;
    private final int leadingBlanks;
    private final int digitCount;
    private final boolean bracket;
    private final boolean signAfter;
    private final int lastRelevant;
    private final StringBuilder out = new StringBuilder();
    private boolean signWritten;
    private boolean inNumber;
    private int current;
    private int position;

    /// The length of the result when the number ended before the template; else -1.
    private int cutAt = -1;

    private NumberFormat(NumberPattern pattern, PrintedNumber printed) {
        this.pattern = pattern;
        negative = printed.negative();
        fractionDigits = printed.fractionDigits();
        int integerDigits = pattern.integerDigits + pattern.multiplierDigits;
        int point = printed.text().indexOf('.');
        int length = point < 0 ? printed.text().length() : point;
        if (length > integerDigits && !pattern.roman) {
            number = "#".repeat(integerDigits) + "." + "#".repeat(fractionDigits);
            leadingBlanks = 0;
        } else {
            number = printed.text();
            leadingBlanks = Math.max(0, integerDigits - length);
        }
        boolean explicitSign = pattern.plus || pattern.minus;
        bracket = pattern.bracket && (negative || pattern.fill || explicitSign);
        if (explicitSign) {
            signWritten = pattern.minus;
            signAfter = pattern.signAfter;
        } else {
            signWritten = !negative && !pattern.fill && !pattern.signLocale;
            signAfter = pattern.signAfter || pattern.signPosition == integerDigits;
        }
        lastRelevant = pattern.fill || !pattern.hasPoint ? -1 : lastRelevantDigit();
        digitCount =
                fractionDigits + integerDigits - 1 + (!signWritten && leadingBlanks == 0 ? 1 : 0);
    }

    static String printInteger(NumberPattern pattern, int value) {
        if (pattern.roman) {
            return printRoman(pattern, value);
        }
        return pattern.scientific
                ? PrintedNumber.scientificBinary(value, pattern)
                : fill(pattern, PrintedNumber.ofInteger(value, pattern));
    }

    static String printLong(NumberPattern pattern, long value) {
        if (pattern.roman) {
            return printRoman(pattern, value);
        }
        return pattern.scientific
                ? PrintedNumber.scientific(BigDecimal.valueOf(value), pattern)
                : fill(pattern, PrintedNumber.ofLong(value, pattern));
    }

    static String print(NumberPattern pattern, BigDecimal value) {
        if (pattern.roman) {
            return printRoman(
                    pattern, value.setScale(0, RoundingMode.HALF_UP).min(NOT_ROMAN).longValue());
        }
        return pattern.scientific
                ? PrintedNumber.scientific(value, pattern)
                : fill(pattern, PrintedNumber.of(value, pattern));
    }

    static String printFloat(NumberPattern pattern, double value, boolean real) {
        if (pattern.roman) {
            return printRoman(
                    pattern, Double.isNaN(value) ? 0 : (long) Math.min(Math.rint(value), 4e3));
        }
        return pattern.scientific
                ? PrintedNumber.scientificBinary(value, pattern)
                : fill(pattern, PrintedNumber.ofFloat(value, real, pattern));
    }

    /// A numeric that is NaN or infinite stands as a word where the digits would.
    static String printSpecial(NumberPattern pattern, double value) {
        if (pattern.roman) {
            return printRoman(pattern, 0);
        }
        return pattern.scientific
                ? PrintedNumber.scientificBinary(value, pattern)
                : fill(pattern, PrintedNumber.ofSpecial(value, pattern));
    }

    private static String fill(NumberPattern pattern, PrintedNumber number) {
        return new NumberFormat(pattern, number).fill();
    }

    private String fill() {
        for (Element element : pattern.elements) {
            write(element);
        }
        if (cutAt >= 0) {
            out.setLength(cutAt);
        }
        return out.toString();
    }

    /// Everything but the number itself is written around it as usual.
    private static String printRoman(NumberPattern pattern, long value) {
        PrintedNumber number = new PrintedNumber(roman(value), false, 0);
        return new NumberFormat(pattern, number).fill();
    }

    private static String roman(long value) {
        if (value <= 0 || value > RomanNumeral.MAX) {
            return "#".repeat(ROMAN_WIDTH);
        }
        return RomanNumeral.print((int) value);
    }

    /// The last digit that FM keeps: the last one that is not zero, or one asked for by `0`.
    private int lastRelevantDigit() {
        int point = number.indexOf('.');
        if (point < 0) {
            return -1;
        }
        int last = point;
        for (int i = point + 1; i < number.length(); i++) {
            if (number.charAt(i) != '0') {
                last = i;
            }
        }
        if (pattern.zeroEnd > leadingBlanks) {
            last = Math.max(last, Math.min(number.length() - 1, pattern.zeroEnd - leadingBlanks));
        }
        return last;
    }

    private void write(Element element) {
        switch (element.kind()) {
            case NINE, ZERO, POINT -> {
                if (!pattern.roman) {
                    writeDigit(element.kind() == NumberPattern.Kind.ZERO);
                }
            }
            case COMMA, GROUP -> {
                if (inNumber) {
                    out.append(',');
                } else if (pattern.fill) {
                    out.append(' ');
                }
            }
            case CURRENCY -> out.append(' ');
            case TH -> writeOrdinal(element);
            case MI -> writeSign(negative, '-');
            case PL -> writeSign(!negative, '+');
            case SG -> out.append(negative ? '-' : '+');
            case TEXT -> out.append(element.text());
            case RN -> writeRoman(element);
            case PR, S, V, EEEE, FM, BLANK, CENTURY, SPELLED -> {}
        }
    }

    private void writeOrdinal(Element element) {
        if (pattern.roman || number.charAt(0) == '#' || negative || pattern.hasPoint) {
            return;
        }
        if (!Character.isDigit(number.charAt(number.length() - 1))) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION, "\"" + number + "\" is not a number");
        }
        String suffix = DateTimeFormat.ordinalSuffix(number);
        out.append(element.text().equals("TH") ? suffix.toUpperCase(Locale.ROOT) : suffix);
    }

    private void writeRoman(Element element) {
        if (pattern.fill) {
            out.repeat(' ', Math.max(0, ROMAN_WIDTH - number.length()));
        }
        out.append(element.text().equals("rn") ? number.toLowerCase(Locale.ROOT) : number);
    }

    private void writeSign(boolean applies, char sign) {
        if (applies) {
            out.append(sign);
        } else if (pattern.fill) {
            out.append(' ');
        }
    }

    /// A single 0 before the point is not printed unless the template asks for it.
    private boolean isZeroBeforePoint() {
        return !pattern.hasZero && position == 0 && number.charAt(0) == '0' && fractionDigits != 0;
    }

    private boolean endsAtPoint() {
        return lastRelevant >= 0 && number.charAt(lastRelevant) == '.';
    }

    private void writeDigit(boolean zero) {
        inNumber = false;
        boolean started =
                current >= leadingBlanks || (pattern.hasZero && pattern.zeroStart == current);
        if (!signWritten && started && (!isZeroBeforePoint() || endsAtPoint())) {
            writeLeadingSign();
        }
        if (current < leadingBlanks) {
            if (pattern.hasZero && pattern.zeroStart <= current) {
                out.append('0');
                inNumber = true;
            } else if (pattern.fill) {
                out.append(' ');
            }
        } else {
            writeNumberCharacter(zero);
        }
        int end = digitCount + (leadingBlanks > 0 ? 1 : 0) + (pattern.hasPoint ? 1 : 0);
        if (lastRelevant >= 0 && lastRelevant == position) {
            end = current;
        }
        if (current + 1 == end) {
            if (signWritten && bracket) {
                out.append(negative ? '>' : ' ');
            } else if (pattern.signLocale && signAfter) {
                out.append(negative ? '-' : '+');
            }
        }
        current++;
    }

    private void writeLeadingSign() {
        if (pattern.signLocale) {
            if (!signAfter) {
                out.append(negative ? '-' : '+');
                signWritten = true;
            }
            return;
        }
        if (bracket) {
            out.append(negative ? '<' : ' ');
        } else if (negative) {
            out.append('-');
        } else if (pattern.fill) {
            out.append(' ');
        }
        signWritten = true;
    }

    /// PostgreSQL writes the zero byte that ends the number, and with it ends the result.
    private void endHere() {
        if (cutAt < 0) {
            cutAt = out.length();
        }
        inNumber = true;
    }

    private void writeNumberCharacter(boolean zero) {
        if (position >= number.length()) {
            if (lastRelevant < 0 || zero) {
                endHere();
            }
            return;
        }
        char character = number.charAt(position);
        if (character == '.') {
            out.append('.');
        } else if (lastRelevant >= 0 && position > lastRelevant && !zero) {
            position++;
            return;
        } else if (isZeroBeforePoint()) {
            if (pattern.fill) {
                out.append(' ');
            } else if (endsAtPoint()) {
                out.append('0');
            }
        } else {
            out.append(character);
            inNumber = true;
        }
        position++;
    }
}
