package org.cladedb.functions;

import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Goes through the matches of a regular expression in one string.
///
/// `java.util.regex` finds where a match begins, and takes the first alternative that works there.
/// PostgreSQL takes the longest or the shortest of all: so the other ends are tried.
final class RegexSearch {
    private final RegexProgram program;
    private final Matcher first;
    private final Matcher other;
    private final String text;
    private final int length;
    private Matcher match;
    private int next;

    RegexSearch(RegexProgram program, String text, CharSequence counted) {
        this.program = program;
        this.text = text;
        first = program.pattern().matcher(counted);
        other = program.pattern().matcher(counted);
        other.useTransparentBounds(true).useAnchoringBounds(false);
        match = first;
        length = text.length();
    }

    /// Whether anything matches; which match it is does not matter.
    boolean matchesAnywhere() {
        try {
            return first.find();
        } catch (StackOverflowError error) {
            throw RegexMatching.tooComplex();
        }
    }

    boolean find() {
        return find(next);
    }

    /// Goes to the first match from `from` on.
    boolean find(int from) {
        if (from > length) {
            return false;
        }
        try {
            if (!first.find(from)) {
                next = length + 1;
                return false;
            }
            match = preferred();
        } catch (StackOverflowError error) {
            throw RegexMatching.tooComplex();
        }
        next = match.end() > match.start() ? match.end() : afterCharacter(match.end());
        return true;
    }

    private int afterCharacter(int index) {
        boolean pair =
                index + 1 < length
                        && Character.isHighSurrogate(text.charAt(index))
                        && Character.isLowSurrogate(text.charAt(index + 1));
        return index + (pair ? 2 : 1);
    }

    private Matcher preferred() {
        return switch (program.preference()) {
            case ANY -> first;
            case LONGEST -> longest();
            case SHORTEST -> shortest();
        };
    }

    private Matcher longest() {
        int start = first.start();
        int best = first.end();
        if (best == length || matchesTo(start, length)) {
            return best == length ? first : other;
        }
        // Nothing matches beyond an end that no attempt reached.
        for (int end = best + 1; end < length; end++) {
            if (matchesTo(start, end)) {
                best = end;
            } else if (!reachedEnd()) {
                break;
            }
        }
        return best > first.end() && matchesTo(start, best) ? other : first;
    }

    @SuppressWarnings("JdkObsolete") // What was read matters here, not where the match ends.
    private boolean reachedEnd() {
        return other.hitEnd();
    }

    private Matcher shortest() {
        for (int end = first.start(); end < first.end(); end++) {
            if (matchesTo(first.start(), end)) {
                return other;
            }
        }
        return first;
    }

    private boolean matchesTo(int start, int end) {
        return other.region(start, end).matches();
    }

    int groupCount() {
        return match.groupCount();
    }

    int start() {
        return match.start();
    }

    int end() {
        return match.end();
    }

    int start(int group) {
        return match.start(group);
    }

    int end(int group) {
        return match.end(group);
    }

    @Nullable String group(int group) {
        return match.group(group);
    }
}
