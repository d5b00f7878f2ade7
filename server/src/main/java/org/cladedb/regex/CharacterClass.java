package org.cladedb.regex;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The named classes of characters, `[:alpha:]` and so on, over Unicode.
enum CharacterClass {
    ALNUM,
    ALPHA,
    ASCII,
    BLANK,
    CNTRL,
    DIGIT,
    GRAPH,
    LOWER,
    PRINT,
    PUNCT,
    SPACE,
    UPPER,
    XDIGIT,
    WORD;

    /// Found when first asked for: it takes a look at all characters.
    private static final Map<CharacterClass, CodePoints> MEMBERS = new ConcurrentHashMap<>();

    /// The class of that name, or null.
    static @Nullable CharacterClass named(String name) {
        for (CharacterClass each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        return null;
    }

    CodePoints members() {
        return MEMBERS.computeIfAbsent(this, each -> CodePoints.matching(each::contains));
    }

    private boolean contains(int character) {
        return switch (this) {
            case ALNUM -> isAlphanumeric(character);
            case ALPHA -> Character.isAlphabetic(character);
            case ASCII -> character < 128;
            case BLANK -> character == ' ' || character == '\t';
            case CNTRL -> Character.getType(character) == Character.CONTROL;
            case DIGIT -> character >= '0' && character <= '9';
            case GRAPH -> isGraphic(character);
            case LOWER -> Character.isLowerCase(character);
            case PRINT ->
                    isGraphic(character)
                            || Character.getType(character) == Character.SPACE_SEPARATOR;
            case PUNCT -> isPunctuation(character);
            case SPACE -> isSpace(character);
            case UPPER -> Character.isUpperCase(character);
            case XDIGIT -> character < 128 && Character.digit(character, 16) >= 0;
            case WORD -> character == '_' || isAlphanumeric(character);
        };
    }

    private static boolean isAlphanumeric(int character) {
        return (character >= '0' && character <= '9')
                || Character.isAlphabetic(character)
                || Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER;
    }

    private static boolean isSpace(int character) {
        return (character >= '\t' && character <= '\r')
                || character == 0x85
                || Character.isSpaceChar(character);
    }

    private static boolean isGraphic(int character) {
        return !isSpace(character)
                && switch (Character.getType(character)) {
                    case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
                    default -> true;
                };
    }

    private static boolean isPunctuation(int character) {
        return isGraphic(character)
                && !isAlphanumeric(character)
                && switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.FORMAT,
                            Character.PRIVATE_USE ->
                            false;
                    default -> true;
                };
    }
}
