package org.cladedb.functions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
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
            define.boundOperator("~" + types, (_, _) -> test(RegexFlags.NONE, true));
            define.boundOperator("!~" + types, (_, _) -> test(RegexFlags.NONE, false));
            define.boundOperator("~*" + types, (_, _) -> test(RegexFlags.IGNORE_CASE, true));
            define.boundOperator("!~*" + types, (_, _) -> test(RegexFlags.IGNORE_CASE, false));
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

    private static ScalarFunction test(RegexFlags flags, boolean wanted) {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            RegexProgram program = matching.compile(in[1], flags);
            RegexSearch search = RegexMatching.search(program, in[0].text(), context);
            out.setBoolean(search.matchesAnywhere() == wanted);
        };
    }

    private static void defineSearches(Definitions define) {
        define.bound("substring(text, text) text", (_, _) -> substring());
        define.bound(
                "substring(text, text, text) text",
                (_, _) -> {
                    ScalarFunction search = substring();
                    return (in, out, context) -> {
                        String pattern =
                                SimilarPattern.translateForSubstring(in[1].text(), in[2].text());
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
            RegexProgram program = matching.compile(in[1], RegexFlags.NONE);
            RegexSearch search = RegexMatching.search(program, in[0].text(), context);
            if (!search.find()) {
                out.setNull();
                return;
            }
            setText(out, search.group(search.groupCount() > 0 ? 1 : 0));
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
            RegexFlags flags = localFlags(matching, in, 2, "regexp_like");
            RegexProgram program = matching.compile(in[1], flags);
            out.setBoolean(RegexMatching.search(program, in[0].text(), context).matchesAnywhere());
        };
    }

    /// The flags argument of a function to which `g` means nothing.
    private static RegexFlags localFlags(
            RegexMatching matching, Datum[] in, int index, String function) {
        RegexFlags flags = in.length > index ? matching.flags(in[index]) : RegexFlags.NONE;
        if (flags.global()) {
            throw Failures.invalidParameter(function + "() does not support the \"global\" option");
        }
        return flags;
    }

    private static ScalarFunction count() {
        RegexMatching matching = new RegexMatching();
        return (in, out, context) -> {
            RegexProgram program =
                    matching.compile(in[1], localFlags(matching, in, 3, "regexp_count"));
            String text = in[0].text();
            RegexSearch search = RegexMatching.search(program, text, context);
            int start = in.length > 2 ? startIndex(text, in[2].longValue()) : 0;
            long count = 0;
            if (start <= text.length()) {
                for (boolean found = search.find(start); found; found = search.find()) {
                    count++;
                }
            }
            out.setLong(count);
        };
    }

    /// The index of the 1-based character `start`; beyond the end for none.
    static int startIndex(String text, long start) {
        if (start <= 0) {
            throw Failures.invalidParameter("invalid value for parameter \"start\": " + start);
        }
        int characters = text.codePointCount(0, text.length());
        return start - 1 > characters
                ? text.length() + 1
                : text.offsetByCodePoints(0, (int) (start - 1));
    }

    private static long positive(String name, Datum[] in, int index, long least) {
        if (in.length <= index) {
            return 1;
        }
        long value = in[index].longValue();
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
            String text = in[0].text();
            int start = in.length > 2 ? startIndex(text, in[2].longValue()) : 0;
            long number = positive("n", in, 3, 1);
            boolean end = position && in.length > 4 && in[4].longValue() != 0;
            if (position && in.length > 4 && (in[4].longValue() & ~1) != 0) {
                throw Failures.invalidParameter(
                        "invalid value for parameter \"endoption\": " + in[4].longValue());
            }
            int group =
                    in.length > flagsIndex + 1
                            ? (int) positive("subexpr", in, flagsIndex + 1, 0)
                            : 0;
            RegexProgram program =
                    matching.compile(in[1], localFlags(matching, in, flagsIndex, name));
            RegexSearch search = RegexMatching.search(program, text, context);
            boolean found = start <= text.length() && search.find(start);
            for (long i = 1; i < number && found; i++) {
                found = search.find();
            }
            if (!found || group > search.groupCount() || search.start(group) < 0) {
                setNotFound(position, out);
            } else if (position) {
                int index = end ? search.end(group) : search.start(group);
                out.setLong(text.codePointCount(0, index) + 1L);
            } else {
                setText(out, search.group(group));
            }
        };
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
            define.bound(
                    "regexp_match(text, text" + tail + ") text[]",
                    (_, _) -> {
                        RegexMatching matching = new RegexMatching();
                        return (in, out, context) -> {
                            RegexFlags flags =
                                    in.length > 2 ? matching.flags(in[2]) : RegexFlags.NONE;
                            if (flags.global()) {
                                throw Failures.invalidParameter(
                                                "regexp_match() does not support the \"global\""
                                                        + " option")
                                        .withHint("Use the regexp_matches function instead.");
                            }
                            RegexProgram program = matching.compile(in[1], flags);
                            RegexSearch search =
                                    RegexMatching.search(program, in[0].text(), context);
                            if (search.find()) {
                                out.setObject(groups(search));
                            } else {
                                out.setNull();
                            }
                        };
                    });
            define.set(
                    "regexp_matches(text, text" + tail + ") setof text[]",
                    (_, _) -> {
                        RegexMatching matching = new RegexMatching();
                        return (in, context) -> {
                            RegexFlags flags =
                                    in.length > 2 ? matching.flags(in[2]) : RegexFlags.NONE;
                            RegexProgram program = matching.compile(in[1], flags);
                            return matches(
                                    RegexMatching.search(program, in[0].text(), context),
                                    flags.global());
                        };
                    });
        }
    }

    private static SetFunction.Rows matches(RegexSearch search, boolean global) {
        return new SetFunction.Rows() {
            private boolean done;

            @Override
            public boolean next(Datum[] out) {
                if (done || !search.find()) {
                    return false;
                }
                done = !global;
                out[0].setObject(groups(search));
                return true;
            }
        };
    }

    /// The captured groups, or the whole match when the expression captures nothing.
    private static ArrayValue groups(RegexSearch search) {
        List<Datum> values = new ArrayList<>();
        int count = search.groupCount();
        for (int i = count == 0 ? 0 : 1; i <= count; i++) {
            Datum value = new Datum();
            setText(value, search.group(i));
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
                        return (in, out, context) ->
                                out.setObject(
                                        ArrayValue.of(
                                                SqlType.TEXT,
                                                split(
                                                        matching,
                                                        in,
                                                        "regexp_split_to_array",
                                                        context)));
                    });
            define.set(
                    "regexp_split_to_table(text, text" + tail + ") setof text",
                    (_, _) -> {
                        RegexMatching matching = new RegexMatching();
                        return (in, context) -> {
                            Iterator<Datum> parts =
                                    split(matching, in, "regexp_split_to_table", context)
                                            .iterator();
                            return out -> {
                                if (!parts.hasNext()) {
                                    return false;
                                }
                                out[0].copyFrom(parts.next());
                                return true;
                            };
                        };
                    });
        }
    }

    /// Cuts at the matches; empty matches at the ends or right after another match do not count.
    private static List<Datum> split(
            RegexMatching matching, Datum[] in, String function, EvaluationContext context) {
        RegexProgram program = matching.compile(in[1], localFlags(matching, in, 2, function));
        String text = in[0].text();
        RegexSearch search = RegexMatching.search(program, text, context);
        List<Datum> parts = new ArrayList<>();
        int start = 0;
        while (search.find()) {
            boolean empty = search.end() == search.start();
            if (empty && (search.start() == start || search.start() >= text.length())) {
                continue;
            }
            parts.add(Datum.ofText(text.substring(start, search.start())));
            start = search.end();
        }
        parts.add(Datum.ofText(text.substring(start)));
        return parts;
    }

    static DatabaseException invalidEscape(String message) {
        return new DatabaseException(SqlState.INVALID_ESCAPE_SEQUENCE, message);
    }
}
