package org.cladedb.functions;

import java.util.Arrays;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;

/// Padding and trimming of text and bytea.
final class TextPadding {
    private TextPadding() {}

    static void define(Definitions define) {
        Datum blank = Datum.ofText(" ");
        define.function(
                "lpad(text, int4) text", (in, out, context) -> pad(in, blank, true, out, context));
        define.function(
                "lpad(text, int4, text) text",
                (in, out, context) -> pad(in, in[2], true, out, context));
        define.function(
                "rpad(text, int4) text", (in, out, context) -> pad(in, blank, false, out, context));
        define.function(
                "rpad(text, int4, text) text",
                (in, out, context) -> pad(in, in[2], false, out, context));
        defineTrim(define, "btrim", true, true);
        defineTrim(define, "ltrim", true, false);
        defineTrim(define, "rtrim", false, true);
    }

    private static void pad(
            Datum[] in, Datum fill, boolean left, Datum out, EvaluationContext context) {
        Datum text = in[0];
        long wanted = Math.max(0, in[1].longValue());
        if (wanted > TextFunctions.LENGTH_MAX / 4) {
            throw Failures.tooLarge("requested length too large");
        }
        int characters = Utf8.characterCount(text);
        if (characters >= wanted || fill.length() == 0) {
            int end = Utf8.endOfCharacters(text, (int) wanted);
            out.setBytes(text.bytes(), text.offset(), end);
            return;
        }
        int fillCharacters = Utf8.characterCount(fill);
        int missing = (int) wanted - characters;
        long bytes = text.length() + (long) missing * fill.length() / fillCharacters;
        context.memory().check(bytes);
        ByteWriter result = new ByteWriter((int) bytes);
        if (!left) {
            result.writeBytes(text.bytes(), text.offset(), text.length());
        }
        for (int turn = 1; missing >= fillCharacters; missing -= fillCharacters, turn++) {
            Cancellation.check(turn);
            result.writeBytes(fill.bytes(), fill.offset(), fill.length());
        }
        result.writeBytes(fill.bytes(), fill.offset(), Utf8.endOfCharacters(fill, missing));
        if (left) {
            result.writeBytes(text.bytes(), text.offset(), text.length());
        }
        out.setBytes(result.array(), 0, result.size());
    }

    private static void defineTrim(Definitions define, String name, boolean left, boolean right) {
        Datum blank = Datum.ofText(" ");
        define.function(name + "(text) text", (in, out, _) -> trim(in[0], blank, left, right, out));
        define.function(
                name + "(text, text) text", (in, out, _) -> trim(in[0], in[1], left, right, out));
        define.function(
                name + "(bytea, bytea) bytea",
                (in, out, _) -> trimBytes(in[0], in[1], left, right, out));
    }

    private static void trim(Datum text, Datum set, boolean left, boolean right, Datum out) {
        int start = 0;
        int end = text.length();
        byte[] bytes = text.bytes();
        for (int turn = 1; left && start < end; turn++) {
            Cancellation.check(turn);
            int length = Utf8.lengthOf(bytes[text.offset() + start]);
            if (!containsCharacter(set, bytes, text.offset() + start, length)) {
                break;
            }
            start += length;
        }
        for (int turn = 1; right && end > start; turn++) {
            Cancellation.check(turn);
            int last = end - 1;
            while (last > start && Utf8.isContinuation(bytes[text.offset() + last])) {
                last--;
            }
            if (!containsCharacter(set, bytes, text.offset() + last, end - last)) {
                break;
            }
            end = last;
        }
        out.setBytes(bytes, text.offset() + start, end - start);
    }

    private static boolean containsCharacter(Datum set, byte[] bytes, int offset, int length) {
        for (int i = 0, turn = 1; i < set.length(); turn++) {
            Cancellation.check(turn);
            int size = Utf8.lengthOf(set.bytes()[set.offset() + i]);
            if (size == length
                    && Arrays.equals(
                            set.bytes(),
                            set.offset() + i,
                            set.offset() + i + size,
                            bytes,
                            offset,
                            offset + length)) {
                return true;
            }
            i += size;
        }
        return false;
    }

    private static void trimBytes(Datum value, Datum set, boolean left, boolean right, Datum out) {
        int start = 0;
        int end = value.length();
        boolean[] wanted = new boolean[1 << Byte.SIZE];
        for (int i = 0; i < set.length(); i++) {
            Cancellation.check(i + 1L);
            wanted[set.bytes()[set.offset() + i] & 0xFF] = true;
        }
        while (left && start < end && wanted[value.bytes()[value.offset() + start] & 0xFF]) {
            Cancellation.check(start + 1L);
            start++;
        }
        while (right && end > start && wanted[value.bytes()[value.offset() + end - 1] & 0xFF]) {
            Cancellation.check(end);
            end--;
        }
        out.setBytes(value.bytes(), value.offset() + start, end - start);
    }
}
