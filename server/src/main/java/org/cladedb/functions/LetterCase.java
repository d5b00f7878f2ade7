package org.cladedb.functions;

import java.util.Locale;
import org.cladedb.common.Cancellation;

/// Upper and lower case of any text, in pieces between which the statement can be stopped.
///
/// A letter's other form may depend on its neighbours (a sigma at the end of a word), so a piece
/// ends only between two characters that need none and are none for others.
final class LetterCase {
    private static final char SIGMA = '\u03A3';

    private LetterCase() {}

    static String map(String text, boolean upper) {
        int end = text.length();
        int piece = pieceEnd(text, 0);
        if (piece == end) {
            return mapPiece(text, upper);
        }
        StringBuilder result = new StringBuilder(end);
        for (int at = 0; at < end; at = piece) {
            piece = pieceEnd(text, at);
            result.append(mapPiece(text.substring(at, piece), upper));
        }
        return result.toString();
    }

    private static String mapPiece(String text, boolean upper) {
        return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    private static int pieceEnd(String text, int start) {
        int end = Cancellation.pieceEnd(start, text.length());
        while (end < text.length()
                && !(standsAlone(text.charAt(end - 1)) && standsAlone(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean standsAlone(char character) {
        return character != SIGMA
                && switch (Character.getType(character)) {
                    case Character.LOWERCASE_LETTER,
                            Character.UPPERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.SPACE_SEPARATOR,
                            Character.CONTROL ->
                            true;
                    default -> false;
                };
    }
}
