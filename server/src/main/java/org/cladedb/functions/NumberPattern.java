package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// A template of `to_char` and `to_number` for numbers: its elements and what they declare.
final class NumberPattern {
    /// The elements; TEXT stands for any literal text.
    enum Kind {
        NINE,
        ZERO,
        POINT,
        COMMA,
        GROUP,
        PR,
        S,
        MI,
        PL,
        SG,
        RN,
        TH,
        V,
        EEEE,
        CURRENCY,
        FM,
        BLANK,
        CENTURY,
        TEXT
    }

    record Element(Kind kind, String text) {}

    private static final int LENGTH_MAX = 10_000;

    final List<Element> elements = new ArrayList<>();
    int integerDigits;
    int fractionDigits;
    int multiplierDigits;
    int zeroStart;
    int zeroEnd;
    int signPosition = -1;
    boolean hasZero;
    boolean hasPoint;
    boolean fill = true;
    boolean signLocale;
    boolean signAfter;
    boolean minus;
    boolean plus;
    boolean bracket;
    boolean roman;
    boolean scientific;
    boolean multiplier;

    static NumberPattern parse(String format) {
        if (format.length() > LENGTH_MAX) {
            throw Failures.invalidParameter("number format is too long");
        }
        NumberPattern pattern = new NumberPattern();
        int at = 0;
        while (at < format.length()) {
            at = pattern.readElement(format, at);
        }
        return pattern;
    }

    private int readElement(String format, int at) {
        if (format.charAt(at) == '"') {
            int end = format.indexOf('"', at + 1);
            int stop = end < 0 ? format.length() : end;
            elements.add(new Element(Kind.TEXT, format.substring(at + 1, stop)));
            return stop + 1;
        }
        for (int length = 4; length > 0; length--) {
            if (at + length > format.length()) {
                continue;
            }
            String text = format.substring(at, at + length);
            Kind kind = kind(text.toUpperCase(Locale.ROOT));
            if (kind != null) {
                elements.add(new Element(kind, text));
                declare(kind);
                return at + length;
            }
        }
        int end = format.offsetByCodePoints(at, 1);
        elements.add(new Element(Kind.TEXT, format.substring(at, end)));
        return end;
    }

    private static @Nullable Kind kind(String text) {
        return switch (text) {
            case "9" -> Kind.NINE;
            case "0" -> Kind.ZERO;
            case ".", "D" -> Kind.POINT;
            case "," -> Kind.COMMA;
            case "G" -> Kind.GROUP;
            case "PR" -> Kind.PR;
            case "S" -> Kind.S;
            case "MI" -> Kind.MI;
            case "PL" -> Kind.PL;
            case "SG" -> Kind.SG;
            case "RN" -> Kind.RN;
            case "TH" -> Kind.TH;
            case "V" -> Kind.V;
            case "EEEE" -> Kind.EEEE;
            case "L" -> Kind.CURRENCY;
            case "FM" -> Kind.FM;
            case "B" -> Kind.BLANK;
            case "C" -> Kind.CENTURY;
            default -> null;
        };
    }

    private void declare(Kind kind) {
        if (scientific) {
            throw syntax("\"EEEE\" must be the last pattern used");
        }
        switch (kind) {
            case NINE -> declareNine();
            case ZERO -> declareZero();
            case POINT -> {
                if (hasPoint) {
                    throw syntax("multiple decimal points");
                }
                if (multiplier) {
                    throw syntax("cannot use \"V\" and decimal point together");
                }
                hasPoint = true;
            }
            case S -> declareSign();
            case MI -> {
                requireNoLocaleSign("MI");
                minus = true;
            }
            case PL -> {
                requireNoLocaleSign("PL");
                plus = true;
            }
            case SG -> {
                requireNoLocaleSign("SG");
                minus = true;
                plus = true;
            }
            case PR -> {
                if (signLocale || plus || minus) {
                    throw syntax("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                }
                bracket = true;
            }
            case RN -> roman = true;
            case FM -> fill = false;
            case V -> {
                if (hasPoint) {
                    throw syntax("cannot use \"V\" and decimal point together");
                }
                multiplier = true;
            }
            case EEEE -> scientific = true;
            case COMMA, GROUP, TH, CURRENCY, BLANK, CENTURY, TEXT -> {}
        }
    }

    private void declareNine() {
        if (bracket) {
            throw syntax("\"9\" must be ahead of \"PR\"");
        }
        if (multiplier) {
            multiplierDigits++;
        } else if (hasPoint) {
            fractionDigits++;
        } else {
            integerDigits++;
        }
    }

    private void declareZero() {
        if (bracket) {
            throw syntax("\"0\" must be ahead of \"PR\"");
        }
        if (!hasZero && !hasPoint) {
            hasZero = true;
            zeroStart = integerDigits;
        }
        if (hasPoint) {
            fractionDigits++;
        } else {
            integerDigits++;
        }
        zeroEnd = integerDigits + fractionDigits;
    }

    private void declareSign() {
        if (signLocale) {
            throw syntax("cannot use \"S\" twice");
        }
        if (plus || minus || bracket) {
            throw syntax("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        }
        signLocale = true;
        if (hasPoint) {
            signAfter = true;
        } else {
            signPosition = integerDigits;
        }
    }

    private void requireNoLocaleSign(String element) {
        if (signLocale) {
            throw syntax("cannot use \"S\" and \"" + element + "\" together");
        }
    }

    private static DatabaseException syntax(String message) {
        return new DatabaseException(SqlState.SYNTAX_ERROR, message);
    }
}
