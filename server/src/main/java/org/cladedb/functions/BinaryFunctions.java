package org.cladedb.functions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Digests, `encode` and `decode`, character sets, bytes and bits of bytea, and random UUIDs.
final class BinaryFunctions {
    private static final int BASE64_LINE = 76;

    /// Whole lines of encoded bytes (of 57 each), and whole groups of four characters.
    private static final int BASE64_PIECE = 57 * 1_024;

    private static final Map<String, Charset> CHARSETS = new HashMap<>();

    static {
        encoding(StandardCharsets.UTF_8.name(), "utf8", "unicode", "sqlascii");
        encoding(StandardCharsets.ISO_8859_1.name(), "latin1", "iso88591");
        encoding("ISO-8859-2", "latin2", "iso88592");
        encoding("ISO-8859-9", "latin5", "iso88599");
        encoding("ISO-8859-15", "latin9", "iso885915");
        encoding("windows-1250", "win1250", "windows1250");
        encoding("windows-1251", "win1251", "windows1251", "win");
        encoding("windows-1252", "win1252", "windows1252");
        encoding("windows-1258", "win1258", "windows1258", "abc", "tcvn", "tcvn5712", "vscii");
    }

    /// Not every JDK has all of them.
    private static void encoding(String charset, String... names) {
        if (Charset.isSupported(charset)) {
            for (String name : names) {
                CHARSETS.put(name, Charset.forName(charset));
            }
        }
    }

    private BinaryFunctions() {}

    static void define(Definitions define) {
        digest(define, "md5(text) text", "MD5", true);
        digest(define, "md5(bytea) text", "MD5", true);
        digest(define, "sha224(bytea) bytea", "SHA-224", false);
        digest(define, "sha256(bytea) bytea", "SHA-256", false);
        digest(define, "sha384(bytea) bytea", "SHA-384", false);
        digest(define, "sha512(bytea) bytea", "SHA-512", false);
        define.function(
                "encode(bytea, text) text",
                (in, out, context) -> out.setBytes(encode(in[0], in[1].text(), context)));
        define.function(
                "decode(text, text) bytea",
                (in, out, _) -> out.setBytes(decode(in[0], in[1].text())));
        define.function(
                "convert_to(text, name) bytea",
                (in, out, _) ->
                        out.setBytes(in[0].text().getBytes(charset(in[1].text(), "destination"))));
        define.function(
                "convert_from(bytea, name) text",
                (in, out, _) -> out.setText(read(in[0], in[1].text())));
        define.function(
                "length(bytea, name) int4",
                (in, out, _) -> out.setLong(characters(in[0], in[1].text())));
        define.function(
                "convert(bytea, name, name) bytea",
                (in, out, _) ->
                        out.setBytes(
                                read(in[0], in[1].text())
                                        .getBytes(charset(in[2].text(), "destination"))));
        defineBytes(define);
        define.function(
                "gen_random_uuid() uuid volatile",
                (_, out, context) -> {
                    byte[] uuid = new byte[16];
                    context.random().nextBytes(uuid);
                    uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x40);
                    uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
                    out.setBytes(uuid);
                });
    }

    private static void digest(
            Definitions define, String line, String algorithm, boolean hexadecimal) {
        define.bound(
                line,
                (_, _) -> {
                    MessageDigest digest = newDigest(algorithm);
                    return (in, out, _) -> {
                        digest.reset();
                        int end = in[0].offset() + in[0].length();
                        for (int at = in[0].offset(); at < end; ) {
                            int piece = Cancellation.pieceEnd(at, end);
                            digest.update(in[0].bytes(), at, piece - at);
                            at = piece;
                        }
                        byte[] hash = digest.digest();
                        if (hexadecimal) {
                            out.setText(HexFormat.of().formatHex(hash));
                        } else {
                            out.setBytes(hash);
                        }
                    };
                });
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JDK has " + algorithm, exception);
        }
    }

    private static DatabaseException unknownEncoding(String name) {
        return Failures.invalidParameter("unrecognized encoding: \"" + name + "\"");
    }

    private static byte[] encode(Datum value, String format, EvaluationContext context) {
        if (2L * value.length() > TextFunctions.LENGTH_MAX) {
            throw Failures.tooLarge("result of encoding conversion is too large");
        }
        context.memory().check(4L * value.length());
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> encodeHex(value);
            case "base64" -> encodeBase64(value);
            case "escape" -> escape(value);
            default -> throw unknownEncoding(format);
        };
    }

    private static byte[] encodeHex(Datum value) {
        byte[] result = new byte[2 * value.length()];
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            int character = value.bytes()[value.offset() + i];
            result[2 * i] = (byte) Character.forDigit(character >> 4 & 15, 16);
            result[2 * i + 1] = (byte) Character.forDigit(character & 15, 16);
        }
        return result;
    }

    /// In pieces of whole lines.
    private static byte[] encodeBase64(Datum value) {
        Base64.Encoder encoder = Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'});
        ByteWriter out = new ByteWriter(value.length() / 3 * 4 + value.length() / 57 + 8);
        for (int at = 0; at < value.length(); at += BASE64_PIECE) {
            Cancellation.check();
            if (at > 0) {
                out.writeByte('\n');
            }
            int start = value.offset() + at;
            int length = Math.min(BASE64_PIECE, value.length() - at);
            out.writeBytes(
                    encoder.encode(Arrays.copyOfRange(value.bytes(), start, start + length)));
        }
        return out.toByteArray();
    }

    private static byte[] escape(Datum value) {
        ByteWriter out = new ByteWriter(value.length());
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            int character = value.bytes()[value.offset() + i] & 0xFF;
            if (character == 0 || character > 127) {
                out.writeByte('\\');
                out.writeByte('0' + (character >> 6));
                out.writeByte('0' + (character >> 3 & 7));
                out.writeByte('0' + (character & 7));
            } else {
                if (character == '\\') {
                    out.writeByte('\\');
                }
                out.writeByte(character);
            }
        }
        return out.toByteArray();
    }

    private static byte[] decode(Datum value, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> decodeHex(value);
            case "base64" -> decodeBase64(value);
            case "escape" -> unescape(value);
            default -> throw unknownEncoding(format);
        };
    }

    private static byte[] decodeHex(Datum value) {
        ByteWriter out = new ByteWriter(value.length() / 2 + 1);
        int high = -1;
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            int character = value.bytes()[value.offset() + i];
            boolean space =
                    character == ' ' || character == '\n' || character == '\t' || character == '\r';
            if (space && high < 0) {
                continue;
            }
            int digit = character < 0 ? -1 : Character.digit(character, 16);
            if (digit < 0) {
                throw Failures.invalidParameter(
                        "invalid hexadecimal digit: \"" + characterAt(value, i) + "\"");
            }
            if (high < 0) {
                high = digit;
            } else {
                out.writeByte(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw Failures.invalidParameter("invalid hexadecimal data: odd number of digits");
        }
        return out.toByteArray();
    }

    private static String characterAt(Datum value, int index) {
        int start = value.offset() + index;
        int length = Math.min(Utf8.lengthOf(value.bytes()[start]), value.length() - index);
        return new String(value.bytes(), start, length, StandardCharsets.UTF_8);
    }

    private static byte[] decodeBase64(Datum value) {
        byte[] clean = new byte[value.length()];
        int size = 0;
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            byte character = value.bytes()[value.offset() + i];
            if (character == ' ' || character == '\n' || character == '\t' || character == '\r') {
                continue;
            }
            boolean valid =
                    (character >= 'A' && character <= 'Z')
                            || (character >= 'a' && character <= 'z')
                            || (character >= '0' && character <= '9')
                            || character == '+'
                            || character == '/'
                            || character == '=';
            if (!valid) {
                throw Failures.invalidParameter(
                        "invalid symbol \""
                                + characterAt(value, i)
                                + "\" found while decoding base64 sequence");
            }
            clean[size++] = character;
        }
        if (size % 4 != 0) {
            throw Failures.invalidParameter("invalid base64 end sequence")
                    .withHint(
                            "Input data is missing padding, is truncated, or is otherwise"
                                    + " corrupted.");
        }
        try {
            ByteWriter out = new ByteWriter(size / 4 * 3);
            for (int at = 0; at < size; at += BASE64_PIECE) {
                Cancellation.check();
                int end = Math.min(at + BASE64_PIECE, size);
                byte[] bytes = Base64.getDecoder().decode(Arrays.copyOfRange(clean, at, end));
                out.writeBytes(bytes);
                if (end < size && bytes.length < BASE64_PIECE / 4 * 3) {
                    throw new IllegalArgumentException("padding before the end");
                }
            }
            return out.toByteArray();
        } catch (IllegalArgumentException exception) {
            throw Failures.invalidParameter("unexpected \"=\" while decoding base64 sequence");
        }
    }

    private static byte[] unescape(Datum value) {
        ByteWriter out = new ByteWriter(value.length());
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            byte character = value.bytes()[value.offset() + i];
            if (character != '\\') {
                out.writeByte(character);
            } else if (i + 1 < value.length() && value.bytes()[value.offset() + i + 1] == '\\') {
                out.writeByte('\\');
                i++;
            } else {
                out.writeByte(octal(value, i + 1));
                i += 3;
            }
        }
        return out.toByteArray();
    }

    private static int octal(Datum value, int start) {
        int result = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = i < value.length() ? value.bytes()[value.offset() + i] - '0' : -1;
            if (digit < 0 || digit > 7 || (i == start && digit > 3)) {
                throw new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION,
                        "invalid input syntax for type bytea");
            }
            result = result * 8 + digit;
        }
        return result;
    }

    private static @Nullable Charset charset(String name) {
        return CHARSETS.get(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    private static Charset charset(String name, String role) {
        Charset charset = charset(name);
        if (charset == null) {
            throw Failures.invalidParameter("invalid " + role + " encoding name \"" + name + "\"");
        }
        return charset;
    }

    /// How many characters the bytes are in an encoding; a zero byte is one in none.
    private static int characters(Datum value, String encoding) {
        Charset charset = charset(encoding);
        if (charset == null) {
            throw Failures.invalidParameter("invalid encoding name \"" + encoding + "\"");
        }
        for (int i = 0; i < value.length(); i++) {
            Cancellation.check(i + 1L);
            if (value.bytes()[value.offset() + i] == 0) {
                throw new DatabaseException(
                        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                        "invalid byte sequence for encoding \""
                                + encoding.toUpperCase(Locale.ROOT)
                                + "\": 0x00");
            }
        }
        if (charset.newEncoder().maxBytesPerChar() == 1) {
            return value.length();
        }
        String text = read(value, encoding);
        return text.codePointCount(0, text.length());
    }

    private static String read(Datum value, String encoding) {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes(), value.offset(), value.length());
        try {
            return charset(encoding, "source")
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException exception) {
            throw new DatabaseException(
                    SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"UTF8\": 0x"
                            + HexFormat.of().toHexDigits(bytes.get(bytes.position())));
        }
    }

    private static void defineBytes(Definitions define) {
        define.function(
                "get_byte(bytea, int4) int4",
                (in, out, _) ->
                        out.setLong(
                                in[0].bytes()[in[0].offset() + index(in[1], in[0].length())]
                                        & 0xFF));
        define.function(
                "set_byte(bytea, int4, int4) bytea",
                (in, out, _) -> {
                    int index = index(in[1], in[0].length());
                    byte[] copy = in[0].copyBytes();
                    copy[index] = (byte) in[2].longValue();
                    out.setBytes(copy);
                });
        define.function(
                "get_bit(bytea, int8) int4",
                (in, out, _) -> {
                    int index = index(in[1], in[0].length() * 8L);
                    out.setLong(in[0].bytes()[in[0].offset() + index / 8] >> index % 8 & 1);
                });
        define.function(
                "set_bit(bytea, int8, int4) bytea",
                (in, out, _) -> {
                    int index = index(in[1], in[0].length() * 8L);
                    long bit = in[2].longValue();
                    if (bit != 0 && bit != 1) {
                        throw Failures.invalidParameter("new bit must be 0 or 1");
                    }
                    byte[] copy = in[0].copyBytes();
                    int mask = 1 << index % 8;
                    copy[index / 8] =
                            (byte) (bit == 1 ? copy[index / 8] | mask : copy[index / 8] & ~mask);
                    out.setBytes(copy);
                });
    }

    private static int index(Datum index, long size) {
        long value = index.longValue();
        if (value < 0 || value >= size) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR,
                    "index " + value + " out of valid range, 0.." + (size - 1));
        }
        return (int) value;
    }
}
