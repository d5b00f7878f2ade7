package org.cladedb.comparison;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Calls of `to_char`, `to_number`, `to_date`, `to_timestamp` with templates made of their
/// elements, and texts that mostly follow them; and of times in zones of every kind.
final class RandomTemplate {
    private static final List<String> NUMBER_ELEMENTS =
            words(
                    "9 9 9 0 9 . D , G S MI PL SG PR TH th V FM L B C SP RN rn EEEE eeee x \\\" \\ - / é"
                            + " d g l mi pl fm Mi v sg s \"a\\\"b\"");
    private static final List<String> NUMBER_STARTS = List.of("", "S", "MI", "PL", "SG", "L");
    private static final List<String> NUMBER_MIDDLES =
            words("9 0 99 990 9,999 9G999 09 999999 0099 999");
    private static final List<String> NUMBER_FRACTIONS =
            List.of("", ".99", "D9", ".0", ".90", "V99", ".", ".999999999999999999999999", "V9");
    private static final List<String> NUMBER_ENDS =
            List.of("", "", "S", "MI", "PL", "SG", "PR", "TH", "th", " \"x\"", "EEEE", "FM");
    private static final List<String> NUMBER_TYPES =
            List.of("int4", "int8", "numeric", "float4", "float8");
    private static final List<String> TIME_FIELDS =
            words(
                    "HH24 HH12 HH MI SS MS US FF1 FF2 FF3 FF4 FF5 FF6 SSSS SSSSS AM a.m. PM P.M. pm"
                            + " Y,YYY YYYY YYY YY Y IYYY IYY IY I BC B.C. ad a.d. MONTH Month month MON"
                            + " Mon mon MM DAY Day day DY Dy dy DDD IDDD DD D ID W WW IW CC J Q RM rm TZ"
                            + " tz TZH TZM OF yyyy mm dd hh24 mi ss FX fx cc j iyyy iw id");
    private static final List<String> TIME_TEXTS =
            List.of(
                    "-",
                    "/",
                    " ",
                    ":",
                    ".",
                    ",",
                    "\"T\"",
                    "\"a\\\"b\"",
                    "\\\"",
                    "x",
                    "  ",
                    "é",
                    "9");
    private static final List<String> USUAL_TEMPLATES =
            List.of(
                    "YYYY MM DD",
                    "YYYY MM DD HH24 MI SS",
                    "DD Mon YYYY",
                    "YYYY DDD",
                    "IYYY IW ID",
                    "YYYY WW",
                    "HH12 MI AM",
                    "CC YY",
                    "J",
                    "YYYY MM DD HH24 MI SS FF3 TZH",
                    "YYYY MM DD HH24 TZH TZM",
                    "IYYY IDDD",
                    "MM W YYYY",
                    "YYYY BC",
                    "DD Month YYYY AD",
                    "YYYY MM DD SSSS",
                    "YYYY MM DD HH24 MI TZ",
                    "Y,YYY MM",
                    "YYY RM",
                    "Day DD MON YY",
                    "IY IW",
                    "YYYY MM DD OF",
                    "DDD YYYY HH MI SS MS");
    private static final List<String> ZONES =
            List.of(
                    "Europe/Berlin",
                    "America/Sao_Paulo",
                    "Asia/Kolkata",
                    "Australia/Lord_Howe",
                    "Africa/Casablanca",
                    "Pacific/Apia",
                    "Antarctica/Troll",
                    "Europe/Dublin",
                    "CST7CDT,M4.1.0,M10.5.0",
                    "aaa3bbb",
                    "<+05>-05:30",
                    "FOO1",
                    "NZST-12NZDT,M9.5.0,M4.1.0/3",
                    "IST-2IDT,M3.4.4/26,M10.5.0",
                    "EST5EDT4,J60/-2,300/26:30",
                    "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
                    "msk",
                    "LHDT",
                    "+5",
                    "-03:30",
                    "nowhere",
                    "EDT");

    private final RandomGenerator random;
    private final RandomValue values;
    private final Map<String, Supplier<String>> texts;

    RandomTemplate(RandomGenerator random) {
        this.random = random;
        values = new RandomValue(random);
        texts = texts();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /// A call, and what kind of call it is.
    record Call(String kind, String text) {}

    Call next() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                String type = pick(NUMBER_TYPES);
                yield call("to_char(" + type + ")", values.literal(type), numberTemplate());
            }
            case 2 -> call("to_number", quoted(numberText()), numberTemplate());
            case 3, 4 -> {
                String type = pick(List.of("timestamp", "timestamptz", "interval"));
                yield call("to_char(" + type + ")", values.literal(type), timeTemplate());
            }
            case 5, 6, 7 -> reading();
            default -> zoned();
        };
    }

    private static Call call(String kind, String value, String template) {
        String name = kind.replaceAll("\\(.*", "");
        return new Call(kind, name + "(" + value + ", " + quoted(template) + ")");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private String numberTemplate() {
        if (random.nextInt(3) != 0) {
            StringBuilder template = new StringBuilder();
            for (int i = random.nextInt(10); i > 0; i--) {
                template.append(oneIn(12) ? " " : pick(NUMBER_ELEMENTS));
            }
            return template.toString();
        }
        return (oneIn(3) ? "FM" : "")
                + pick(NUMBER_STARTS)
                + pick(NUMBER_MIDDLES)
                + pick(NUMBER_FRACTIONS)
                + pick(NUMBER_ENDS);
    }

    private String numberText() {
        if (random.nextBoolean()) {
            return pick(List.of("", "-", "+", " ", "<", "- ", "$"))
                    + pick(
                            words(
                                    "1 12 123 1,234 12.5 .5 1234.56 0 00012 9,9,9 xiv MCMXCIX IIII 12th"
                                            + " 1.2.3"))
                    + pick(List.of("", "-", "+", ">", " -", "th", " "));
        }
        return letters("0123456789.,+-<> xé12IVXth", 9);
    }

    private String letters(String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private String timeTemplate() {
        StringBuilder template = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            template.append(pick(List.of("", "", "", "", "FM", "TM", "fm")))
                    .append(pick(TIME_FIELDS))
                    .append(pick(List.of("", "", "", "", "TH", "th", "SP")))
                    .append(random.nextInt(3) == 0 ? "" : pick(TIME_TEXTS));
        }
        return template.toString();
    }

    private Call reading() {
        String name = pick(List.of("to_date", "to_timestamp"));
        if (oneIn(3)) {
            String text = letters("0123456789-/ :.+xJanMonpm", 14);
            return call(name, quoted(text), timeTemplate());
        }
        StringBuilder template = new StringBuilder(oneIn(30) ? "FX" : "");
        StringBuilder text = new StringBuilder(oneIn(10) ? " " : "");
        for (String field : pick(USUAL_TEMPLATES).split(" ", -1)) {
            if (oneIn(40)) {
                append(pick(TIME_FIELDS), template, text);
            }
            append(field, template, text);
        }
        if (oneIn(10)) {
            text.setLength(random.nextInt(text.length() + 1));
        }
        return call(name, quoted(text.toString()), template.toString());
    }

    private void append(String field, StringBuilder template, StringBuilder text) {
        String separator = pick(List.of("-", "/", " ", ":", "", "", "  ", "x", "."));
        template.append(oneIn(10) ? "FM" : "")
                .append(field)
                .append(oneIn(20) ? "th" : "")
                .append(separator);
        String value = texts.getOrDefault(field.toUpperCase(java.util.Locale.ROOT), () -> "").get();
        text.append(oneIn(10) ? value.replaceFirst("^0", "") : value)
                .append(
                        oneIn(3)
                                ? pick(List.of("-", "/", " ", ":", "", "x", "  ", " - ", "+"))
                                : separator);
    }

    private String number(int width, int least, int most) {
        return ("%0" + width + "d").formatted(random.nextInt(least, most + 1));
    }

    private Map<String, Supplier<String>> texts() {
        return Map.ofEntries(
                Map.entry("HH24", () -> number(2, 0, 25)),
                Map.entry("HH12", () -> number(2, 0, 13)),
                Map.entry("HH", () -> number(2, 1, 12)),
                Map.entry("MI", () -> number(2, 0, 61)),
                Map.entry("SS", () -> number(2, 0, 61)),
                Map.entry("MS", () -> number(1, 0, 1200)),
                Map.entry("US", () -> number(1, 0, 1_000_000)),
                Map.entry("FF3", () -> number(1, 0, 1000)),
                Map.entry("SSSS", () -> number(1, 0, 90_000)),
                Map.entry("AM", () -> pick(words("AM pm Pm a.m."))),
                Map.entry("YYYY", () -> number(4, oneIn(3) ? -99 : 1900, oneIn(5) ? 20_000 : 2100)),
                Map.entry("Y,YYY", () -> number(1, 0, 3) + "," + number(3, 0, 999)),
                Map.entry("YYY", () -> number(3, 0, 999)),
                Map.entry("YY", () -> number(2, 0, 99)),
                Map.entry("IYYY", () -> number(4, 1900, 2100)),
                Map.entry("IY", () -> number(2, 0, 99)),
                Map.entry("BC", () -> pick(words("AD bc B.C."))),
                Map.entry("AD", () -> pick(words("AD bc B.C."))),
                Map.entry("MONTH", () -> pick(words("January may JUNE December Foo"))),
                Map.entry("MON", () -> pick(words("Jan feb MAR dec xxx"))),
                Map.entry("DAY", () -> pick(words("Monday tuesday SUNDAY"))),
                Map.entry("RM", () -> pick(words("I IV viii XII foo"))),
                Map.entry("MM", () -> number(2, 0, 13)),
                Map.entry("DD", () -> number(2, 0, 32)),
                Map.entry("DDD", () -> number(3, 0, 367)),
                Map.entry("IDDD", () -> number(3, 0, 372)),
                Map.entry("ID", () -> number(1, 0, 8)),
                Map.entry("W", () -> number(1, 0, 6)),
                Map.entry("WW", () -> number(2, 0, 54)),
                Map.entry("IW", () -> number(2, 0, 54)),
                Map.entry("CC", () -> number(2, -2, 22)),
                Map.entry("J", () -> number(1, 2_400_000, 2_500_000)),
                Map.entry("TZH", () -> pick(List.of("+", "-", "", " ")) + number(2, 0, 16)),
                Map.entry("TZM", () -> number(2, 0, 61)),
                Map.entry("OF", () -> pick(List.of("+", "-")) + number(2, 0, 16)),
                Map.entry("TZ", () -> pick(words("EST utc PDT +03 -05:30 xyz CET MSK LMT Z"))));
    }

    private Call zoned() {
        String zone = quoted(pick(ZONES));
        return switch (random.nextInt(4)) {
            case 0 ->
                    new Call(
                            "timestamp at time zone",
                            values.literal("timestamp") + " AT TIME ZONE " + zone);
            case 1 ->
                    new Call(
                            "timestamptz at time zone",
                            values.literal("timestamptz") + " AT TIME ZONE " + zone);
            case 2 ->
                    new Call(
                            "make_timestamptz",
                            "make_timestamptz(%d, %d, %d, %d, %d, 0, %s)"
                                    .formatted(
                                            random.nextInt(1850, 2100),
                                            random.nextInt(1, 13),
                                            random.nextInt(1, 29),
                                            random.nextInt(24),
                                            random.nextInt(60),
                                            zone));
            default ->
                    new Call(
                            "date_trunc with zone",
                            "date_trunc('day', "
                                    + values.literal("timestamptz")
                                    + ", "
                                    + zone
                                    + ")");
        };
    }
}
