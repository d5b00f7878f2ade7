package org.cladedb.regex;

import java.util.Arrays;
import java.util.BitSet;

/// Divides the text of a match among the parts of its expression.
///
/// What is to be divided is always matched by the automaton of the part. Without references that is
/// enough, and nothing fails; a reference is looked at only here, and when it fails, the pieces
/// before it are chosen anew.
final class Dissector {
    /// Divisions tried one after the other before all of them are found at once.
    private static final int ATTEMPTS = 3;

    private final Regex regex;
    private final Scan scan;
    private final Subject subject;
    private final int[] spans;

    /// `spans` receives what groups capture.
    Dissector(Regex regex, Scan scan, int[] spans) {
        this.regex = regex;
        this.scan = scan;
        this.spans = spans;
        subject = scan.subject();
    }

    /// Whether it can be divided. If so the groups inside are set, otherwise they are clear; they
    /// must be clear before.
    boolean dissect(Dissection part, int begin, int end) {
        boolean divided =
                switch (part.kind()) {
                    case LEAF -> true;
                    case REFERENCE -> repeatsGroup(part, begin, end);
                    case CONCATENATION -> concatenation(part, begin, end);
                    case ALTERNATIVES -> alternatives(part, begin, end);
                    case REPETITION -> new RepetitionDissector(this, part, begin, end).dissect();
                    case CAPTURE -> dissect(part.parts().getFirst(), begin, end);
                };
        if (divided && part.capture() > 0) {
            spans[2 * part.capture()] = begin;
            spans[2 * part.capture() + 1] = end;
        }
        return divided;
    }

    /// Forgets what the groups of a part captured.
    void clear(Dissection part) {
        if ((part.bits() & Preference.CAPTURE) == 0) {
            return;
        }
        if (part.capture() > 0) {
            Arrays.fill(spans, 2 * part.capture(), 2 * part.capture() + 2, -1);
        }
        part.parts().forEach(this::clear);
    }

    /// The last end of a piece of `part` from `begin`, up to `stop`; -1 for none.
    int longest(Dissection part, int begin, int stop) {
        return isKnown(part)
                ? new RepeatedText(part).longest(begin, stop)
                : regex.forward(part).longest(scan, begin, stop);
    }

    /// The first end of a piece of `part` from `begin`, from `least` to `stop`; -1 for none.
    int shortest(Dissection part, int begin, int least, int stop) {
        return isKnown(part)
                ? new RepeatedText(part).shortest(begin, least, stop)
                : regex.forward(part).shortest(scan, begin, least, stop);
    }

    private boolean isKnown(Dissection part) {
        return part.kind() == Dissection.Kind.REFERENCE && spans[2 * part.reference()] >= 0;
    }

    private boolean concatenation(Dissection part, int begin, int end) {
        Dissection left = part.parts().getFirst();
        Dissection right = part.parts().getLast();
        boolean shorter = left.prefersShorter();
        int middle = shorter ? shortest(left, begin, begin, end) : longest(left, begin, end);
        for (int attempt = 1; middle >= 0; attempt++) {
            if (divides(left, right, begin, middle, end)) {
                return true;
            }
            if (middle == (shorter ? end : begin)) {
                return false;
            }
            if (attempt == ATTEMPTS && !isKnown(left)) {
                return concatenationBeyond(part, begin, middle, end);
            }
            middle =
                    shorter
                            ? shortest(left, begin, middle + 1, end)
                            : longest(left, begin, middle - 1);
        }
        return false;
    }

    private boolean divides(Dissection left, Dissection right, int begin, int middle, int end) {
        if (longest(right, middle, end) != end || !dissect(left, begin, middle)) {
            return false;
        }
        if (dissect(right, middle, end)) {
            return true;
        }
        clear(left);
        return false;
    }

    /// Tries the middles that come after `tried`, all found at once.
    private boolean concatenationBeyond(Dissection part, int begin, int tried, int end) {
        Dissection left = part.parts().getFirst();
        Dissection right = part.parts().getLast();
        BitSet middles = regex.forward(left).ends(scan, begin, end);
        if (!isKnown(right)) {
            middles.and(regex.backward(right).begins(scan, begin, end));
        }
        boolean shorter = left.prefersShorter();
        int at = tried - begin;
        while (true) {
            at =
                    shorter
                            ? middles.nextSetBit(at + 1)
                            : at == 0 ? -1 : middles.previousSetBit(at - 1);
            if (at < 0) {
                return false;
            }
            if (divides(left, right, begin, begin + at, end)) {
                return true;
            }
        }
    }

    private boolean alternatives(Dissection part, int begin, int end) {
        for (Dissection each : part.parts()) {
            if (longest(each, begin, end) == end && dissect(each, begin, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeatsGroup(Dissection part, int begin, int end) {
        return isKnown(part) && new RepeatedText(part).fills(begin, end);
    }

    /// The text of a group, as a reference repeats it.
    private final class RepeatedText {
        private final int start;
        private final int length;
        private final int least;
        private final int most;

        RepeatedText(Dissection part) {
            start = spans[2 * part.reference()];
            length = spans[2 * part.reference() + 1] - start;
            least = part.least();
            most = part.most();
        }

        boolean fills(int begin, int end) {
            if (length == 0) {
                return begin == end;
            }
            if (begin == end) {
                return least == 0;
            }
            int times = (end - begin) / length;
            return times * length == end - begin
                    && times >= least
                    && times <= most
                    && count(begin, end, times) == times;
        }

        int longest(int begin, int stop) {
            if (length == 0) {
                return begin;
            }
            int times = count(begin, stop, most);
            return times >= least ? begin + times * length : -1;
        }

        int shortest(int begin, int from, int stop) {
            if (length == 0) {
                return from == begin ? begin : -1;
            }
            int wanted = Math.max(least, (Math.max(from - begin, 0) + length - 1) / length);
            if (wanted > most) {
                return -1;
            }
            return count(begin, stop, wanted) == wanted ? begin + wanted * length : -1;
        }

        /// How often the text follows, up to `limit` times.
        private int count(int begin, int stop, int limit) {
            int count = 0;
            int at = begin;
            while (count < limit && stop - at >= length && follows(at)) {
                at += length;
                count++;
            }
            scan.spend(at - begin + 1);
            return count;
        }

        private boolean follows(int at) {
            for (int i = 0; i < length; i++) {
                int expected = subject.at(start + i);
                int actual = subject.at(at + i);
                boolean same =
                        expected == actual
                                || (regex.ignoresCase()
                                        && Character.toLowerCase(expected)
                                                == Character.toLowerCase(actual));
                if (!same) {
                    return false;
                }
            }
            return true;
        }
    }
}
