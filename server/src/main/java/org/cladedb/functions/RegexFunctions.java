package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.regex.Regex;
import org.cladedb.regex.RegexMatcher;
import org.cladedb.regex.RegexOptions;
import org.cladedb.regex.Subject;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// `~` and its kin, SIMILAR TO, and the `regexp_…` functions.
final class RegexFunctions {
    private RegexFunctions() {}

    static void define(Definitions define) {
        for (String left : new String[] {"text", "name", "bpchar"}) {
            String types = "(" + left + ", text) bool";
            define.boundOperator("~" + types, (_, _) -> test(RegexOptions.DEFAULT, true));
            define.boundOperator("!~" + types, (_, _) -> test(RegexOptions.DEFAULT, false));
            define.boundOperator("~*" + types, (_, _) -> test(RegexOptions.IGNORE_CASE, true));
            define.boundOperator("!~*" + types, (_, _) -> test(RegexOptions.IGNORE_CASE, false));
        }
        define.function(
                "similar_to_escape(text) text",
                (in, out, _) -> out.setText(SimilarPattern.translate(in[0].text(), "\\")));
        define.function(
                "similar_to_escape(text, text) text",
                (in, out, _) -> out.setText(SimilarPattern.translate(in[0].text(), in[1].text())));
        defineSearches(define);
        defineMatches(define);
        defineSplits(define);
    }

    private static ScalarFunction test(RegexOptions options, boolean wanted) {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            Regex regex = matching.compile(in[1], options);
            Subject subject = RegexMatching.subject(in[0]);
            out.setBoolean(RegexMatching.matcher(regex, subject, context).matches() == wanted);
        };
    }

    private static void defineSearches(Definitions define) {
        define.bound("substring(text, text) text", (_, _) -> substring());
        define.bound(
                "substring(text, text, text) text",
                (_, _) -> {
                    ScalarFunction search = substring();
                    return (in, out, context) -> {
                        String pattern = SimilarPattern.translate(in[1].text(), in[2].text());
                        search.apply(new Datum[] {in[0], Datum.ofText(pattern)}, out, context);
                    };
                });
        for (String tail : new String[] {"", ", text"}) {
            define.bound("regexp_like(text, text" + tail + ") bool", (_, _) -> like());
        }
        for (String tail : new String[] {"", ", int4", ", int4, text"}) {
            define.bound("regexp_count(text, text" + tail + ") int4", (_, _) -> count());
        }
        define.bound("regexp_replace(text, text, text) text", (_, _) -> new RegexReplacement(3));
        define.bound(
                "regexp_replace(text, text, text, text) text", (_, _) -> new RegexReplacement(3));
        for (String tail : new String[] {"", ", int4", ", int4, text"}) {
            define.bound(
                    "regexp_replace(text, text, text, int4" + tail + ") text",
                    (_, _) -> new RegexReplacement(4));
        }
        for (String tail : new String[] {"", ", int4", ", int4, int4", ", int4, int4, text"}) {
            define.bound("regexp_substr(text, text" + tail + ") text", (_, _) -> find(false));
        }
        for (String tail : new String[] {"", ", int4", ", int4, int4"}) {
            define.bound("regexp_instr(text, text" + tail + ") int4", (_, _) -> find(true));
        }
        define.bound(
                "regexp_substr(text, text, int4, int4, text, int4) text", (_, _) -> find(false));
        for (String tail : new String[] {"", ", text"}) {
            define.bound(
                    "regexp_instr(text, text, int4, int4, int4" + tail + ") int4",
                    (_, _) -> find(true));
        }
        define.bound(
                "regexp_instr(text, text, int4, int4, int4, text, int4) int4",
                (_, _) -> find(true));
    }

    private static ScalarFunction substring() {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            Regex regex = matching.compile(in[1], RegexOptions.DEFAULT);
            RegexMatcher matcher =
                    RegexMatching.matcher(regex, RegexMatching.subject(in[0]), context);
            if (matcher.find(0, true)) {
                setText(out, matcher.group(regex.groupCount() > 0 ? 1 : 0));
            } else {
                out.setNull();
            }
        };
    }

    private static void setText(Datum out, @Nullable String text) {
        if (text == null) {
            out.setNull();
        } else {
            out.setText(text);
        }
    }

    private static ScalarFunction like() {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            RegexFlags flags = matching.localFlags(in, 2, "regexp_like");
            Regex regex = matching.compile(in[1], flags.options());
            Subject subject = RegexMatching.subject(in[0]);
            out.setBoolean(RegexMatching.matcher(regex, subject, context).matches());
        };
    }

    private static ScalarFunction count() {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            int start = in.length > 2 ? start(in[2]) : 0;
            RegexFlags flags = matching.localFlags(in, 3, "regexp_count");
            RegexMatches matches =
                    new RegexMatches(
                            matching.compile(in[1], flags.options()),
                            RegexMatching.subject(in[0]),
                            context,
                            start);
            long count = 0;
            while (matches.next(false)) {
                count++;
            }
            out.setLong(count);
        };
    }

    /// The index of a 1-based start.
    static int start(Datum start) {
        return (int) positive("start", start.longValue(), 1) - 1;
    }

    private static long positive(String name, long value, long least) {
        if (value < least) {
            throw Failures.invalidParameter(
                    "invalid value for parameter \"" + name + "\": " + value);
        }
        return value;
    }

    /// `regexp_substr(text, pattern, start, n, flags, group)` and `regexp_instr(text, pattern,
    /// start, n, end, flags, group)`.
    private static ScalarFunction find(boolean position) {
        RegexMatching matching = new RegexMatching();
        String name = position ? "regexp_instr" : "regexp_substr";
        int flagsIndex = position ? 5 : 4;
        return (in, out, context) -> {
            int start = in.length > 2 ? start(in[2]) : 0;
            long number = in.length > 3 ? positive("n", in[3].longValue(), 1) : 1;
            boolean end = position && in.length > 4 && isEnd(in[4].longValue());
            RegexFlags flags = matching.localFlags(in, flagsIndex, name);
            int group =
                    in.length > flagsIndex + 1
                            ? (int) positive("subexpr", in[flagsIndex + 1].longValue(), 0)
                            : 0;
            Regex regex = matching.compile(in[1], flags.options());
            RegexMatches matches =
                    new RegexMatches(regex, RegexMatching.subject(in[0]), context, start);
            if (group == 1 && regex.groupCount() == 0) {
                group = 0;
            }
            RegexMatcher match = matches.nth(number, group > 0);
            if (match == null || group > regex.groupCount() || match.start(group) < 0) {
                setNotFound(position, out);
            } else if (position) {
                out.setLong((end ? match.end(group) : match.start(group)) + 1L);
            } else {
                setText(out, match.group(group));
            }
        };
    }

    private static boolean isEnd(long option) {
        if (option < 0 || option > 1) {
            throw Failures.invalidParameter("invalid value for parameter \"endoption\": " + option);
        }
        return option == 1;
    }

    private static void setNotFound(boolean position, Datum out) {
        if (position) {
            out.setLong(0);
        } else {
            out.setNull();
        }
    }

    private static void defineMatches(Definitions define) {
        for (String tail : new String[] {"", ", text"}) {
            define.bound("regexp_match(text, text" + tail + ") text[]", (_, _) -> match());
            define.set("regexp_matches(text, text" + tail + ") setof text[]", (_, _) -> matches());
        }
    }

    private static ScalarFunction match() {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            RegexFlags flags = in.length > 2 ? matching.flags(in[2]) : RegexFlags.NONE;
            if (flags.global()) {
                throw Failures.invalidParameter(
                                "regexp_match() does not support the \"global\" option")
                        .withHint("Use the regexp_matches function instead.");
            }
            Regex regex = matching.compile(in[1], flags.options());
            RegexMatcher matcher =
                    RegexMatching.matcher(regex, RegexMatching.subject(in[0]), context);
            if (matcher.find(0, true)) {
                out.setObject(groups(regex, matcher));
            } else {
                out.setNull();
            }
        };
    }

    private static SetFunction matches() {
        RegexMatching matching = new RegexMatching();
        return (in, context) -> {
            RegexFlags flags = in.length > 2 ? matching.flags(in[2]) : RegexFlags.NONE;
            Regex regex = matching.compile(in[1], flags.options());
            // The arguments can be read during this call only.
            byte[] text = in[0].copyBytes();
            RegexMatches matches =
                    new RegexMatches(regex, Subject.of(text, 0, text.length), context, 0);
            return new SetFunction.Rows() {
                private boolean done;

                @Override
                public boolean next(Datum[] out) {
                    if (done || !matches.next(true)) {
                        return false;
                    }
                    done = !flags.global();
                    out[0].setObject(groups(regex, matches.match()));
                    return true;
                }
            };
        };
    }

    /// The captured groups, or the whole match when the expression captures nothing.
    private static ArrayValue groups(Regex regex, RegexMatcher match) {
        List<Datum> values = new ArrayList<>();
        int count = regex.groupCount();
        for (int i = count == 0 ? 0 : 1; i <= count; i++) {
            Datum value = new Datum();
            setText(value, match.group(i));
            values.add(value);
        }
        return ArrayValue.of(SqlType.TEXT, values);
    }

    private static void defineSplits(Definitions define) {
        for (String tail : new String[] {"", ", text"}) {
            define.bound(
                    "regexp_split_to_array(text, text" + tail + ") text[]",
                    (_, _) -> {
                        RegexMatching matching = new RegexMatching();
                        return (in, out, context) -> {
                            RegexParts parts =
                                    split(matching, in, "regexp_split_to_array", context);
                            try (ElementList elements = new ElementList(context.memory())) {
                                while (parts.next()) {
                                    elements.add(Datum.ofText(parts.part()));
                                }
                                out.setObject(elements.array(SqlType.TEXT));
                            }
                        };
                    });
            define.set(
                    "regexp_split_to_table(text, text" + tail + ") setof text",
                    (_, _) -> {
                        RegexMatching matching = new RegexMatching();
                        return (in, context) -> {
                            RegexParts parts =
                                    split(matching, in, "regexp_split_to_table", context);
                            return out -> {
                                boolean found = parts.next();
                                if (found) {
                                    out[0].setText(parts.part());
                                }
                                return found;
                            };
                        };
                    });
        }
    }

    private static RegexParts split(
            RegexMatching matching, Datum[] in, String function, EvaluationContext context) {
        RegexFlags flags = matching.localFlags(in, 2, function);
        Regex regex = matching.compile(in[1], flags.options());
        Subject subject = RegexMatching.subject(in[0]);
        return new RegexParts(new RegexMatches(regex, subject, context, 0), subject);
    }

    static DatabaseException invalidEscape(String message) {
        return new DatabaseException(SqlState.INVALID_ESCAPE_SEQUENCE, message);
    }
}
