package org.cladedb.functions;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A template of `to_char` and `to_timestamp` cut into fields and literal text.
final class FormatPattern {
    /// The fields; `isNumber` ones may have fewer digits when a separator follows.
    enum Field {
        AD,
        AM,
        CC,
        DAY,
        DDD,
        DD,
        DY,
        D,
        FF1,
        FF2,
        FF3,
        FF4,
        FF5,
        FF6,
        FX,
        HH24,
        HH12,
        HH,
        IDDD,
        ID,
        IW,
        IYYY,
        IYY,
        IY,
        I,
        J,
        MI,
        MM,
        MONTH,
        MON,
        MS,
        OF,
        Q,
        RM,
        SSSSS,
        SSSS,
        SS,
        TZH,
        TZM,
        TZ,
        US,
        WW,
        W,
        Y_YYY,
        YYYY,
        YYY,
        YY,
        Y
    }

    /// How letters of names are to be written.
    enum LetterCase {
        UPPER,
        CAPITALIZED,
        LOWER
    }

    sealed interface Part {}

    /// Text to copy; `quoted` text is never a separator.
    record Literal(String text, boolean quoted) implements Part {}

    /// A field as written, such as `Mon` or `FMDDth`.
    record FieldPart(
            Field field, String spelling, LetterCase letters, boolean fill, Ordinal ordinal)
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
            SPELLINGS.put(field.name(), field);
        }
        SPELLINGS.remove("Y_YYY");
        SPELLINGS.put("Y,YYY", Field.Y_YYY);
        SPELLINGS.put("BC", Field.AD);
        SPELLINGS.put("A.D.", Field.AD);
        SPELLINGS.put("B.C.", Field.AD);
        SPELLINGS.put("PM", Field.AM);
        SPELLINGS.put("A.M.", Field.AM);
        SPELLINGS.put("P.M.", Field.AM);
    }

    /// The fields that `TM` makes words of the locale, which are not padded.
    private static final Set<Field> NAMES = EnumSet.of(Field.DAY, Field.DY, Field.MONTH, Field.MON);

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

    private static int readPart(String format, int start, List<Part> parts) {
        int at = start;
        boolean fill = true;
        boolean localized = false;
        while (at + 2 <= format.length()) {
            String prefix = format.substring(at, at + 2).toUpperCase(Locale.ROOT);
            if (!prefix.equals("FM") && !prefix.equals("TM")) {
                break;
            }
            localized |= prefix.equals("TM");
            fill &= !prefix.equals("FM");
            at += 2;
        }
        for (int length = SPELLING_LENGTH_MAX; length > 0; length--) {
            if (at + length > format.length()) {
                continue;
            }
            String spelling = format.substring(at, at + length);
            Field field = SPELLINGS.get(spelling.toUpperCase(Locale.ROOT));
            if (field == null) {
                continue;
            }
            int end = at + length;
            Ordinal ordinal = ordinal(format, end);
            boolean filled = fill && !(localized && NAMES.contains(field));
            parts.add(new FieldPart(field, spelling, letters(spelling), filled, ordinal));
            return ordinal == Ordinal.NONE ? end : end + 2;
        }
        if (at > start && at == format.length()) {
            return at;
        }
        return readLiteral(format, at, parts);
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

    private static int readLiteral(String format, int at, List<Part> parts) {
        char first = format.charAt(at);
        if (first == '"') {
            StringBuilder text = new StringBuilder();
            int i = at + 1;
            while (i < format.length() && format.charAt(i) != '"') {
                if (format.charAt(i) == '\\' && i + 1 < format.length()) {
                    i++;
                }
                text.append(format.charAt(i));
                i++;
            }
            parts.add(new Literal(text.toString(), true));
            return i + 1;
        }
        if (first == '\\' && at + 1 < format.length() && format.charAt(at + 1) == '"') {
            parts.add(new Literal("\"", false));
            return at + 2;
        }
        int end = format.offsetByCodePoints(at, 1);
        parts.add(new Literal(format.substring(at, end), false));
        return end;
    }
}
