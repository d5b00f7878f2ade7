package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.regex.Regex;
import org.cladedb.regex.RegexMatcher;
import org.cladedb.regex.RegexOptions;
import org.cladedb.regex.Subject;
import org.cladedb.types.Datum;

/// Applies regular expressions, and remembers those compiled last.
final class RegexMatching {
    private static final int REMEMBERED = 16;

    /// The expression used last is the first.
    private final List<Compiled> compiled = new ArrayList<>();

    private byte[] flagSource = {};
    private RegexFlags flags = RegexFlags.NONE;

    private record Compiled(byte[] source, RegexOptions options, Regex regex) {
        boolean is(Datum expression, RegexOptions wanted) {
            return ByteStrings.equal(expression, source) && options.equals(wanted);
        }
    }

    Regex compile(Datum expression, RegexOptions options) {
        for (int i = 0; i < compiled.size(); i++) {
            Compiled each = compiled.get(i);
            if (each.is(expression, options)) {
                if (i > 0) {
                    compiled.remove(i);
                    compiled.addFirst(each);
                }
                return each.regex();
            }
        }
        Regex regex = Regex.compile(expression.text(), options);
        if (compiled.size() == REMEMBERED) {
            compiled.removeLast();
        }
        compiled.addFirst(new Compiled(expression.copyBytes(), options, regex));
        return regex;
    }

    /// The flags in a cell, parsed when they change.
    RegexFlags flags(Datum text) {
        if (text.length() == 0) {
            return RegexFlags.NONE;
        }
        if (!ByteStrings.equal(text, flagSource)) {
            flags = RegexFlags.parse(text.text());
            flagSource = text.copyBytes();
        }
        return flags;
    }

    /// The flags argument of a function to which `g` means nothing.
    RegexFlags localFlags(Datum[] in, int index, String function) {
        RegexFlags given = in.length > index ? flags(in[index]) : RegexFlags.NONE;
        if (given.global()) {
            throw Failures.invalidParameter(function + "() does not support the \"global\" option");
        }
        return given;
    }

    /// `text` must keep its bytes as long as the matcher is used.
    static Subject subject(Datum text) {
        return Subject.of(text.bytes(), text.offset(), text.length());
    }

    static RegexMatcher matcher(Regex regex, Subject subject, EvaluationContext context) {
        return regex.matcher(subject, context::checkCancelled);
    }
}
