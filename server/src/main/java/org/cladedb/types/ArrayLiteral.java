package org.cladedb.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Parses the text form of an array: `[1:2][0:1]={{1,2},{"a\"b",NULL}}`.
final class ArrayLiteral {
    private static final int UNKNOWN = -1;

    private final byte[] source;
    private final int start;
    private final int end;
    private final SqlType elementType;
    private final TypeCodec codec;
    private final TypeContext context;

    /// The texts of the elements, null for NULL: an array is read only once its shape is known to
    /// be right.
    private final List<byte @Nullable []> texts = new ArrayList<>();

    private final ByteWriter unquoted = new ByteWriter();
    private final int[] lengths = new int[ArrayValue.DIMENSIONS_MAX];
    private int position;
    private int depth;

    /// Whether the current element has an escape, so that it is not the word NULL.
    private boolean escaped;

    ArrayLiteral(
            byte[] source,
            int offset,
            int length,
            SqlType elementType,
            TypeCodec codec,
            TypeContext context) {
        this.source = source;
        start = offset;
        end = offset + length;
        this.elementType = elementType;
        this.codec = codec;
        this.context = context;
        position = offset;
        Arrays.fill(lengths, UNKNOWN);
    }

    ArrayValue parse() {
        List<Integer> lowerBounds = new ArrayList<>();
        List<Integer> declared = new ArrayList<>();
        skipSpaces();
        while (peek() == '[') {
            parseBounds(lowerBounds, declared);
            skipSpaces();
        }
        if (!declared.isEmpty()) {
            expect('=', "Missing \"=\" after array dimensions.");
            skipSpaces();
            if (peek() != '{') {
                throw malformed("Array contents must start with \"{\".");
            }
        } else if (peek() != '{') {
            throw malformed("Array value must start with \"{\" or dimension information.");
        }
        depth = leadingBraces();
        ArrayCodec.requireDimensions(depth);
        parseDimension(0);
        skipSpaces();
        if (position < end) {
            throw malformed("Junk after closing right brace.");
        }
        return value(lowerBounds, declared);
    }

    private ArrayValue value(List<Integer> lowerBounds, List<Integer> declared) {
        if (texts.isEmpty()) {
            if (!declared.isEmpty()) {
                throw malformed("Specified array dimensions do not match array contents.");
            }
            return ArrayValue.of(elementType, List.of());
        }
        List<Integer> dimensions = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            dimensions.add(lengths[i]);
        }
        if (declared.isEmpty()) {
            for (int i = 0; i < depth; i++) {
                lowerBounds.add(1);
            }
        } else if (!declared.equals(dimensions)) {
            throw malformed("Specified array dimensions do not match array contents.");
        }
        return new ArrayValue(elementType, dimensions, lowerBounds, elements());
    }

    /// `[upper]` or `[lower:upper]`.
    private void parseBounds(List<Integer> lowerBounds, List<Integer> declared) {
        ArrayCodec.requireDimensions(declared.size() + 1);
        position++;
        int first = parseBound();
        int lower = 1;
        int upper = first;
        if (peek() == ':') {
            position++;
            lower = first;
            upper = parseBound();
        }
        expect(']', "Missing \"]\" after array dimensions.");
        if (upper < lower) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
        }
        long length = (long) upper - lower + 1;
        if (length > ArrayCodec.ELEMENTS_MAX) {
            throw ArrayCodec.tooLarge();
        }
        ArrayCodec.requireBounds(lower, (int) length);
        lowerBounds.add(lower);
        declared.add((int) length);
    }

    private int parseBound() {
        boolean negative = peek() == '-';
        if (negative || peek() == '+') {
            position++;
        }
        int first = position;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + source[position++] - '0';
            if (value > Integer.MAX_VALUE) {
                throw new DatabaseException(
                        SqlState.PROGRAM_LIMIT_EXCEEDED, "array bound is out of integer range");
            }
        }
        if (position == first) {
            throw malformed("\"[\" must introduce explicitly-specified array dimensions.");
        }
        return (int) (negative ? -value : value);
    }

    private int leadingBraces() {
        int count = 0;
        for (int i = position; i < end; i++) {
            if (source[i] == '{') {
                count++;
            } else if (!InputText.isSpace(source[i])) {
                break;
            }
        }
        return count;
    }

    private void parseDimension(int dimension) {
        position++;
        int count = 0;
        skipSpaces();
        if (peek() == '}' && dimension == depth - 1) {
            // Only the whole array may be empty: checked with the other lengths.
            position++;
            recordLength(dimension, 0);
            return;
        }
        while (true) {
            Cancellation.check();
            skipSpaces();
            if (dimension < depth - 1) {
                if (peek() != '{') {
                    throw peek() < 0 ? malformed("Unexpected end of input.") : ragged();
                }
                parseDimension(dimension + 1);
            } else {
                parseElement();
            }
            count++;
            skipSpaces();
            int next = peek();
            if (next == ',') {
                position++;
            } else if (next == '}') {
                position++;
                recordLength(dimension, count);
                return;
            } else if (next < 0) {
                throw malformed("Unexpected end of input.");
            } else {
                throw malformed("Unexpected array element.");
            }
        }
    }

    private void recordLength(int dimension, int length) {
        if (lengths[dimension] == UNKNOWN) {
            lengths[dimension] = length;
        } else if (lengths[dimension] != length) {
            throw ragged();
        }
    }

    private DatabaseException ragged() {
        return malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }

    private void parseElement() {
        if (texts.size() >= ArrayCodec.ELEMENTS_MAX) {
            throw ArrayCodec.tooLarge();
        }
        unquoted.clear();
        boolean quoted = false;
        int kept = 0;
        while (true) {
            int character = peek();
            if (character < 0) {
                throw malformed("Unexpected end of input.");
            }
            if (character == ',' || character == '}') {
                break;
            }
            if (character == '{') {
                throw malformed("Unexpected \"{\" character.");
            }
            position++;
            if (character == '"') {
                if (quoted || kept > 0) {
                    throw malformed("Unexpected array element.");
                }
                parseQuoted();
                quoted = true;
                kept = unquoted.size();
            } else if (quoted) {
                if (!InputText.isSpace(character)) {
                    throw malformed("Unexpected array element.");
                }
            } else {
                kept = parsePlain(character, kept);
            }
        }
        addElement(quoted, kept);
    }

    /// Adds a character outside quotes; returns the length without trailing blanks.
    private int parsePlain(int character, int kept) {
        if (character == '\\') {
            if (peek() < 0) {
                throw malformed("Unexpected end of input.");
            }
            unquoted.writeByte(source[position++]);
            escaped = true;
            return unquoted.size();
        }
        unquoted.writeByte(character);
        return InputText.isSpace(character) ? kept : unquoted.size();
    }

    private void parseQuoted() {
        while (true) {
            int character = peek();
            if (character < 0) {
                throw malformed("Unexpected end of input.");
            }
            position++;
            if (character == '"') {
                return;
            }
            if (character == '\\') {
                if (peek() < 0) {
                    throw malformed("Unexpected end of input.");
                }
                character = source[position++];
            }
            unquoted.writeByte(character);
        }
    }

    private void addElement(boolean quoted, int length) {
        if (!quoted && length == 0) {
            throw malformed("Unexpected \"" + (char) peek() + "\" character.");
        }
        boolean isNull = !quoted && !escaped && ArrayCodec.isNullWord(unquoted.array(), 0, length);
        texts.add(isNull ? null : Arrays.copyOf(unquoted.array(), length));
        escaped = false;
    }

    private List<Datum> elements() {
        List<Datum> elements = new ArrayList<>(texts.size());
        for (byte[] text : texts) {
            Cancellation.check();
            Datum value = new Datum();
            if (text != null) {
                // The value may keep the copy: nobody else has it.
                codec.readText(text, 0, text.length, context, value);
            }
            elements.add(value);
        }
        return elements;
    }

    private int peek() {
        return position < end ? source[position] & 0xFF : -1;
    }

    private void skipSpaces() {
        position = InputText.skipSpaces(source, position, end);
    }

    private void expect(int character, String detail) {
        if (peek() != character) {
            throw malformed(detail);
        }
        position++;
    }

    private DatabaseException malformed(String detail) {
        return new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION,
                        "malformed array literal: \""
                                + InputText.decode(source, start, end - start)
                                + "\"")
                .withDetail(detail);
    }
}
