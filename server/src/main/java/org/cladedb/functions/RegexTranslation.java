package org.cladedb.functions;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Translates PostgreSQL's advanced regular expressions into those of `java.util.regex`.
///
/// Which of several matches at one place counts is told by [RegexPreference]. One difference
/// remains: inside the match, alternatives capture what the first that works captures, in
/// PostgreSQL the longest.
final class RegexTranslation {
    private static final int LENGTH_MAX = 100_000;
    private static final int REPETITION_MAX = 255;
    private static final String WORD = "\\p{L}\\p{M}\\p{N}_";
    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("alpha", "\\p{L}"),
                    Map.entry("alnum", "\\p{L}\\p{N}"),
                    Map.entry("digit", "0-9"),
                    Map.entry("lower", "\\p{Ll}"),
                    Map.entry("upper", "\\p{Lu}"),
                    Map.entry("space", "\\s\\x0B\\p{Z}"),
                    Map.entry("blank", " \\t"),
                    Map.entry("punct", "\\p{P}\\p{S}"),
                    Map.entry("xdigit", "0-9A-Fa-f"),
                    Map.entry("cntrl", "\\p{Cc}"),
                    Map.entry("graph", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}"),
                    Map.entry("print", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}"),
                    Map.entry("word", WORD));

    private final String source;
    private final RegexFlags flags;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int depth;
    private final RegexPreference preference = new RegexPreference();
    private int captures;
    private boolean hasAtom;

    private RegexTranslation(String source, RegexFlags flags) {
        this.source = source;
        this.flags = flags;
    }

    static RegexProgram compile(String source, RegexFlags given) {
        if (source.length() > LENGTH_MAX) {
            throw invalid("regular expression is too complex");
        }
        RegexFlags flags = given;
        String body = source;
        if (body.startsWith("***=")) {
            flags = flags.withLiteral();
            body = body.substring(4);
        } else if (body.startsWith("***:")) {
            body = body.substring(4);
        }
        if (body.startsWith("(?") && body.length() > 2 && Character.isLetter(body.charAt(2))) {
            int end = body.indexOf(')');
            if (end < 0) {
                throw invalid("invalid embedded option");
            }
            flags = flags.withEmbedded(body.substring(2, end));
            body = body.substring(end + 1);
        }
        int options = flags.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        if (flags.literal()) {
            return new RegexProgram(
                    Pattern.compile(body, options | Pattern.LITERAL), RegexPreference.Choice.ANY);
        }
        RegexTranslation translation = new RegexTranslation(body, flags);
        String translated = translation.translate();
        try {
            return new RegexProgram(
                    Pattern.compile(translated, options), translation.preference.result());
        } catch (PatternSyntaxException exception) {
            throw invalid(describe(exception.getDescription()));
        }
    }

    static DatabaseException invalid(String what) {
        return new DatabaseException(
                SqlState.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + what);
    }

    private static String describe(String description) {
        if (description.contains("group") || description.contains("')'")) {
            return "parentheses () not balanced";
        }
        if (description.contains("character class") || description.contains("Unclosed ch")) {
            return "brackets [] not balanced";
        }
        if (description.contains("range")) {
            return "invalid character range";
        }
        return description.contains("Dangling")
                ? "quantifier operand invalid"
                : "invalid escape \\ sequence";
    }

    private String translate() {
        while (at < source.length()) {
            char character = source.charAt(at);
            switch (character) {
                case '\\' -> translateEscape(false);
                case '[' -> translateBracket();
                case '(' -> openGroup();
                case ')' -> closeGroup();
                case '|' -> {
                    out.append('|');
                    at++;
                    hasAtom = false;
                    preference.alternative();
                }
                case '*', '+', '?' -> translateQuantifier();
                case '{' -> translateBraces();
                case '^' -> anchor(flags.lineAnchors() ? "(?m:^)" : "\\A");
                case '$' -> anchor(flags.lineAnchors() ? "(?=\\n|\\z)" : "\\z");
                case '.' -> atom(flags.dotExcludesNewline() ? "[^\\n]" : "(?s:.)");
                case '}', ']' -> atom("\\" + character);
                default -> translateLiteral(character);
            }
        }
        if (depth > 0) {
            throw invalid("parentheses () not balanced");
        }
        return out.toString();
    }

    private void anchor(String text) {
        out.append(text);
        at++;
        hasAtom = false;
    }

    private void atom(String text) {
        out.append(text);
        at++;
        setAtom();
    }

    private void setAtom() {
        hasAtom = true;
        preference.atom();
    }

    private void translateLiteral(char character) {
        if (flags.expanded()) {
            if (Character.isWhitespace(character)) {
                at++;
                return;
            }
            if (character == '#') {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
                return;
            }
        }
        int codePoint = source.codePointAt(at);
        appendQuoted(codePoint);
        at += Character.charCount(codePoint);
        setAtom();
    }

    private void appendQuoted(int codePoint) {
        if (codePoint < 128 && !Character.isLetterOrDigit(codePoint) && codePoint > ' ') {
            out.append('\\');
        }
        out.appendCodePoint(codePoint);
    }

    private void openGroup() {
        if (source.startsWith("(?#", at)) {
            int end = source.indexOf(')', at);
            if (end < 0) {
                throw invalid("parentheses () not balanced");
            }
            at = end + 1;
            return;
        }
        for (String opening : new String[] {"(?:", "(?=", "(?!", "(?<=", "(?<!"}) {
            if (source.startsWith(opening, at)) {
                out.append(opening);
                at += opening.length();
                depth++;
                hasAtom = false;
                preference.openGroup(!opening.equals("(?:"));
                return;
            }
        }
        if (source.startsWith("(?", at)) {
            throw invalid("quantifier operand invalid");
        }
        out.append('(');
        at++;
        depth++;
        captures++;
        hasAtom = false;
        preference.openGroup(false);
    }

    private void closeGroup() {
        if (depth == 0) {
            throw invalid("parentheses () not balanced");
        }
        depth--;
        out.append(')');
        at++;
        hasAtom = true;
        preference.closeGroup();
    }

    private void translateQuantifier() {
        requireAtom();
        out.append(source.charAt(at++));
        preference.quantifier(lazyMark());
    }

    private void requireAtom() {
        if (!hasAtom) {
            throw invalid("quantifier operand invalid");
        }
    }

    private boolean lazyMark() {
        boolean lazy = at < source.length() && source.charAt(at) == '?';
        if (lazy) {
            out.append('?');
            at++;
        }
        hasAtom = false;
        return lazy;
    }

    private void translateBraces() {
        if (at + 1 >= source.length() || !Character.isDigit(source.charAt(at + 1))) {
            atom("\\{");
            return;
        }
        requireAtom();
        int end = source.indexOf('}', at);
        String inside = end < 0 ? "" : source.substring(at + 1, end);
        if (!inside.matches("\\d{1,3}(,\\d{0,3})?")) {
            throw invalid("invalid repetition count(s)");
        }
        String[] bounds = inside.split(",", -1);
        int least = Integer.parseInt(bounds[0]);
        int most = bounds.length > 1 ? Integer.parseInt(bounds[1]) : least;
        if (least > REPETITION_MAX
                || most > REPETITION_MAX
                || (bounds.length > 1 && most < least)) {
            throw invalid("invalid repetition count(s)");
        }
        out.append('{').append(inside).append('}');
        at = end + 1;
        boolean lazy = lazyMark();
        if (bounds.length > 1) {
            preference.quantifier(lazy);
        }
    }

    private void translateEscape(boolean inBracket) {
        if (at + 1 >= source.length()) {
            throw invalid("invalid escape \\ sequence");
        }
        int codePoint = source.codePointAt(at + 1);
        at += 1 + Character.charCount(codePoint);
        setAtom();
        String text = escape(codePoint, inBracket);
        if (text == null) {
            appendQuoted(codePoint);
        } else {
            out.append(text);
        }
    }

    /// The translation of a letter after a backslash; null for a character that stands for itself.
    private @Nullable String escape(int character, boolean inBracket) {
        return switch (character) {
            case 'd' -> inBracket ? "0-9" : "[0-9]";
            case 'D' -> "[^0-9]";
            case 's' -> inBracket ? CLASSES.get("space") : "[" + CLASSES.get("space") + "]";
            case 'S' -> "[^" + CLASSES.get("space") + "]";
            case 'w' -> inBracket ? WORD : "[" + WORD + "]";
            case 'W' -> "[^" + WORD + "]";
            case 'a' -> "\\x07";
            case 'b' -> "\\x08";
            case 'B' -> "\\\\";
            case 'e' -> "\\x1B";
            case 'f' -> "\\f";
            case 'n' -> "\\n";
            case 'r' -> "\\r";
            case 't' -> "\\t";
            case 'v' -> "\\x0B";
            case 'x' -> hexadecimal(1, 8);
            case 'u' -> hexadecimal(4, 4);
            case 'U' -> hexadecimal(8, 8);
            case 'A' -> assertion("\\A");
            case 'Z' -> assertion("\\z");
            case 'm' -> assertion("(?<![" + WORD + "])(?=[" + WORD + "])");
            case 'M' -> assertion("(?<=[" + WORD + "])(?![" + WORD + "])");
            case 'y' ->
                    assertion(
                            "(?:(?<!["
                                    + WORD
                                    + "])(?=["
                                    + WORD
                                    + "])|(?<=["
                                    + WORD
                                    + "])(?!["
                                    + WORD
                                    + "]))");
            case 'Y' ->
                    assertion(
                            "(?:(?<!["
                                    + WORD
                                    + "])(?!["
                                    + WORD
                                    + "])|(?<=["
                                    + WORD
                                    + "])(?=["
                                    + WORD
                                    + "]))");
            case '0' -> "\\x00";
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> backReference(character);
            default -> {
                if (character < 128 && Character.isLetter(character)) {
                    throw invalid("invalid escape \\ sequence");
                }
                yield null;
            }
        };
    }

    private String backReference(int digit) {
        if (digit - '0' > captures) {
            throw invalid("invalid backreference number");
        }
        return "\\" + (char) digit;
    }

    private String assertion(String text) {
        hasAtom = false;
        return text;
    }

    private String hexadecimal(int least, int most) {
        int end = at;
        while (end < source.length()
                && end - at < most
                && Character.digit(source.charAt(end), 16) >= 0) {
            end++;
        }
        if (end - at < least) {
            throw invalid("invalid escape \\ sequence");
        }
        long code = Long.parseLong(source, at, end, 16);
        if (code > Character.MAX_CODE_POINT) {
            throw invalid("invalid escape \\ sequence");
        }
        at = end;
        return "\\x{" + Long.toHexString(code) + "}";
    }

    private void translateBracket() {
        if (source.startsWith("[[:<:]]", at) || source.startsWith("[[:>:]]", at)) {
            boolean start = source.charAt(at + 3) == '<';
            at += 7;
            String assertion = escape(start ? 'm' : 'M', false);
            out.append(assertion);
            return;
        }
        at++;
        out.append('[');
        if (at < source.length() && source.charAt(at) == '^') {
            out.append('^');
            if (flags.dotExcludesNewline()) {
                out.append("\\n");
            }
            at++;
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            translateBracketElement();
            first = false;
        }
        if (at >= source.length()) {
            throw invalid("brackets [] not balanced");
        }
        atom("]");
    }

    private void translateBracketElement() {
        char character = source.charAt(at);
        if (character == '\\') {
            translateEscape(true);
        } else if (source.startsWith("[:", at)) {
            int end = source.indexOf(":]", at);
            String name = end < 0 ? "" : source.substring(at + 2, end);
            String members = CLASSES.get(name);
            if (members == null) {
                throw invalid("invalid character class");
            }
            out.append(members);
            at = end + 2;
        } else if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
            String closing = source.charAt(at + 1) + "]";
            int end = source.indexOf(closing, at + 2);
            if (end < 0 || end - at - 2 > 2 || source.codePointCount(at + 2, end) != 1) {
                throw invalid("invalid collating element");
            }
            appendQuoted(source.codePointAt(at + 2));
            at = end + 2;
        } else if (character == '-') {
            boolean range =
                    at + 1 < source.length()
                            && source.charAt(at + 1) != ']'
                            && out.charAt(out.length() - 1) != '['
                            && out.charAt(out.length() - 1) != '^';
            out.append(range ? "-" : "\\-");
            at++;
        } else {
            int codePoint = source.codePointAt(at);
            appendQuoted(codePoint);
            at += Character.charCount(codePoint);
        }
    }
}
