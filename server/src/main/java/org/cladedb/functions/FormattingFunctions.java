package org.cladedb.functions;

import java.math.BigDecimal;
import org.cladedb.types.Datum;

/// `to_char`, `to_number`, `to_date` and `to_timestamp` with templates.
final class FormattingFunctions {
    private FormattingFunctions() {}

    static void define(Definitions define) {
        defineTimes(define);
        for (String type : new String[] {"int4", "int8"}) {
            define.function(
                    "to_char(" + type + ", text) text stable",
                    (in, out, _) ->
                            out.setText(
                                    NumberFormat.print(
                                            in[1].text(), BigDecimal.valueOf(in[0].longValue()))));
        }
        define.function(
                "to_char(numeric, text) text stable",
                (in, out, _) ->
                        out.setText(
                                Numeric.isSpecial(in[0])
                                        ? NumberFormat.printSpecial(
                                                in[1].text(), CastFunctions.toDouble(in[0]))
                                        : NumberFormat.print(in[1].text(), in[0].numericValue())));
        define.function(
                "to_char(float4, text) text stable", (in, out, _) -> printFloat(in, true, out));
        define.function(
                "to_char(float8, text) text stable", (in, out, _) -> printFloat(in, false, out));
        define.function(
                "to_number(text, text) numeric stable",
                (in, out, _) -> {
                    if (in[1].length() == 0) {
                        out.setNull();
                    } else {
                        Numeric.set(out, NumberReader.read(in[1].text(), in[0].text()));
                    }
                });
    }

    private static void printFloat(Datum[] in, boolean real, Datum out) {
        double value = in[0].doubleValue();
        out.setText(
                Double.isFinite(value)
                        ? NumberFormat.printFloat(in[1].text(), value, real)
                        : NumberFormat.printSpecial(in[1].text(), value));
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
        define.function(
                "to_char(interval, text) text stable",
                (in, out, _) -> {
                    if (in[1].length() == 0) {
                        out.setNull();
                    } else {
                        out.setText(
                                DateTimeFormat.parse(in[1].text()).print(Moment.ofInterval(in[0])));
                    }
                });
        define.function(
                "to_date(text, text) date stable",
                (in, out, _) ->
                        out.setLong(DateTimeReader.read(in[1].text(), in[0].text()).date()));
        define.function(
                "to_timestamp(text, text) timestamptz stable",
                (in, out, context) -> {
                    DateTimeReader reader = DateTimeReader.read(in[1].text(), in[0].text());
                    Long offset = reader.zoneMicros();
                    out.setLong(
                            offset == null
                                    ? Timestamps.toInstant(
                                            reader.local(), context.types().timeZone())
                                    : Timestamps.checkRange(reader.local() - offset));
                });
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
