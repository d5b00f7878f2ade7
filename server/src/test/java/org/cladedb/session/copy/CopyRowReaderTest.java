package org.cladedb.session.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cladedb.error.DatabaseException;
import org.cladedb.sql.ast.Option;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyRowReaderTest {
    private static final CopyFormat TEXT = CopyOptions.parse(List.of(), true);
    private static final CopyFormat CSV = format("csv");

    private static CopyFormat format(String name, Option... more) {
        List<Option> options = new ArrayList<>(List.of(option("format", name)));
        options.addAll(List.of(more));
        return CopyOptions.parse(options, true);
    }

    private static Option option(String name, String... values) {
        return new Option(name, List.of(values), -1);
    }

    /// Data in pieces of one size.
    private static final class Pieces implements CopyInput {
        private final byte[] data;
        private final int size;
        private int next;
        private int start;

        Pieces(String data, int size) {
            this.data = data.getBytes(StandardCharsets.UTF_8);
            this.size = size;
        }

        @Override
        public boolean next() {
            start = next;
            next = Math.min(data.length, next + size);
            return start < data.length;
        }

        @Override
        public byte[] buffer() {
            return data;
        }

        @Override
        public int offset() {
            return start;
        }

        @Override
        public int length() {
            return next - start;
        }
    }

    private static List<List<@Nullable String>> read(
            String data, CopyFormat format, int pieceSize) {
        CopyRowReader reader =
                CopyRowReader.of(
                        new Pieces(data, pieceSize),
                        format,
                        ForcedNulls.of(format, List.of("a", "b")),
                        2);
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (reader.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < reader.count(); i++) {
                row.add(
                        reader.isNull(i)
                                ? null
                                : new String(
                                        reader.buffer(),
                                        reader.start(i),
                                        reader.length(i),
                                        StandardCharsets.UTF_8));
            }
            rows.add(row);
        }
        return rows;
    }

    /// Reads with every size of pieces, which must not matter.
    private static List<List<@Nullable String>> read(String data, CopyFormat format) {
        List<List<@Nullable String>> whole = read(data, format, Math.max(1, data.length() * 4));
        for (int size = 1; size <= data.length(); size++) {
            assertThat(read(data, format, size)).as("pieces of %d bytes", size).isEqualTo(whole);
        }
        return whole;
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        return Arrays.asList(values);
    }

    @Test
    void textRows() {
        assertThat(read("1\ta\n2\t\\N\n3\t\n", TEXT))
                .containsExactly(row("1", "a"), row("2", null), row("3", ""));
    }

    @Test
    void textLineEnds() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            assertThat(read("1\n2\n\n4".replace("\n", end), TEXT))
                    .containsExactly(row("1"), row("2"), row(""), row("4"));
        }
    }

    @Test
    void textEscapes() {
        assertThat(read("a\\tb\\\\c\\x41\\101\\q\\\nz\t\\\\N\n", TEXT))
                .containsExactly(row("a\tb\\cAAq\nz", "\\N"));
    }

    @Test
    void theEndMarkerEndsTheData() {
        assertThat(read("1\n\\.\nrest\n", TEXT)).containsExactly(row("1"));
        assertThat(read("1\n\\.\nrest\n", CSV)).containsExactly(row("1"), row("\\."), row("rest"));
        assertThat(read("1\n\\.\n", CSV)).containsExactly(row("1"));
        assertThat(read("1\n\\.", CSV)).containsExactly(row("1"));
    }

    @Test
    void csvRows() {
        assertThat(read("1,\"a,\"\"b\"\"\",\n\"x\ny\",z\n,\"\"\n", CSV))
                .containsExactly(row("1", "a,\"b\"", null), row("x\ny", "z"), row(null, ""));
    }

    @Test
    void csvOptions() {
        CopyFormat other =
                format(
                        "csv",
                        option("delimiter", ";"),
                        option("quote", "'"),
                        option("escape", "\\"),
                        option("null", "-"));
        assertThat(read("-;'it\\'s';'-'\n", other)).containsExactly(row(null, "it's", "-"));
        CopyFormat forced = format("csv", option("force_null", "a"), option("force_not_null", "b"));
        assertThat(read("\"\",\n", forced)).containsExactly(row(null, ""));
    }

    @Test
    void anOpenQuoteIsAnError() {
        assertThatThrownBy(() -> read("\"abc\n", CSV, 100))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("unterminated CSV quoted field");
    }

    @Test
    void badOptions() {
        assertThatThrownBy(() -> format("binary", option("null", "x")))
                .hasMessage("cannot specify NULL in BINARY mode");
        assertThatThrownBy(() -> format("text", option("quote", "x")))
                .hasMessage("COPY QUOTE requires CSV mode");
        assertThatThrownBy(() -> format("csv", option("delimiter", "ab")))
                .hasMessage("COPY delimiter must be a single one-byte character");
        assertThatThrownBy(() -> format("csv", option("colour", "red")))
                .hasMessage("option \"colour\" not recognized");
        assertThatThrownBy(() -> format("text", option("null", "a\tb")))
                .hasMessageContaining("must not appear in the NULL specification");
    }

    @Test
    void linesLongerThanTheBuffer() {
        String value = "x".repeat(200_000);
        assertThat(read(value + "\t1\n" + value + "\n", TEXT, 7_000))
                .containsExactly(row(value, "1"), row(value));
    }

    @Test
    void randomValuesSurviveCsv() {
        long seed = Long.getLong("seed", 7_411L);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            StringBuilder data = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                List<@Nullable String> row = new ArrayList<>();
                for (int k = 0; k < 3; k++) {
                    String value = randomText(random);
                    row.add(value);
                    data.append(k == 0 ? "" : ",");
                    data.append('"').append(value.replace("\"", "\"\"")).append('"');
                }
                data.append('\n');
                rows.add(row);
            }
            assertThat(read(data.toString(), CSV, 1 + random.nextInt(9)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(rows);
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append("ab\",\n\r\\é.".charAt(random.nextInt(9)));
        }
        return text.toString();
    }

    @Test
    void allRowsEndAlike() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            for (String other : List.of("\n", "\r", "\r\n")) {
                if (other.equals(end)) {
                    continue;
                }
                String what = other.equals("\n") ? "newline" : "carriage return";
                String data = "a" + end + "b" + other + "c" + other;
                assertThatThrownBy(() -> read(data, TEXT, 100))
                        .isInstanceOf(DatabaseException.class)
                        .hasMessageContaining("literal " + what + " found in data");
                assertThatThrownBy(() -> read(data, CSV, 2))
                        .isInstanceOf(DatabaseException.class)
                        .hasMessageContaining("unquoted " + what + " found in data");
            }
        }
    }

    @Test
    void theLastRowNeedsNoLineEnd() {
        assertThat(read("a\r\nb", TEXT, 1)).isEqualTo(List.of(List.of("a"), List.of("b")));
    }

    @Test
    void quotedLineEndsAreData() {
        assertThat(read("a\n\"b\r\nc\"\n", CSV, 3))
                .isEqualTo(List.of(List.of("a"), List.of("b\r\nc")));
    }
}
