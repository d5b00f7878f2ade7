package org.cladedb.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// A template of `to_char` and `to_number` for numbers: its elements and what they declare.
final class NumberPattern {
    /// The elements, written in upper or in lower case; TEXT stands for a character to copy.
    enum Kind {
        NINE("9"),
        ZERO("0"),
        POINT("."),
        COMMA(","),
        GROUP("G"),
        PR("PR"),
        S("S"),
        MI("MI"),
        PL("PL"),
        SG("SG"),
        RN("RN"),
        TH("TH"),
        V("V"),
        EEEE("EEEE"),
        CURRENCY("L"),
        FM("FM"),
        BLANK("B"),
        CENTURY("C"),
        SPELLED("SP"),
        TEXT("");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }
    }

    record Element(Kind kind, String text) {}

    private static final int LENGTH_MAX = 10_000;
    private static final int SPELLING_LENGTH_MAX = 4;
    private static final Map<String, Kind> SPELLINGS = new HashMap<>();

    static {
        for (Kind kind : Kind.values()) {
            if (!kind.spelling.isEmpty()) {
                SPELLINGS.put(kind.spelling, kind);
                SPELLINGS.put(kind.spelling.toLowerCase(Locale.ROOT), kind);
            }
        }
        SPELLINGS.put("D", Kind.POINT);
        SPELLINGS.put("d", Kind.POINT);
    }

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
    boolean blank;

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
        for (int length = SPELLING_LENGTH_MAX; length > 0; length--) {
            if (at + length > format.length()) {
                continue;
            }
            String spelling = format.substring(at, at + length);
            Kind kind = SPELLINGS.get(spelling);
            if (kind != null) {
                elements.add(new Element(kind, spelling));
                declare(kind);
                return at + length;
            }
        }
        return TemplateText.read(
                format, at, (character, _) -> elements.add(new Element(Kind.TEXT, character)));
    }

    private void declare(Kind kind) {
        if (scientific && kind != Kind.EEEE) {
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
            case RN -> {
                if (roman) {
                    throw syntax("cannot use \"RN\" twice");
                }
                roman = true;
            }
            case FM -> fill = false;
            case V -> {
                if (hasPoint) {
                    throw syntax("cannot use \"V\" and decimal point together");
                }
                multiplier = true;
            }
            case EEEE -> declareExponent();
            case BLANK -> blank |= integerDigits == 0 && fractionDigits == 0 && !hasZero;
            case COMMA, GROUP, TH, CURRENCY, CENTURY, SPELLED, TEXT -> {}
        }
        if (roman && (hasPoint || hasZero || blank || multiplier || isSigned())) {
            throw syntax("\"RN\" is incompatible with other formats")
                    .withDetail("\"RN\" may only be used together with \"FM\".");
        }
    }

    private boolean isSigned() {
        return signLocale || bracket || minus || plus;
    }

    private void declareExponent() {
        if (scientific) {
            throw syntax("cannot use \"EEEE\" twice");
        }
        if (blank || !fill || isSigned() || roman || multiplier) {
            throw syntax("\"EEEE\" is incompatible with other formats")
                    .withDetail(
                            "\"EEEE\" may only be used together with digit and decimal point"
                                    + " patterns.");
        }
        scientific = true;
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
