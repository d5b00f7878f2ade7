package org.cladedb.functions;

import org.cladedb.regex.Regex;
import org.cladedb.regex.RegexMatcher;
import org.cladedb.regex.Subject;
import org.jspecify.annotations.Nullable;

/// Goes through the matches in a text, each behind the one before.
final class RegexMatches {
    private final RegexMatcher matcher;
    private int from;

    /// Begins with the first match at `start` or behind.
    RegexMatches(Regex regex, Subject subject, EvaluationContext context, int start) {
        matcher = RegexMatching.matcher(regex, subject, context);
        from = start;
    }

    /// Goes to the next match; without `groups`, only the match itself is told.
    boolean next(boolean groups) {
        if (!matcher.find(from, groups)) {
            return false;
        }
        boolean empty = matcher.start(0) == matcher.end(0);
        from = matcher.end(0) + (empty ? 1 : 0);
        return true;
    }

    /// The `number`th match, from 1; null if there are not so many.
    @Nullable RegexMatcher nth(long number, boolean groups) {
        for (long i = 1; i < number; i++) {
            if (!next(false)) {
                return null;
            }
        }
        return next(groups) ? matcher : null;
    }

    RegexMatcher match() {
        return matcher;
    }
}
