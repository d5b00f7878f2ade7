package org.cladedb.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts date, time and interval texts into fields, by PostgreSQL's rules. Letters become lower
/// case.
final class DateTimeFields {
    /// What a field looks like; what it means is for the parser to find out.
    enum Kind {
        NUMBER,
        STRING,
        DATE,
        TIME,
        /// A sign and digits: a zone, or a signed number of an interval.
        ZONE,
        /// A sign and letters.
        SPECIAL
    }

    /// One field.
    record Field(Kind kind, String text) {
        char first() {
            return text.charAt(0);
        }
    }

    private static final int FIELDS_MAX = 25;
    private static final int LENGTH_MAX = 128 + 25;

    private final String source;
    private final List<Field> fields = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int position;

    private DateTimeFields(String source) {
        this.source = source;
    }

    static List<Field> split(String source) {
        return new DateTimeFields(source).run();
    }

    private List<Field> run() {
        int length = 0;
        while (position < source.length()) {
            char character = source.charAt(position);
            if (InputText.isSpace(character)) {
                position++;
                continue;
            }
            text.setLength(0);
            Kind kind = field(character);
            if (kind == null) {
                position++;
                continue;
            }
            length += text.length() + 1;
            if (fields.size() == FIELDS_MAX || length > LENGTH_MAX) {
                throw new DateTimeProblem(DateTimeProblem.Kind.FORMAT);
            }
            fields.add(new Field(kind, text.toString()));
        }
        return fields;
    }

    private @Nullable Kind field(char character) {
        if (isDigit(character)) {
            return number();
        }
        if (character == '.') {
            take();
            takeDigits();
            return Kind.NUMBER;
        }
        if (isLetter(character)) {
            return word();
        }
        if (character == '+' || character == '-') {
            return signed();
        }
        if (character > ' ' && character < 0x7F) {
            return null;
        }
        throw new DateTimeProblem(DateTimeProblem.Kind.FORMAT);
    }

    private Kind number() {
        takeDigits();
        char next = peek();
        if (next == ':') {
            while (isDigit(peek()) || peek() == ':' || peek() == '.') {
                take();
            }
            return Kind.TIME;
        }
        if (next != '-' && next != '/' && next != '.') {
            return Kind.NUMBER;
        }
        take();
        if (!isDigit(peek())) {
            while (isDigit(peek()) || isLetter(peek()) || peek() == next) {
                take();
            }
            return Kind.DATE;
        }
        takeDigits();
        if (peek() != next) {
            return next == '.' ? Kind.NUMBER : Kind.DATE;
        }
        while (isDigit(peek()) || peek() == next) {
            take();
        }
        return Kind.DATE;
    }

    /// A word; or a date that begins with a month, or a zone with punctuation.
    private Kind word() {
        while (isLetter(peek())) {
            take();
        }
        char next = peek();
        boolean date = next == '-' || next == '/' || next == '.';
        if (next == '+' || isDigit(next)) {
            date = DateTimeWord.of(text.toString()) == null;
        }
        if (!date) {
            return Kind.STRING;
        }
        do {
            take();
        } while (isDigit(peek())
                || isLetter(peek())
                || (peek() != 0 && "+-/_.:".indexOf(peek()) >= 0));
        return Kind.DATE;
    }

    private Kind signed() {
        take();
        while (position < source.length() && InputText.isSpace(peek())) {
            position++;
        }
        if (isDigit(peek())) {
            while (isDigit(peek()) || peek() == ':' || peek() == '.' || peek() == '-') {
                take();
            }
            return Kind.ZONE;
        }
        if (isLetter(peek())) {
            while (isLetter(peek())) {
                take();
            }
            return Kind.SPECIAL;
        }
        throw new DateTimeProblem(DateTimeProblem.Kind.FORMAT);
    }

    private void takeDigits() {
        while (isDigit(peek())) {
            take();
        }
    }

    private void take() {
        char character = source.charAt(position++);
        text.append(character >= 'A' && character <= 'Z' ? (char) (character | 0x20) : character);
    }

    private char peek() {
        return position < source.length() ? source.charAt(position) : 0;
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }
}
