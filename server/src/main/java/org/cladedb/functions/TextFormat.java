package org.cladedb.functions;

import java.nio.charset.StandardCharsets;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// `format(template, …)`: `%s`, `%I` and `%L` with positions, widths and `-`.
final class TextFormat implements ScalarFunction {
    private static final int WIDTH_MAX = 10_000_000;

    private final ConcatenationFunctions.ValueWriter[] writers;

    TextFormat(ConcatenationFunctions.ValueWriter[] writers) {
        this.writers = writers;
    }

    @Override
    public void apply(Datum[] in, Datum out, EvaluationContext context) {
        if (in[0].isNull()) {
            out.setNull();
        } else {
            out.setText(new Call(in, context).run());
        }
    }

    /// One evaluation: a cursor over the template.
    private final class Call {
        private final Datum[] in;
        private final EvaluationContext context;
        private final String template;
        private final StringBuilder result = new StringBuilder();
        private int at;
        private int argument;

        Call(Datum[] in, EvaluationContext context) {
            this.in = in;
            this.context = context;
            template = in[0].text();
        }

        String run() {
            while (at < template.length()) {
                Cancellation.check();
                char character = template.charAt(at++);
                if (character != '%') {
                    result.append(character);
                } else if (peek() == '%') {
                    result.append('%');
                    at++;
                } else {
                    specifier();
                }
            }
            return result.toString();
        }

        private char peek() {
            if (at >= template.length()) {
                throw Failures.invalidParameter("unterminated format() type specifier")
                        .withHint("For a single \"%\" use \"%%\".");
            }
            return template.charAt(at);
        }

        private void specifier() {
            int position = -1;
            int start = at;
            if (Character.isDigit(peek())) {
                int number = digits();
                if (peek() == '$') {
                    at++;
                    position = number;
                    if (position == 0) {
                        throw numberedFromOne();
                    }
                } else {
                    at = start;
                }
            }
            boolean left = false;
            while (peek() == '-') {
                left = true;
                at++;
            }
            int width = 0;
            if (peek() == '*') {
                at++;
                width = widthArgument();
                left |= width < 0;
                width = Math.abs(width);
            } else if (Character.isDigit(peek())) {
                width = digits();
            }
            char type = peek();
            if (type != 's' && type != 'I' && type != 'L') {
                throw Failures.invalidParameter(
                                "unrecognized format() type specifier \""
                                        + template.substring(at, template.offsetByCodePoints(at, 1))
                                        + "\"")
                        .withHint("For a single \"%\" use \"%%\".");
            }
            at++;
            argument = position > 0 ? position : argument + 1;
            pad(convert(type, argument(argument)), width, left);
        }

        private int digits() {
            int value = 0;
            while (Character.isDigit(peek())) {
                value = value * 10 + Character.digit(peek(), 10);
                if (value > WIDTH_MAX) {
                    throw new DatabaseException(
                            SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
                }
                at++;
            }
            return value;
        }

        private static DatabaseException numberedFromOne() {
            return Failures.invalidParameter(
                    "format specifies argument 0, but arguments are numbered from 1");
        }

        private int widthArgument() {
            int position = -1;
            if (Character.isDigit(peek())) {
                position = digits();
                if (peek() != '$') {
                    throw Failures.invalidParameter(
                            "width argument position must be ended by \"$\"");
                }
                at++;
                if (position == 0) {
                    throw numberedFromOne();
                }
            }
            argument = position > 0 ? position : argument + 1;
            Datum value = argument(argument);
            if (value.isNull()) {
                return 0;
            }
            int width = integer(text(argument));
            if (Math.abs(width) > WIDTH_MAX) {
                throw new DatabaseException(
                        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
            }
            return width;
        }

        private int integer(String text) {
            byte[] source = text.getBytes(StandardCharsets.UTF_8);
            Datum value = new Datum();
            Codecs.of(SqlType.INTEGER).readText(source, 0, source.length, context.types(), value);
            return (int) value.longValue();
        }

        private Datum argument(int index) {
            if (index >= in.length) {
                throw Failures.invalidParameter("too few arguments for format()");
            }
            return in[index];
        }

        private String convert(char type, Datum value) {
            if (value.isNull()) {
                if (type == 'I') {
                    throw new DatabaseException(
                            SqlState.NULL_VALUE_NOT_ALLOWED,
                            "null values cannot be formatted as an SQL identifier");
                }
                return type == 'L' ? "NULL" : "";
            }
            String text = text(argument);
            return switch (type) {
                case 'I' -> SqlText.identifier(text);
                case 'L' -> Quoting.literal(text);
                default -> text;
            };
        }

        private String text(int index) {
            ByteWriter buffer = new ByteWriter();
            writers[index].write(in[index], context, buffer);
            return new String(buffer.array(), 0, buffer.size(), StandardCharsets.UTF_8);
        }

        private void pad(String text, int width, boolean left) {
            int missing = width - text.codePointCount(0, text.length());
            context.memory().allow(result.length(), Math.max(missing, 0), text.length());
            if (!left && missing > 0) {
                result.repeat(' ', missing);
            }
            result.append(text);
            if (left && missing > 0) {
                result.repeat(' ', missing);
            }
        }
    }
}
