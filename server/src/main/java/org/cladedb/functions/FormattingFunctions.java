package org.cladedb.functions;

import org.cladedb.types.Datum;

/// `to_char`, `to_number`, `to_date` and `to_timestamp` with templates.
final class FormattingFunctions {
    private FormattingFunctions() {}

    static void define(Definitions define) {
        defineTimes(define);
        defineNumbers(define);
        define.function(
                "to_number(text, text) numeric stable",
                (in, out, _) -> {
                    if (in[1].length() == 0) {
                        out.setNull();
                    } else {
                        NumberReader.read(in[1].text(), in[0].text(), out);
                    }
                });
    }

    /// Writes one number by a template.
    private interface NumberPrinter {
        String print(NumberPattern pattern, Datum value);
    }

    private static void defineNumbers(Definitions define) {
        defineNumber(
                define,
                "int4",
                (pattern, value) -> NumberFormat.printInteger(pattern, (int) value.longValue()));
        defineNumber(
                define,
                "int8",
                (pattern, value) -> NumberFormat.printLong(pattern, value.longValue()));
        defineNumber(
                define,
                "numeric",
                (pattern, value) ->
                        Numeric.isSpecial(value)
                                ? NumberFormat.printSpecial(pattern, CastFunctions.toDouble(value))
                                : NumberFormat.print(pattern, value.numericValue()));
        defineNumber(
                define,
                "float4",
                (pattern, value) -> NumberFormat.printFloat(pattern, value.doubleValue(), true));
        defineNumber(
                define,
                "float8",
                (pattern, value) -> NumberFormat.printFloat(pattern, value.doubleValue(), false));
    }

    private static void defineNumber(Definitions define, String type, NumberPrinter printer) {
        define.bound(
                "to_char(" + type + ", text) text stable",
                (_, _) -> {
                    NumberTemplates templates = new NumberTemplates();
                    return (in, out, _) ->
                            out.setText(
                                    in[1].length() == 0
                                            ? ""
                                            : printer.print(templates.get(in[1]), in[0]));
                });
    }

    /// Remembers the last template: it is nearly always a constant.
    private static final class NumberTemplates {
        private byte[] source = {};
        private NumberPattern pattern = NumberPattern.parse("");

        NumberPattern get(Datum template) {
            if (!ByteStrings.equal(template, source)) {
                pattern = NumberPattern.parse(template.text());
                source = template.copyBytes();
            }
            return pattern;
        }
    }

    private static void defineTimes(Definitions define) {
        define.bound(
                "to_char(timestamp, text) text stable",
                (_, _) -> {
                    Templates templates = new Templates();
                    return (in, out, _) ->
                            printTime(
                                    templates.get(in[1]),
                                    in[0].longValue(),
                                    Moment.ofLocal(finite(in[0])),
                                    out);
                });
        define.bound(
                "to_char(timestamptz, text) text stable",
                (_, _) -> {
                    Templates templates = new Templates();
                    return (in, out, context) ->
                            printTime(
                                    templates.get(in[1]),
                                    in[0].longValue(),
                                    Moment.ofInstant(finite(in[0]), context.types().timeZone()),
                                    out);
                });
        define.bound(
                "to_char(interval, text) text stable",
                (_, _) -> {
                    Templates templates = new Templates();
                    return (in, out, _) -> {
                        if (in[1].length() == 0) {
                            out.setNull();
                        } else {
                            out.setText(templates.get(in[1]).print(Moment.ofInterval(in[0])));
                        }
                    };
                });
        defineReaders(define);
    }

    private static void defineReaders(Definitions define) {
        define.bound(
                "to_date(text, text) date stable",
                (_, _) -> {
                    Templates templates = new Templates();
                    return (in, out, context) -> out.setLong(read(templates, in, context).date());
                });
        define.bound(
                "to_timestamp(text, text) timestamptz stable",
                (_, _) -> {
                    Templates templates = new Templates();
                    return (in, out, context) ->
                            out.setLong(
                                    read(templates, in, context)
                                            .instant(context.types().timeZone()));
                });
    }

    private static TemplateMoment read(Templates templates, Datum[] in, EvaluationContext context) {
        String input = in[0].text();
        TemplateFields fields =
                DateTimeReader.read(
                        templates.get(in[1]).parts(), input, context.types().timeZone());
        return TemplateMoment.of(fields, input);
    }

    private static long finite(Datum timestamp) {
        return Timestamps.isInfinite(timestamp.longValue()) ? 0 : timestamp.longValue();
    }

    private static void printTime(DateTimeFormat format, long timestamp, Moment moment, Datum out) {
        if (Timestamps.isInfinite(timestamp) || format.isEmpty()) {
            out.setNull();
        } else {
            out.setText(format.print(moment));
        }
    }

    /// Remembers the last template: it is nearly always a constant.
    private static final class Templates {
        private byte[] source = {};
        private DateTimeFormat format = DateTimeFormat.parse("");

        DateTimeFormat get(Datum template) {
            if (!ByteStrings.equal(template, source)) {
                format = DateTimeFormat.parse(template.text());
                source = template.copyBytes();
            }
            return format;
        }
    }
}
