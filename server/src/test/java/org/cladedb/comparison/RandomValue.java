package org.cladedb.comparison;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Values of a type as literals: its edges and corners, and others over its whole range. Letters
/// are ASCII: what others are depends on the locale. Infinite intervals and the type timetz are not
/// supported.
final class RandomValue {
    private static final Map<String, List<String>> EDGES = new TreeMap<>();

    static {
        edges("bool", "t", "f");
        edges("int2", "0", "1", "-1", "2", "7", "32767", "-32768", "100");
        edges(
                "int4",
                "0",
                "1",
                "-1",
                "2",
                "3",
                "10",
                "2147483647",
                "-2147483648",
                "-5",
                "64",
                "1000");
        edges(
                "int8",
                "0",
                "1",
                "-1",
                "2",
                "9223372036854775807",
                "-9223372036854775808",
                "4294967296",
                "20");
        edges(
                "float4",
                "0",
                "-0",
                "1",
                "-1",
                "0.5",
                "NaN",
                "Infinity",
                "-Infinity",
                "3.4028235e38",
                "1e-45",
                "1234567",
                "-2.5",
                "1e10");
        edges(
                "float8",
                "0",
                "-0",
                "1",
                "-1",
                "0.5",
                "1.5",
                "2.5",
                "NaN",
                "Infinity",
                "-Infinity",
                "1.7976931348623157e308",
                "5e-324",
                "-3.5",
                "1e15",
                "1e16",
                "0.1",
                "709.8",
                "-745.2",
                "9.2233720368547758e18",
                "90",
                "30");
        edges(
                "numeric",
                "0",
                "1",
                "-1",
                "0.5",
                "-0.5",
                "1.5",
                "2.50",
                "NaN",
                "Infinity",
                "-Infinity",
                "0.000",
                "123456789012345678901234567890.123456789",
                "1e-20",
                "9999.9999",
                "-12.345",
                "1e30",
                "100",
                "7",
                "0.00001",
                "99999999999999999999",
                "9223372036854775807.5",
                "2",
                "3",
                "10");
        edges(
                "text",
                "",
                "a",
                "abc",
                "ABC",
                " a b ",
                "hello world",
                "1",
                "-1.5",
                "%a_",
                "€😀",
                "x,y,z",
                "2020-01-31",
                "12:34:56",
                "a\\b",
                "{1,2}",
                "0x1f",
                "zzz",
                "\t\n",
                "ab12",
                "'",
                "t",
                "UTC");
        edges("varchar", "", "a", "abc ", "xyz");
        edges("bpchar", "", "a", "abc ", "xyz  ");
        edges("name", "", "a", "abc", "pg_class");
        edges("\"char\"", "", "a", "\\001", "\\377", "z");
        edges("bytea", "\\x", "\\x00", "\\xff", "\\x616263", "\\xdeadbeef0001", "\\x68c3a9");
        edges(
                "date",
                "2000-01-01",
                "1999-12-31",
                "infinity",
                "-infinity",
                "4713-11-24 BC",
                "5874897-12-31",
                "2024-02-29",
                "0001-01-01 BC",
                "1970-01-01",
                "2021-03-14");
        edges("time", "00:00", "24:00", "12:34:56.789012", "23:59:59.999999", "01:02:03");
        edges(
                "timestamp",
                "2000-01-01",
                "1999-12-31 23:59:59.999999",
                "infinity",
                "-infinity",
                "4713-11-24 00:00 BC",
                "294276-12-31 23:59:59.999999",
                "2024-02-29 12:00",
                "0001-06-15 BC",
                "1970-01-01",
                "2021-03-14 02:30:00",
                "2021-11-07 01:30:00");
        edges(
                "timestamptz",
                "2000-01-01+00",
                "1999-12-31 23:59:59.999999+00",
                "infinity",
                "-infinity",
                "4713-11-24 00:00+00 BC",
                "294276-12-31 23:59:59.999999+00",
                "2024-02-29 12:00+00",
                "0001-06-15+00 BC",
                "1970-01-01+00",
                "2021-03-14 07:30+00",
                "2021-11-07 05:30+00");
        edges(
                "interval",
                "0",
                "1 day",
                "-1 day",
                "1 month",
                "1 year 2 mons 3 days 04:05:06.789",
                "178956970 years",
                "-178956970 years",
                "2147483647 days",
                "-2147483648 days",
                "2562047788:00:54.775807",
                "-00:00:00.000001",
                "1 mon -1 day",
                "-1 mon +1 day -12:00",
                "36:00",
                "10 years");
        edges(
                "uuid",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "018f3e1c-7b7a-7000-8000-000000000000");
        edges(
                "jsonb",
                "null",
                "1",
                "\"a\"",
                "[]",
                "{}",
                "[1,2,[3]]",
                "{\"a\":1,\"b\":[true,null]}",
                "{\"a\":{\"b\":\"c\"}}",
                "1.50",
                "true",
                "[{\"a\":1},\"a\"]",
                "\"\"",
                "[\"a\",\"b\"]");
        edges(
                "json",
                "null",
                "1",
                "\"a\"",
                "[]",
                "{}",
                "[1, 2,[3]]",
                "{\"a\":1,\"b\":[true,null],\"a\":2}",
                "1.50",
                "true");
        edges(
                "int4[]",
                "{}",
                "{1}",
                "{1,2,3}",
                "{NULL}",
                "{1,NULL,-5}",
                "{{1,2},{3,4}}",
                "[0:2]={7,8,9}");
        edges("text[]", "{}", "{a}", "{a,b,NULL}", "{\"\",\"a b\"}", "{{a,b},{c,d}}", "{a,a}");
        edges("oid", "0", "1", "4294967295", "16384");
    }

    private final RandomGenerator random;

    RandomValue(RandomGenerator random) {
        this.random = random;
    }

    private static void edges(String type, String... values) {
        EDGES.put(type, List.of(values));
    }

    static Iterable<String> types() {
        return EDGES.keySet();
    }

    static boolean has(String type) {
        return EDGES.containsKey(type);
    }

    /// A literal with its type; NULL now and then.
    String literal(String type) {
        if (random.nextInt(40) == 0) {
            return "NULL::" + type;
        }
        return "'" + text(type).replace("'", "''") + "'::" + type;
    }

    private String text(String type) {
        List<String> edges = EDGES.get(type);
        if (edges == null) {
            throw new IllegalArgumentException(type);
        }
        if (random.nextInt(3) != 0) {
            return edges.get(random.nextInt(edges.size()));
        }
        return switch (type) {
            case "int2" -> String.valueOf((short) random.nextInt());
            case "int4" -> String.valueOf(random.nextInt() >> random.nextInt(32));
            case "int8" -> String.valueOf(random.nextLong() >> random.nextInt(64));
            case "oid" -> String.valueOf(random.nextInt() & 0xFFFFFFFFL);
            case "float4" -> String.valueOf(decimal(7, 30));
            case "float8" -> String.valueOf(decimal(16, random.nextInt(3) == 0 ? 300 : 8));
            case "numeric" -> decimal(1 + random.nextInt(40), 0);
            case "text", "varchar", "bpchar", "name" -> word();
            case "bytea" -> "\\x" + "%08x".formatted(random.nextInt());
            case "date" -> date();
            case "time" -> time();
            case "timestamp" -> date().replace(" BC", "") + " " + time();
            case "timestamptz" -> date().replace(" BC", "") + " " + time() + zone();
            case "interval" -> interval();
            case "int4[]" -> "{" + random.nextInt(9) + "," + random.nextInt(-9, 9) + "}";
            default -> edges.get(random.nextInt(edges.size()));
        };
    }

    private String decimal(int digits, int exponentMax) {
        StringBuilder text = new StringBuilder(random.nextInt(2) == 0 ? "-" : "");
        int point = random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
            if (i == point) {
                text.append(i == 0 ? "0." : ".");
            }
            text.append(random.nextInt(10));
        }
        if (exponentMax > 0 && random.nextInt(2) == 0) {
            text.append('e').append(random.nextInt(-exponentMax, exponentMax));
        }
        return text.toString();
    }

    private String word() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("aAbBcz 019.,-_%xy€".charAt(random.nextInt(18)));
        }
        return text.toString();
    }

    private String date() {
        int year = random.nextInt(4) == 0 ? random.nextInt(1, 9999) : random.nextInt(1900, 2100);
        return "%04d-%02d-%02d".formatted(year, 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String time() {
        String text =
                "%02d:%02d:%02d"
                        .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextInt(2) == 0 ? text : text + "." + random.nextInt(1_000_000);
    }

    private String zone() {
        return "%s%02d:%s"
                .formatted(
                        random.nextInt(2) == 0 ? "+" : "-",
                        random.nextInt(15),
                        random.nextInt(3) == 0 ? "30" : "00");
    }

    private String interval() {
        return "%d years %d mons %d days %d seconds"
                .formatted(
                        random.nextInt(-20, 20),
                        random.nextInt(-20, 20),
                        random.nextInt(-400, 400),
                        random.nextInt(-100_000, 100_000));
    }
}
