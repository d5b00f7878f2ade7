package org.cladedb.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random values of any storable type, with many that lie at an edge or are equal to others.
public final class RandomValues {
    /// All types that can be keys.
    public static final List<SqlType> INDEXABLE =
            List.of(
                    SqlType.BOOLEAN,
                    SqlType.SMALLINT,
                    SqlType.INTEGER,
                    SqlType.BIGINT,
                    SqlType.REAL,
                    SqlType.DOUBLE,
                    SqlType.NUMERIC,
                    new SqlType.Scalar(TypeKind.NUMERIC, (10 << 16 | 2) + 4),
                    SqlType.TEXT,
                    SqlType.VARCHAR,
                    SqlType.BPCHAR,
                    new SqlType.Scalar(TypeKind.BPCHAR, 4 + 12),
                    SqlType.NAME,
                    SqlType.BYTEA,
                    SqlType.DATE,
                    SqlType.TIME,
                    SqlType.TIMESTAMP,
                    SqlType.TIMESTAMPTZ,
                    SqlType.INTERVAL,
                    SqlType.UUID,
                    SqlType.OID,
                    SqlType.arrayOf(SqlType.INTEGER),
                    SqlType.arrayOf(SqlType.TEXT),
                    SqlType.arrayOf(SqlType.NUMERIC),
                    new SqlType.Row(
                            List.of(
                                    new SqlType.Field("a", SqlType.TEXT),
                                    new SqlType.Field("b", SqlType.arrayOf(SqlType.BYTEA)))));

    private static final String[] WORDS = {
        "", " ", "a", "a ", "ab", "a\tb", "ä", "日本", "z~", "\u007f"
    };
    private static final long[] EDGES = {0, 1, -1, 9, 10, 99, 100, 127, 128, 255, 256};

    private static final List<NumericSpecial> SPECIALS = List.of(NumericSpecial.values());

    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// A value that is NULL now and then.
    public Datum nullable(SqlType type) {
        return random.nextInt(8) == 0 ? new Datum() : value(type);
    }

    public Datum value(SqlType type) {
        Datum datum = new Datum();
        switch (type.kind()) {
            case BOOLEAN -> datum.setBoolean(random.nextBoolean());
            case SMALLINT -> datum.setLong((short) integer());
            case INTEGER ->
                    datum.setLong(
                            Math.clamp(
                                    integer(), (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE));
            case DATE -> datum.setLong(Math.clamp(integer(), -2_451_545, 2_145_031_948));
            case OID, REGCLASS, REGTYPE -> datum.setLong(integer() & 0xFFFFFFFFL);
            case BIGINT -> datum.setLong(integer());
            case TIMESTAMP, TIMESTAMPTZ ->
                    datum.setLong(
                            Math.clamp(
                                    integer(),
                                    -211_813_488_000_000_000L,
                                    9_223_371_331_199_999_999L));
            case TIME -> datum.setLong(Math.floorMod(integer(), 86_400_000_001L));
            case REAL -> datum.setDouble((float) floating());
            case DOUBLE -> datum.setDouble(floating());
            case NUMERIC -> numeric(type.modifier(), datum);
            case BYTEA -> datum.setBytes(bytes(random.nextInt(9)));
            case UUID -> datum.setBytes(bytes(16));
            case BPCHAR -> bpchar(type.modifier(), datum);
            case INTERVAL ->
                    datum.setInterval(
                            (int) edgeOr(random.nextInt(24000) - 12000),
                            (int) edgeOr(random.nextInt(100_000) - 50_000),
                            edgeOr(random.nextLong() >> 16));
            case ARRAY -> datum.setObject(array((SqlType.Array) type));
            case RECORD -> datum.setObject(row((SqlType.Row) type));
            default -> datum.setText(text());
        }
        return datum;
    }

    private long edgeOr(long other) {
        return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : other;
    }

    private long integer() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private double floating() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? -0.0 : 0.0;
            case 2 -> Double.POSITIVE_INFINITY * (random.nextBoolean() ? 1 : -1);
            case 3 -> Double.longBitsToDouble(random.nextLong());
            default -> (random.nextInt(2001) - 1000) / 8.0;
        };
    }

    private void numeric(int modifier, Datum out) {
        if (modifier >= 0) {
            out.setNumeric(random.nextInt(20_000) - 10_000, 2);
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> out.setNumeric(SPECIALS.get(random.nextInt(SPECIALS.size())));
            case 1 ->
                    out.setNumeric(
                            new BigDecimal(new BigInteger(200, random), random.nextInt(120) - 20)
                                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
            case 2 -> out.setNumeric(new BigDecimal("1e" + (random.nextInt(1000) - 500)));
            case 3 -> out.setNumeric(integer(), random.nextInt(25));
            default -> {
                int scale = random.nextInt(4);
                long value = random.nextInt(41) - 20L;
                for (int i = random.nextInt(scale + 1); i > 0; i--) {
                    value *= 10;
                }
                out.setNumeric(value, scale);
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
        while (random.nextInt(3) == 0) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private void bpchar(int modifier, Datum out) {
        String text = text();
        int length = modifier < 0 ? 0 : modifier - 4;
        int count = text.codePointCount(0, text.length());
        if (modifier >= 0 && count > length) {
            text = text.substring(0, text.offsetByCodePoints(0, length));
        }
        out.setText(text + " ".repeat(Math.max(0, length - count)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextBoolean() ? (byte) random.nextInt() : (byte) random.nextInt(2);
        }
        return bytes;
    }

    private ArrayValue array(SqlType.Array type) {
        int dimensions = random.nextInt(3);
        List<Integer> lengths = new ArrayList<>();
        List<Integer> lowerBounds = new ArrayList<>();
        int count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths.add(1 + random.nextInt(3));
            lowerBounds.add(random.nextInt(4) == 0 ? random.nextInt(7) - 3 : 1);
            count *= lengths.getLast();
        }
        List<Datum> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(nullable(type.element()));
        }
        return new ArrayValue(type.element(), lengths, lowerBounds, elements);
    }

    private RowValue row(SqlType.Row type) {
        return new RowValue(
                type, type.fields().stream().map(field -> nullable(field.type())).toList());
    }
}
