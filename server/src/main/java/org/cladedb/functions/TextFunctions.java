package org.cladedb.functions;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// Lengths, parts, letter case and repetition of text, on its UTF-8 bytes.
final class TextFunctions {
    /// What one result may have at most, as in PostgreSQL.
    static final int LENGTH_MAX = 0x3FFF_FFFF;

    /// A larger buffer is not kept from one call to the next.
    private static final int KEPT_BYTES_MAX = 1 << 16;

    private TextFunctions() {}

    static void define(Definitions define) {
        defineLengths(define);
        defineCase(define);
        defineParts(define);
        defineRepetition(define);
        defineCodes(define);
    }

    private static void defineLengths(Definitions define) {
        for (String name : new String[] {"length", "char_length", "character_length"}) {
            define.function(
                    name + "(text) int4", (in, out, _) -> out.setLong(Utf8.characterCount(in[0])));
            define.function(
                    name + "(bpchar) int4",
                    (in, out, _) ->
                            out.setLong(
                                    Utf8.characterCount(
                                            in[0].bytes(),
                                            in[0].offset(),
                                            CastFunctions.lengthWithoutBlanks(in[0]))));
        }
        for (String type : new String[] {"text", "bytea", "bpchar"}) {
            define.function(
                    "octet_length(" + type + ") int4", (in, out, _) -> out.setLong(in[0].length()));
        }
        define.function("length(bytea) int4", (in, out, _) -> out.setLong(in[0].length()));
        for (String type : new String[] {"text", "bytea"}) {
            define.function(
                    "bit_length(" + type + ") int4",
                    (in, out, _) -> out.setLong(in[0].length() * 8L));
        }
    }

    private static void defineCase(Definitions define) {
        define.bound("lower(text) text", (_, _) -> new CaseMapping(false));
        define.bound("upper(text) text", (_, _) -> new CaseMapping(true));
        define.function(
                "initcap(text) text", (in, out, _) -> out.setText(capitalize(in[0].text())));
        define.function("reverse(text) text", (in, out, context) -> reverse(in[0], out, context));
    }

    /// Maps ASCII in a buffer of its own, which is kept while small; other text takes the long way.
    private static final class CaseMapping implements ScalarFunction {
        private final boolean upper;
        private byte[] small = {};

        CaseMapping(boolean upper) {
            this.upper = upper;
        }

        @Override
        public void apply(Datum[] in, Datum out, EvaluationContext context) {
            byte[] source = in[0].bytes();
            int offset = in[0].offset();
            int length = in[0].length();
            byte[] buffer = length > KEPT_BYTES_MAX ? new byte[length] : kept(length);
            byte from = (byte) (upper ? 'a' : 'A');
            byte to = (byte) (upper ? 'z' : 'Z');
            for (int i = 0; i < length; ) {
                int piece = Cancellation.pieceEnd(i, length);
                for (; i < piece; i++) {
                    byte character = source[offset + i];
                    if (character < 0) {
                        out.setText(LetterCase.map(in[0].text(), upper));
                        return;
                    }
                    buffer[i] =
                            character >= from && character <= to
                                    ? (byte) (character ^ 0x20)
                                    : character;
                }
            }
            out.setBytes(buffer, 0, length);
        }

        private byte[] kept(int length) {
            if (small.length < length) {
                small = new byte[Math.max(length, 32)];
            }
            return small;
        }
    }

    /// Turns the characters round, each of which keeps the order of its bytes.
    private static void reverse(Datum text, Datum out, EvaluationContext context) {
        int length = text.length();
        context.memory().check(length);
        byte[] result = new byte[length];
        int at = 0;
        for (int turn = 1; at < length; turn++) {
            Cancellation.check(turn);
            int start = text.offset() + at;
            int size = Math.min(Utf8.lengthOf(text.bytes()[start]), length - at);
            at += size;
            for (int i = 0; i < size; i++) {
                result[length - at + i] = text.bytes()[start + i];
            }
        }
        out.setBytes(result);
    }

    private static String capitalize(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            Cancellation.check(i);
            int character = text.codePointAt(i);
            result.appendCodePoint(
                    inWord ? Character.toLowerCase(character) : Character.toUpperCase(character));
            inWord = Character.isLetterOrDigit(character);
            i += Character.charCount(character);
        }
        return result.toString();
    }

    private static void defineParts(Definitions define) {
        for (String name : new String[] {"substr", "substring"}) {
            define.function(
                    name + "(text, int4) text", (in, out, _) -> part(in, Long.MAX_VALUE, out));
            define.function(
                    name + "(text, int4, int4) text", (in, out, _) -> part(in, length(in), out));
            define.function(
                    name + "(bytea, int4) bytea",
                    (in, out, _) -> bytePart(in, Long.MAX_VALUE, out));
            define.function(
                    name + "(bytea, int4, int4) bytea",
                    (in, out, _) -> bytePart(in, length(in), out));
        }
        define.function("left(text, int4) text", (in, out, _) -> left(in[0], in[1], out));
        define.function("right(text, int4) text", (in, out, _) -> right(in[0], in[1], out));
        for (String name : new String[] {"position", "strpos"}) {
            define.function(
                    name + "(text, text) int4",
                    (in, out, _) -> {
                        int at = ByteStrings.indexOf(in[0], in[1], 0);
                        out.setLong(
                                at < 0
                                        ? 0
                                        : Utf8.characterCount(in[0].bytes(), in[0].offset(), at)
                                                + 1L);
                    });
        }
        define.function(
                "position(bytea, bytea) int4",
                (in, out, _) -> out.setLong(ByteStrings.indexOf(in[0], in[1], 0) + 1L));
        define.function(
                "starts_with(text, text) bool",
                (in, out, _) -> out.setBoolean(ByteStrings.matches(in[0], 0, in[1])));
        define.operator(
                "^@(text, text) bool",
                (in, out, _) -> out.setBoolean(ByteStrings.matches(in[0], 0, in[1])));
        define.function("split_part(text, text, int4) text", TextFunctions::splitPart);
        define.function(
                "overlay(text, text, int4, int4) text",
                (in, out, _) -> overlay(in, in[3].longValue(), out));
        define.function(
                "overlay(text, text, int4) text",
                (in, out, _) -> overlay(in, Utf8.characterCount(in[1]), out));
        define.function(
                "overlay(bytea, bytea, int4, int4) bytea",
                (in, out, _) -> overlayBytes(in, in[3].longValue(), out));
        define.function(
                "overlay(bytea, bytea, int4) bytea",
                (in, out, _) -> overlayBytes(in, in[1].length(), out));
    }

    private static long length(Datum[] in) {
        if (in[2].longValue() < 0) {
            throw new DatabaseException(
                    SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        return in[2].longValue();
    }

    private static void part(Datum[] in, long length, Datum out) {
        Datum text = in[0];
        long start = in[1].longValue();
        long end = length == Long.MAX_VALUE ? Long.MAX_VALUE : start + length;
        int skip = Math.clamp(start - 1, 0, Integer.MAX_VALUE);
        int from = Utf8.endOfCharacters(text, skip);
        int take = Math.clamp(end - 1 - skip, 0, Integer.MAX_VALUE);
        int bytes =
                Utf8.endOfCharacters(
                        text.bytes(), text.offset() + from, text.length() - from, take);
        out.setBytes(text.bytes(), text.offset() + from, bytes);
    }

    private static void bytePart(Datum[] in, long length, Datum out) {
        long start = in[1].longValue();
        long end = length == Long.MAX_VALUE ? Long.MAX_VALUE : start + length;
        int from = Math.clamp(start - 1, 0, in[0].length());
        int to = Math.clamp(end - 1, from, in[0].length());
        out.setBytes(in[0].bytes(), in[0].offset() + from, to - from);
    }

    private static void left(Datum text, Datum count, Datum out) {
        long characters = count.longValue();
        if (characters < 0) {
            characters = Math.max(0, Utf8.characterCount(text) + characters);
        }
        int end = Utf8.endOfCharacters(text, (int) Math.min(characters, Integer.MAX_VALUE));
        out.setBytes(text.bytes(), text.offset(), end);
    }

    private static void right(Datum text, Datum count, Datum out) {
        long characters = count.longValue();
        if (characters == Integer.MIN_VALUE) {
            // As in PostgreSQL, where it has no opposite.
            characters = 0 - characters;
        }
        int all = Utf8.characterCount(text);
        int skip =
                (int) (characters < 0 ? Math.min(all, -characters) : Math.max(0, all - characters));
        int start = Utf8.endOfCharacters(text, skip);
        out.setBytes(text.bytes(), text.offset() + start, text.length() - start);
    }

    private static void splitPart(Datum[] in, Datum out, EvaluationContext context) {
        long field = in[2].longValue();
        if (field == 0) {
            throw Failures.invalidParameter("field position must not be zero");
        }
        Datum text = in[0];
        Datum separator = in[1];
        if (separator.length() == 0) {
            out.setBytes(text.bytes(), text.offset(), Math.abs(field) == 1 ? text.length() : 0);
            return;
        }
        if (field < 0) {
            long parts = 1;
            for (int at = ByteStrings.indexOf(text, separator, 0);
                    at >= 0;
                    at = ByteStrings.indexOf(text, separator, at + separator.length())) {
                parts++;
            }
            field += parts + 1;
        }
        int start = 0;
        for (long i = 1; i < field && start >= 0; i++) {
            int at = ByteStrings.indexOf(text, separator, start);
            start = at < 0 ? -1 : at + separator.length();
        }
        if (field < 1 || start < 0) {
            out.setBytes(text.bytes(), text.offset(), 0);
            return;
        }
        int end = ByteStrings.indexOf(text, separator, start);
        out.setBytes(text.bytes(), text.offset() + start, (end < 0 ? text.length() : end) - start);
    }

    private static void overlay(Datum[] in, long length, Datum out) {
        long start = in[2].longValue();
        if (start <= 0) {
            throw new DatabaseException(
                    SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        requireEnd(start, length);
        int before = Utf8.endOfCharacters(in[0], (int) Math.min(start - 1, Integer.MAX_VALUE));
        int after =
                Utf8.endOfCharacters(in[0], Math.clamp(start - 1 + length, 0, Integer.MAX_VALUE));
        replace(in, before, after, out);
    }

    /// The bytes up to `before`, the second argument, the bytes from `after` on.
    private static void replace(Datum[] in, int before, int after, Datum out) {
        ByteWriter result = new ByteWriter(in[0].length() + in[1].length());
        result.writeBytes(in[0].bytes(), in[0].offset(), before);
        result.writeBytes(in[1].bytes(), in[1].offset(), in[1].length());
        result.writeBytes(in[0].bytes(), in[0].offset() + after, in[0].length() - after);
        out.setBytes(result.array(), 0, result.size());
    }

    private static void requireEnd(long start, long length) {
        if (start + length != (int) (start + length)) {
            throw Failures.outOfRange("integer");
        }
    }

    private static void overlayBytes(Datum[] in, long length, Datum out) {
        long start = in[2].longValue();
        if (start <= 0) {
            throw new DatabaseException(
                    SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        requireEnd(start, length);
        int before = Math.clamp(start - 1, 0, in[0].length());
        int after = Math.clamp(start - 1 + length, 0, in[0].length());
        replace(in, before, after, out);
    }

    private static void defineRepetition(Definitions define) {
        define.function("repeat(text, int4) text", TextFunctions::repeat);
        define.function("replace(text, text, text) text", TextFunctions::replace);
        define.function("translate(text, text, text) text", TextFunctions::translate);
    }

    private static void repeat(Datum[] in, Datum out, EvaluationContext context) {
        long count = Math.max(0, in[1].longValue());
        if (count * in[0].length() > LENGTH_MAX) {
            throw Failures.tooLarge("requested length too large");
        }
        context.memory().check(count * in[0].length());
        byte[] result = new byte[(int) count * in[0].length()];
        for (int i = 0; i < count; i++) {
            Cancellation.check(i);
            System.arraycopy(
                    in[0].bytes(), in[0].offset(), result, i * in[0].length(), in[0].length());
        }
        out.setBytes(result);
    }

    private static void replace(Datum[] in, Datum out, EvaluationContext context) {
        int at = in[1].length() == 0 ? -1 : ByteStrings.indexOf(in[0], in[1], 0);
        if (at < 0) {
            out.copyFrom(in[0]);
            return;
        }
        ByteWriter result = new ByteWriter(in[0].length()).limitedBy(context.memory());
        int start = 0;
        for (int turn = 0; at >= 0; turn++) {
            Cancellation.check(turn);
            result.writeBytes(in[0].bytes(), in[0].offset() + start, at - start);
            result.writeBytes(in[2].bytes(), in[2].offset(), in[2].length());
            start = at + in[1].length();
            at = ByteStrings.indexOf(in[0], in[1], start);
        }
        result.writeBytes(in[0].bytes(), in[0].offset() + start, in[0].length() - start);
        out.setBytes(result.array(), 0, result.size());
    }

    private static void translate(Datum[] in, Datum out, EvaluationContext context) {
        int[] from = in[1].text().codePoints().toArray();
        int[] to = in[2].text().codePoints().toArray();
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < from.length; i++) {
            Cancellation.check(i);
            places.putIfAbsent(from[i], i);
        }
        StringBuilder result = new StringBuilder();
        String text = in[0].text();
        int character;
        for (int at = 0, turn = 1;
                at < text.length();
                at += Character.charCount(character), turn++) {
            Cancellation.check(turn);
            character = text.codePointAt(at);
            Integer index = places.get(character);
            if (index == null) {
                result.appendCodePoint(character);
            } else if (index < to.length) {
                result.appendCodePoint(to[index]);
            }
        }
        out.setText(result.toString());
    }

    private static void defineCodes(Definitions define) {
        define.function(
                "ascii(text) int4",
                (in, out, _) -> out.setLong(in[0].length() == 0 ? 0 : in[0].text().codePointAt(0)));
        define.function("chr(int4) text", (in, out, _) -> character(in[0].longValue(), out));
        defineDigits(define, "to_bin", 1);
        defineDigits(define, "to_oct", 3);
        defineDigits(define, "to_hex", 4);
    }

    /// Digits of `bits` bits each, of a number taken as one without a sign.
    private static void defineDigits(Definitions define, String name, int bits) {
        define.function(
                name + "(int4) text",
                (in, out, _) -> out.setText(digits(in[0].longValue() & 0xffff_ffffL, bits)));
        define.function(
                name + "(int8) text", (in, out, _) -> out.setText(digits(in[0].longValue(), bits)));
    }

    private static String digits(long value, int bits) {
        return Long.toUnsignedString(value, 1 << bits);
    }

    private static void character(long code, Datum out) {
        if (code < 0) {
            throw Failures.invalidParameter("character number must be positive");
        }
        if (code == 0) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
        }
        if (code > Character.MAX_CODE_POINT
                || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    code > Character.MAX_CODE_POINT
                            ? "requested character too large for encoding: " + code
                            : "requested character not valid for encoding: " + code);
        }
        out.setBytes(Character.toString((int) code).getBytes(StandardCharsets.UTF_8));
    }
}
