package org.cladedb.regex;

/// Reads what follows a backslash in advanced expressions.
final class EscapeReader {
    private static final int DIGITS_MAX = 255;

    private EscapeReader() {}

    /// Sets the token; the backslash has been read, and something follows it.
    static void read(Lexer lexer) {
        int character = lexer.text[lexer.at++];
        switch (character) {
            case 'a' -> lexer.set(Token.CHARACTER, 7);
            case 'b' -> lexer.set(Token.CHARACTER, '\b');
            case 'B' -> lexer.set(Token.CHARACTER, '\\');
            case 'c' -> {
                if (lexer.atEnd()) {
                    throw RegexFailure.ESCAPE.exception();
                }
                lexer.set(Token.CHARACTER, lexer.text[lexer.at++] & 31);
            }
            case 'e' -> lexer.set(Token.CHARACTER, 27);
            case 'f' -> lexer.set(Token.CHARACTER, '\f');
            case 'n' -> lexer.set(Token.CHARACTER, '\n');
            case 'r' -> lexer.set(Token.CHARACTER, '\r');
            case 't' -> lexer.set(Token.CHARACTER, '\t');
            case 'v' -> lexer.set(Token.CHARACTER, 11);
            case 'u' -> hexadecimal(lexer, 4, 4);
            case 'U' -> hexadecimal(lexer, 8, 8);
            case 'x' -> hexadecimal(lexer, 1, DIGITS_MAX);
            case 'd' -> characterClass(lexer, Token.CLASS, CharacterClass.DIGIT);
            case 'D' -> characterClass(lexer, Token.CLASS_COMPLEMENT, CharacterClass.DIGIT);
            case 's' -> characterClass(lexer, Token.CLASS, CharacterClass.SPACE);
            case 'S' -> characterClass(lexer, Token.CLASS_COMPLEMENT, CharacterClass.SPACE);
            case 'w' -> characterClass(lexer, Token.CLASS, CharacterClass.WORD);
            case 'W' -> characterClass(lexer, Token.CLASS_COMPLEMENT, CharacterClass.WORD);
            case 'A' -> lexer.setPlace(Anchor.TEXT_START);
            case 'Z' -> lexer.setPlace(Anchor.TEXT_END);
            case 'm' -> lexer.setPlace(Anchor.WORD_START);
            case 'M' -> lexer.setPlace(Anchor.WORD_END);
            case 'y' -> lexer.setPlace(Anchor.WORD_EDGE);
            case 'Y' -> lexer.setPlace(Anchor.NO_WORD_EDGE);
            case '0' -> octal(lexer);
            default -> other(lexer, character);
        }
    }

    private static void other(Lexer lexer, int character) {
        if (character >= '1' && character <= '9') {
            reference(lexer);
        } else if (character < 128 && Character.isLetter(character)) {
            throw RegexFailure.ESCAPE.exception();
        } else {
            lexer.set(Token.CHARACTER, character);
        }
    }

    private static void characterClass(Lexer lexer, Token token, CharacterClass which) {
        lexer.setClass(token, which);
    }

    private static void hexadecimal(Lexer lexer, int least, int most) {
        int number = digits(lexer, 16, least, most);
        if (number < 0 || number > CodePoints.MAX) {
            throw RegexFailure.ESCAPE.exception();
        }
        lexer.set(Token.CHARACTER, number);
    }

    /// A number of several digits is a reference only if there are as many groups.
    private static void reference(Lexer lexer) {
        int afterFirst = lexer.at;
        lexer.at--;
        int number = digits(lexer, 10, 1, DIGITS_MAX);
        if (lexer.at == afterFirst || (number > 0 && number <= lexer.groups)) {
            lexer.set(Token.REFERENCE, number);
        } else {
            lexer.at = afterFirst;
            octal(lexer);
        }
    }

    private static void octal(Lexer lexer) {
        lexer.at--;
        int number = digits(lexer, 8, 1, 3);
        if (number > 255) {
            lexer.at--;
            number >>= 3;
        }
        lexer.set(Token.CHARACTER, number);
    }

    /// The number that follows; too large ones wrap around.
    private static int digits(Lexer lexer, int base, int least, int most) {
        int number = 0;
        int count = 0;
        while (count < most && !lexer.atEnd()) {
            int character = lexer.text[lexer.at];
            int digit = character < 128 ? Character.digit(character, base) : -1;
            if (digit < 0) {
                break;
            }
            number = number * base + digit;
            lexer.at++;
            count++;
        }
        if (count < least) {
            throw RegexFailure.ESCAPE.exception();
        }
        return number;
    }
}
