package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Runs regular expressions with a bound on their work, and remembers the last one compiled.
final class RegexMatching {
    private static final long STEPS_MAX = 500_000_000L;
    private static final int STEPS_PER_CHECK = 1 << 16;

    private byte[] source = {};
    private byte[] flagSource = {};
    private RegexFlags flags = RegexFlags.NONE;
    private @Nullable RegexProgram program;

    /// The compiled pattern; the session's statements repeat the same one row after row.
    RegexProgram compile(Datum expression, RegexFlags with) {
        if (program == null || !with.equals(flags) || !ByteStrings.equal(expression, source)) {
            program = RegexTranslation.compile(expression.text(), with);
            source = expression.copyBytes();
            flags = with;
        }
        return program;
    }

    /// The flags in a cell, parsed when they change.
    RegexFlags flags(Datum text) {
        if (text.length() == 0) {
            return RegexFlags.NONE;
        }
        if (!ByteStrings.equal(text, flagSource)) {
            flagSource = text.copyBytes();
            parsed = RegexFlags.parse(text.text());
        }
        return parsed;
    }

    private RegexFlags parsed = RegexFlags.NONE;

    static RegexSearch search(RegexProgram program, String text, EvaluationContext context) {
        return new RegexSearch(program, text, new CountedText(text, new long[1], context));
    }

    static DatabaseException tooComplex() {
        return new DatabaseException(
                SqlState.STATEMENT_TOO_COMPLEX, "regular expression is too complex for the string");
    }

    /// Counts how often the matcher looks at a character, so that runaway backtracking ends.
    private record CountedText(String text, long[] steps, EvaluationContext context)
            implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            long count = ++steps[0];
            if (count % STEPS_PER_CHECK == 0) {
                context.checkCancelled();
                if (count > STEPS_MAX) {
                    throw tooComplex();
                }
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
