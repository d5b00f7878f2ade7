package org.cladedb.functions;

import org.cladedb.types.Datum;

/// `regexp_replace(text, pattern, replacement, flags)` and `(…, start, n, flags)`.
final class RegexReplacement implements ScalarFunction {
    private final RegexMatching matching = new RegexMatching();
    private final boolean positioned;

    /// With 4 the fourth argument is a start, otherwise flags.
    RegexReplacement(int form) {
        positioned = form == 4;
    }

    @Override
    public void apply(Datum[] in, Datum out, EvaluationContext context) {
        String text = in[0].text();
        int flagsIndex = positioned ? 5 : 3;
        RegexFlags flags = RegexFlags.NONE;
        if (in.length > flagsIndex) {
            rejectStartAsFlags(in[flagsIndex]);
            flags = matching.flags(in[flagsIndex]);
        }
        int start = positioned ? RegexFunctions.startIndex(text, in[3].longValue()) : 0;
        long number = positioned && in.length > 4 ? in[4].longValue() : flags.global() ? 0 : 1;
        if (number < 0) {
            throw Failures.invalidParameter("invalid value for parameter \"n\": " + number);
        }
        RegexProgram program =
                matching.compile(
                        in[1],
                        new RegexFlags(
                                flags.ignoreCase(),
                                flags.literal(),
                                flags.expanded(),
                                flags.dotExcludesNewline(),
                                flags.lineAnchors(),
                                false));
        out.setText(replace(program, text, in[2].text(), start, number, context));
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

    private static String replace(
            RegexProgram program,
            String text,
            String replacement,
            int start,
            long number,
            EvaluationContext context) {
        if (start > text.length()) {
            return text;
        }
        RegexSearch search = RegexMatching.search(program, text, context);
        StringBuilder result = new StringBuilder();
        int copied = 0;
        long count = 0;
        boolean found = search.find(start);
        while (found) {
            count++;
            if (number == 0 || count == number) {
                result.append(text, copied, search.start());
                appendReplacement(search, replacement, result);
                copied = search.end();
                if (number != 0) {
                    break;
                }
            }
            if (result.length() > TextFunctions.LENGTH_MAX) {
                throw Failures.tooLarge("requested length too large");
            }
            found = search.find();
        }
        return result.append(text, copied, text.length()).toString();
    }

    private static void appendReplacement(
            RegexSearch search, String replacement, StringBuilder result) {
        for (int i = 0; i < replacement.length(); i++) {
            char character = replacement.charAt(i);
            if (character != '\\' || i + 1 == replacement.length()) {
                result.append(character);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                result.append(search.group(0));
            } else if (next >= '1' && next <= '9') {
                int group = next - '0';
                String captured = group <= search.groupCount() ? search.group(group) : null;
                result.append(captured == null ? "" : captured);
            } else if (next == '\\') {
                result.append('\\');
            } else {
                result.append('\\').append(next);
            }
        }
    }
}
