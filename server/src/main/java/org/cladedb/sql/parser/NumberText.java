package org.cladedb.sql.parser;

import java.math.BigInteger;

/// Scans numbers and parameters.
final class NumberText {
    private static final String JUNK = "trailing junk after numeric literal";

    /// Digits that surely fit 32 bits.
    private static final int SAFE_DIGITS = 9;

    private final String text;

    NumberText(String text) {
        this.text = text;
    }

    Token scan(int start) {
        char second = at(start + 1);
        if (at(start) == '0') {
            switch (second) {
                case 'x', 'X' -> {
                    return radix(start, 16, "hexadecimal");
                }
                case 'o', 'O' -> {
                    return radix(start, 8, "octal");
                }
                case 'b', 'B' -> {
                    return radix(start, 2, "binary");
                }
                default -> {}
            }
        }
        return decimal(start);
    }

    /// `$1`
    Token scanParameter(int start) {
        int end = digits(start + 1, 10);
        if (Characters.isNameStart(at(end))) {
            throw Lexer.error("trailing junk after parameter", text, start, nameEnd(end));
        }
        BigInteger number = new BigInteger(text.substring(start + 1, end));
        if (number.bitLength() > 31) {
            throw Lexer.error("parameter number too large", text, start, end);
        }
        return new Token(TokenKind.PARAMETER, null, number.toString(), start, end, null);
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private Token decimal(int start) {
        int end = digits(start, 10);
        boolean integer = true;
        if (at(end) == '.' && at(end + 1) != '.') {
            integer = false;
            end = Characters.isDigit(at(end + 1)) ? digits(end + 1, 10) : end + 1;
        }
        if (at(end) == 'e' || at(end) == 'E') {
            int exponent = at(end + 1) == '+' || at(end + 1) == '-' ? end + 2 : end + 1;
            if (Characters.isDigit(at(exponent))) {
                integer = false;
                end = digits(exponent, 10);
            } else if (exponent == end + 2) {
                throw Lexer.error(JUNK, text, start, exponent);
            }
        }
        refuseJunk(start, end);
        String digits = text.substring(start, end).replace("_", "");
        return integer ? integer(digits, start, end) : decimal(digits, start, end);
    }

    private Token integer(String digits, int start, int end) {
        if (digits.length() <= SAFE_DIGITS || new BigInteger(digits).bitLength() <= 31) {
            return new Token(TokenKind.INTEGER, null, digits, start, end, null);
        }
        return decimal(digits, start, end);
    }

    private static Token decimal(String digits, int start, int end) {
        return new Token(TokenKind.DECIMAL, null, digits, start, end, null);
    }

    private Token radix(int start, int radix, String name) {
        int first = at(start + 2) == '_' ? start + 3 : start + 2;
        if (Characters.digit(at(first), radix) < 0) {
            if (Characters.isNamePart(at(first))) {
                throw Lexer.error(JUNK, text, start, nameEnd(first));
            }
            throw Lexer.error("invalid " + name + " integer", text, start, first);
        }
        int end = digits(first, radix);
        refuseJunk(start, end);
        String digits = text.substring(first, end).replace("_", "");
        return integer(new BigInteger(digits, radix).toString(), start, end);
    }

    /// The end of digits with single underscores between them.
    private int digits(int start, int radix) {
        int end = start;
        while (Characters.digit(at(end), radix) >= 0
                || (at(end) == '_' && end > start && Characters.digit(at(end + 1), radix) >= 0)) {
            end++;
        }
        return end;
    }

    private void refuseJunk(int start, int end) {
        if (Characters.isNameStart(at(end))) {
            throw Lexer.error(JUNK, text, start, nameEnd(end));
        }
    }

    private int nameEnd(int start) {
        int end = start;
        while (Characters.isNamePart(at(end))) {
            end++;
        }
        return end;
    }
}
