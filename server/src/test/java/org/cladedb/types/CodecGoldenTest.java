package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every case of the golden files, which record what PostgreSQL does: value in, text, binary and
/// JSON out, or the error.
final class CodecGoldenTest {
    private static final int INPUT = 2;

    @ParameterizedTest
    @ValueSource(strings = {"scalars.tsv", "datetimes.tsv", "intervals.tsv"})
    void valuesReadAndPrintAsInPostgres(String file) throws IOException {
        TypeContext context = TypeContext.DEFAULT;
        int cases = 0;
        for (String line : read(file).lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (line.startsWith("#")) {
                continue;
            }
            if (parts[0].equals("set")) {
                context = settings(parts);
                continue;
            }
            cases++;
            String expected =
                    line.substring(
                            line.indexOf(parts[INPUT], parts[0].length() + parts[1].length() + 2)
                                    + parts[INPUT].length()
                                    + 1);
            assertThat(convert(type(parts), input(parts[INPUT]), context))
                    .as("%s: %s", file, line)
                    .isEqualTo(expected);
        }
        assertThat(cases).isGreaterThan(100);
    }

    private static String read(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(CodecGoldenTest.class.getResourceAsStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TypeContext settings(String[] parts) {
        return new TypeContext(
                TimeZones.region(parts[1]),
                TypeContext.DateStyle.valueOf(parts[2]),
                TypeContext.IntervalStyle.valueOf(parts[3].toUpperCase(Locale.ROOT)),
                true,
                1,
                0,
                ObjectNames.NONE);
    }

    private static SqlType type(String[] parts) {
        SqlType type = Objects.requireNonNull(TypeNames.find(null, parts[0]));
        int modifier = Integer.parseInt(parts[1]);
        return modifier < 0 ? type : new SqlType.Scalar(type.kind(), modifier);
    }

    private static byte[] input(String text) {
        return text.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\s", " ")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String convert(SqlType type, byte[] input, TypeContext context) {
        TypeCodec codec = Codecs.of(type);
        // Digits around the value: a reader that goes beyond it is found out.
        byte[] source = new byte[input.length + 20];
        Arrays.fill(source, (byte) '1');
        System.arraycopy(input, 0, source, 10, input.length);
        Datum value = new Datum();
        try {
            codec.readText(source, 10, input.length, context, value);
        } catch (DatabaseException e) {
            String detail = Objects.requireNonNullElse(e.fields().detail(), "");
            return "error %s\t%s [%s]"
                    .formatted(
                            e.state().code(),
                            e.message().replace("\n", "\\n"),
                            detail.replace("\n", "\\n"));
        }
        String text = text(codec, value, context);
        ByteWriter binary = new ByteWriter();
        codec.writeBinary(value, context, binary);
        Datum back = new Datum();
        codec.readBinary(binary.array(), 0, binary.size(), context, back);
        assertThat(text(codec, back, context)).isEqualTo(text);
        ByteWriter json = new ByteWriter();
        JsonText.write(value, type, context, json);
        return text.replace("\n", "\\n")
                + "\t"
                + HexFormat.of().formatHex(binary.toByteArray())
                + "\t"
                + new String(json.toByteArray(), StandardCharsets.UTF_8).replace("\n", "\\n");
    }

    private static String text(TypeCodec codec, Datum value, TypeContext context) {
        ByteWriter out = new ByteWriter();
        codec.writeText(value, context, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
