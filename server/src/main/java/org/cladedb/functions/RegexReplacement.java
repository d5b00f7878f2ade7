package org.cladedb.functions;

import org.cladedb.regex.Regex;
import org.cladedb.regex.RegexMatcher;
import org.cladedb.regex.Subject;
import org.cladedb.types.Datum;

/// `regexp_replace(text, pattern, replacement, flags)` and `(…, start, n, flags)`.
final class RegexReplacement implements ScalarFunction {
    /// Results up to here are not asked for.
    private static final int UNASKED_CHARACTERS = 1 << 16;

    private final RegexMatching matching = new RegexMatching();
    private final boolean positioned;

    /// With 4 the fourth argument is a start, otherwise flags.
    RegexReplacement(int form) {
        positioned = form == 4;
    }

    @Override
    public void apply(Datum[] in, Datum out, EvaluationContext context) {
        int flagsIndex = positioned ? 5 : 3;
        RegexFlags flags = RegexFlags.NONE;
        if (in.length > flagsIndex) {
            rejectStartAsFlags(in[flagsIndex]);
            flags = matching.flags(in[flagsIndex]);
        }
        int start = positioned ? RegexFunctions.start(in[3]) : 0;
        long number = positioned && in.length > 4 ? in[4].longValue() : flags.global() ? 0 : 1;
        if (number < 0) {
            throw Failures.invalidParameter("invalid value for parameter \"n\": " + number);
        }
        Regex regex = matching.compile(in[1], flags.options());
        Subject subject = RegexMatching.subject(in[0]);
        RegexMatches matches = new RegexMatches(regex, subject, context, start);
        String replacement = in[2].text();
        boolean plain = replacement.indexOf('\\') < 0;
        StringBuilder result = null;
        int copied = 0;
        int allowed = UNASKED_CHARACTERS;
        for (long count = 1; matches.next(!plain); count++) {
            if (number != 0 && count != number) {
                continue;
            }
            RegexMatcher match = matches.match();
            result = result == null ? new StringBuilder() : result;
            subject.append(copied, match.start(0), result);
            append(regex, match, replacement, plain, result);
            copied = match.end(0);
            if (result.length() > allowed) {
                // Twice for the text that grows, and once for what is made of it.
                allowed = (int) Math.min(2L * result.length(), Integer.MAX_VALUE);
                context.memory().allow(result.length(), 0, 3L * allowed);
            }
            if (number != 0) {
                break;
            }
        }
        if (result == null) {
            out.setBytes(in[0].bytes(), in[0].offset(), in[0].length());
        } else {
            subject.append(copied, subject.length(), result);
            out.setText(result.toString());
        }
    }

    private void rejectStartAsFlags(Datum text) {
        if (!positioned && text.length() > 0 && Character.isDigit(text.bytes()[text.offset()])) {
            throw Failures.invalidParameter(
                            "invalid regular expression option: \""
                                    + (char) text.bytes()[text.offset()]
                                    + "\"")
                    .withHint(
                            "If you meant to use regexp_replace() with a start parameter, cast the"
                                    + " fourth argument to integer explicitly.");
        }
    }

    private static void append(
            Regex regex,
            RegexMatcher match,
            String replacement,
            boolean plain,
            StringBuilder result) {
        if (plain) {
            result.append(replacement);
            return;
        }
        for (int i = 0; i < replacement.length(); i++) {
            char character = replacement.charAt(i);
            if (character != '\\' || i + 1 == replacement.length()) {
                result.append(character);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                result.append(match.group(0));
            } else if (next >= '1' && next <= '9') {
                int group = next - '0';
                String captured = group <= regex.groupCount() ? match.group(group) : null;
                result.append(captured == null ? "" : captured);
            } else if (next == '\\') {
                result.append('\\');
            } else {
                result.append('\\').append(next);
            }
        }
    }
}
