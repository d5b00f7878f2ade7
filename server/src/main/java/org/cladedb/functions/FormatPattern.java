package org.cladedb.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A template of `to_char` and `to_timestamp` cut into fields and literal text.
final class FormatPattern {
    /// The calendar that a field belongs to: a template may not mix them when it is read.
    enum Calendar {
        ANY,
        GREGORIAN,
        ISO_WEEKS
    }

    /// The fields. Digits of the field before one that is a number must be as many as its width.
    enum Field {
        AD(false, Calendar.ANY),
        AM(false, Calendar.ANY),
        CC(true, Calendar.ANY),
        DAY(false, Calendar.ANY),
        DDD(true, Calendar.GREGORIAN),
        DD(true, Calendar.GREGORIAN),
        DY(false, Calendar.ANY),
        D(true, Calendar.GREGORIAN),
        FF1(true, Calendar.ANY),
        FF2(true, Calendar.ANY),
        FF3(true, Calendar.ANY),
        FF4(true, Calendar.ANY),
        FF5(true, Calendar.ANY),
        FF6(true, Calendar.ANY),
        FX(false, Calendar.ANY),
        HH24(true, Calendar.ANY),
        HH12(true, Calendar.ANY),
        HH(true, Calendar.ANY),
        IDDD(true, Calendar.ISO_WEEKS),
        ID(true, Calendar.ISO_WEEKS),
        IW(true, Calendar.ISO_WEEKS),
        IYYY(true, Calendar.ISO_WEEKS),
        IYY(true, Calendar.ISO_WEEKS),
        IY(true, Calendar.ISO_WEEKS),
        I(true, Calendar.ISO_WEEKS),
        J(true, Calendar.ANY),
        MI(true, Calendar.ANY),
        MM(true, Calendar.GREGORIAN),
        MONTH(false, Calendar.GREGORIAN),
        MON(false, Calendar.GREGORIAN),
        MS(true, Calendar.ANY),
        OF(false, Calendar.ANY),
        Q(true, Calendar.ANY),
        RM(false, Calendar.GREGORIAN),
        SSSSS(true, Calendar.ANY),
        SSSS(true, Calendar.ANY),
        SS(true, Calendar.ANY),
        TZH(false, Calendar.ANY),
        TZM(true, Calendar.ANY),
        TZ(false, Calendar.ANY),
        US(true, Calendar.ANY),
        WW(true, Calendar.GREGORIAN),
        W(true, Calendar.GREGORIAN),
        Y_YYY(true, Calendar.GREGORIAN),
        YYYY(true, Calendar.GREGORIAN),
        YYY(true, Calendar.GREGORIAN),
        YY(true, Calendar.GREGORIAN),
        Y(true, Calendar.GREGORIAN);

        final boolean isNumber;
        final Calendar calendar;

        Field(boolean isNumber, Calendar calendar) {
            this.isNumber = isNumber;
            this.calendar = calendar;
        }
    }

    /// How letters of names are to be written.
    enum LetterCase {
        UPPER,
        CAPITALIZED,
        LOWER
    }

    sealed interface Part {}

    /// What a character of plain text means to a reader.
    enum TextKind {
        /// Neither letter nor digit: fits any separator, or none.
        SEPARATOR,
        SPACE,
        /// Fits any character.
        OTHER
    }

    /// One character of plain text.
    record Literal(String text, TextKind kind) implements Part {}

    /// A field as written, such as `Mon` or `FMDDth`.
    ///
    /// @param fill whether it is padded to its width: not after `FM`
    /// @param localized whether `TM` asked for the locale's words, which are not padded either
    record FieldPart(
            Field field,
            String spelling,
            LetterCase letters,
            boolean fill,
            boolean localized,
            Ordinal ordinal)
            implements Part {}

    /// The suffix of ordinal numbers.
    enum Ordinal {
        NONE,
        UPPER,
        LOWER
    }

    private static final int LENGTH_MAX = 10_000;
    private static final Map<String, Field> SPELLINGS = new HashMap<>();
    private static final int SPELLING_LENGTH_MAX = 5;

    static {
        for (Field field : Field.values()) {
            spell(field == Field.Y_YYY ? "Y,YYY" : field.name(), field);
        }
        spell("BC", Field.AD);
        spell("A.D.", Field.AD);
        spell("B.C.", Field.AD);
        spell("PM", Field.AM);
        spell("A.M.", Field.AM);
        spell("P.M.", Field.AM);
        SPELLINGS.put("Month", Field.MONTH);
        SPELLINGS.put("Mon", Field.MON);
        SPELLINGS.put("Day", Field.DAY);
        SPELLINGS.put("Dy", Field.DY);
    }

    private FormatPattern() {}

    static List<Part> parse(String format) {
        if (format.length() > LENGTH_MAX) {
            throw Failures.invalidParameter("datetime format is too long");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < format.length()) {
            at = readPart(format, at, parts);
        }
        return parts;
    }

    private static void spell(String spelling, Field field) {
        SPELLINGS.put(spelling, field);
        SPELLINGS.put(spelling.toLowerCase(Locale.ROOT), field);
    }

    private static int readPart(String format, int start, List<Part> parts) {
        boolean unfilled = format.startsWith("FM", start) || format.startsWith("fm", start);
        boolean localized = format.startsWith("TM", start) || format.startsWith("tm", start);
        int at = unfilled || localized ? start + 2 : start;
        for (int length = SPELLING_LENGTH_MAX; length > 0; length--) {
            Field field =
                    at + length > format.length()
                            ? null
                            : SPELLINGS.get(format.substring(at, at + length));
            if (field != null) {
                String spelling = format.substring(at, at + length);
                int end = at + length;
                Ordinal ordinal = ordinal(format, end);
                parts.add(
                        new FieldPart(
                                field, spelling, letters(spelling), !unfilled, localized, ordinal));
                // SP, for spelled numbers, is taken and means nothing.
                boolean suffix = ordinal != Ordinal.NONE || format.startsWith("SP", end);
                return suffix ? end + 2 : end;
            }
        }
        return at == format.length()
                ? at
                : TemplateText.read(
                        format,
                        at,
                        (text, quoted) -> parts.add(new Literal(text, kind(text, quoted))));
    }

    private static TextKind kind(String text, boolean quoted) {
        char first = text.charAt(0);
        if (quoted) {
            return TextKind.OTHER;
        }
        return isSeparator(first)
                ? TextKind.SEPARATOR
                : isSpace(first) ? TextKind.SPACE : TextKind.OTHER;
    }

    /// A printable ASCII character that is neither letter nor digit.
    static boolean isSeparator(char character) {
        return character > ' ' && character < 127 && !Character.isLetterOrDigit(character);
    }

    static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    private static Ordinal ordinal(String format, int at) {
        if (format.startsWith("TH", at)) {
            return Ordinal.UPPER;
        }
        return format.startsWith("th", at) ? Ordinal.LOWER : Ordinal.NONE;
    }

    private static LetterCase letters(String spelling) {
        if (Character.isLowerCase(spelling.charAt(0))) {
            return LetterCase.LOWER;
        }
        return spelling.length() > 1 && Character.isLowerCase(spelling.charAt(1))
                ? LetterCase.CAPITALIZED
                : LetterCase.UPPER;
    }
}
