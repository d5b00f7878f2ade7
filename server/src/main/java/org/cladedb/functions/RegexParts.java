package org.cladedb.functions;

import org.cladedb.regex.RegexMatcher;
import org.cladedb.regex.Subject;

/// The parts of a text between the matches of a regular expression, one after the other. It is not
/// cut at empty matches at its ends or right after another match.
final class RegexParts {
    private final RegexMatches matches;
    private final Subject subject;
    private String part = "";
    private int start;
    private int previousEnd;
    private boolean done;

    RegexParts(RegexMatches matches, Subject subject) {
        this.matches = matches;
        this.subject = subject;
    }

    /// Moves to the next part; false at the end.
    boolean next() {
        if (done) {
            return false;
        }
        while (matches.next(false)) {
            RegexMatcher match = matches.match();
            boolean cuts = match.start(0) < subject.length() && match.end(0) > previousEnd;
            previousEnd = match.end(0);
            if (cuts) {
                part = subject.substring(start, match.start(0));
                start = match.end(0);
                return true;
            }
        }
        done = true;
        part = subject.substring(start, subject.length());
        return true;
    }

    String part() {
        return part;
    }
}
