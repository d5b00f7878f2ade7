package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.cladedb.functions.NumberPattern.Element;

/// `to_char` of numbers: fills one number into a [NumberPattern].
final class NumberFormat {
    private static final int ROMAN_MAX = 3999;
    private static final int ROMAN_WIDTH = 15;
    private static final int FLOAT_DIGITS = 15;
    private static final int REAL_DIGITS = 6;
    private static final int[] ROMAN_VALUES = {
        1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
    };
    private static final String[] ROMAN_DIGITS = {
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
    };

    private final NumberPattern pattern;
    private final String number;
    private final boolean negative;
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

    private NumberFormat(
            NumberPattern pattern, String number, boolean negative, int integerDigits) {
        this.pattern = pattern;
        this.negative = negative;
        int point = number.indexOf('.');
        int length = point < 0 ? number.length() : point;
        if (length > integerDigits) {
            this.number = "#".repeat(integerDigits) + "." + "#".repeat(pattern.fractionDigits);
            leadingBlanks = 0;
        } else {
            this.number = number;
            leadingBlanks = integerDigits - length;
        }
        bracket = pattern.bracket && (negative || pattern.fill);
        boolean explicitSign = pattern.plus || pattern.minus;
        if (explicitSign) {
            signWritten = !pattern.plus || pattern.minus;
            signAfter = pattern.signAfter;
        } else {
            signWritten = !negative && !pattern.fill && !pattern.signLocale;
            signAfter = pattern.signAfter || pattern.signPosition == integerDigits;
        }
        lastRelevant = pattern.fill || !pattern.hasPoint ? -1 : lastRelevantDigit();
        digitCount =
                pattern.fractionDigits
                        + integerDigits
                        - 1
                        + (!signWritten && leadingBlanks == 0 ? 1 : 0);
    }

    static String print(String format, BigDecimal value) {
        return print(NumberPattern.parse(format), value);
    }

    /// Floats have no more digits than they can be trusted for.
    static String printFloat(String format, double value, boolean real) {
        NumberPattern pattern = NumberPattern.parse(format);
        int digits = real ? REAL_DIGITS : FLOAT_DIGITS;
        BigDecimal exact = new BigDecimal(value).movePointRight(pattern.multiplierDigits);
        if (pattern.scientific || pattern.roman) {
            return print(pattern, exact);
        }
        int before = Math.max(1, exact.precision() - exact.scale());
        int after = before >= digits ? 0 : Math.min(pattern.fractionDigits, digits - before);
        BigDecimal rounded = exact.setScale(after, RoundingMode.HALF_EVEN);
        return fill(pattern, rounded);
    }

    private static String print(NumberPattern pattern, BigDecimal value) {
        if (pattern.roman) {
            return printRoman(pattern, value);
        }
        if (pattern.scientific) {
            return printScientific(value, pattern.fractionDigits);
        }
        BigDecimal scaled = value.movePointRight(pattern.multiplierDigits);
        return fill(pattern, scaled.setScale(pattern.fractionDigits, RoundingMode.HALF_UP));
    }

    private static String fill(NumberPattern pattern, BigDecimal rounded) {
        return fill(pattern, rounded.abs().toPlainString(), rounded.signum() < 0);
    }

    private static String fill(NumberPattern pattern, String number, boolean negative) {
        NumberFormat format =
                new NumberFormat(
                        pattern,
                        number,
                        negative,
                        pattern.integerDigits + pattern.multiplierDigits);
        for (Element element : pattern.elements) {
            format.write(element);
        }
        return format.out.toString();
    }

    /// NaN and infinities stand where the digits would.
    static String printSpecial(String format, double value) {
        NumberPattern pattern = NumberPattern.parse(format);
        if (pattern.roman) {
            return "#".repeat(ROMAN_WIDTH);
        }
        return fill(pattern, Double.isNaN(value) ? "NaN" : "Infinity", value < 0);
    }

    private static String printRoman(NumberPattern pattern, BigDecimal value) {
        BigDecimal whole = value.setScale(0, RoundingMode.HALF_UP);
        String text;
        if (whole.signum() <= 0 || whole.compareTo(BigDecimal.valueOf(ROMAN_MAX)) > 0) {
            text = "#".repeat(ROMAN_WIDTH);
        } else {
            StringBuilder roman = new StringBuilder();
            int rest = whole.intValueExact();
            for (int i = 0; i < ROMAN_VALUES.length; i++) {
                while (rest >= ROMAN_VALUES[i]) {
                    roman.append(ROMAN_DIGITS[i]);
                    rest -= ROMAN_VALUES[i];
                }
            }
            text = roman.toString();
        }
        boolean lower = pattern.elements.stream().anyMatch(element -> element.text().equals("rn"));
        text = lower ? text.toLowerCase(Locale.ROOT) : text;
        return pattern.fill ? " ".repeat(ROMAN_WIDTH - text.length()) + text : text;
    }

    private static String printScientific(BigDecimal value, int fractionDigits) {
        BigDecimal rounded = value.round(new MathContext(fractionDigits + 1, RoundingMode.HALF_UP));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String digits =
                rounded.movePointLeft(exponent)
                        .setScale(fractionDigits, RoundingMode.HALF_UP)
                        .toPlainString();
        int size = Math.abs(exponent);
        return (value.signum() < 0 ? "" : " ")
                + digits
                + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "")
                + size;
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
            case NINE, ZERO, POINT -> writeDigit(element.kind() == NumberPattern.Kind.ZERO);
            case COMMA, GROUP -> {
                if (inNumber) {
                    out.append(',');
                } else if (pattern.fill) {
                    out.append(' ');
                }
            }
            case CURRENCY -> out.append(' ');
            case TH -> {
                if (number.charAt(0) != '#' && !negative && !pattern.hasPoint) {
                    String suffix = DateTimeFormat.ordinalSuffix(number);
                    out.append(
                            element.text().equals("TH") ? suffix.toUpperCase(Locale.ROOT) : suffix);
                }
            }
            case MI -> writeSign(negative, '-');
            case PL -> writeSign(!negative, '+');
            case SG -> out.append(negative ? '-' : '+');
            case TEXT -> out.append(element.text());
            case PR, S, RN, V, EEEE, FM, BLANK, CENTURY -> {}
        }
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
        return !pattern.hasZero
                && position == 0
                && number.charAt(0) == '0'
                && pattern.fractionDigits != 0;
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

    private void writeNumberCharacter(boolean zero) {
        if (position >= number.length()) {
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
