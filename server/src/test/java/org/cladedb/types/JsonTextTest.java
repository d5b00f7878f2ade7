package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.cladedb.common.ByteWriter;
import org.junit.jupiter.api.Test;

/// What the golden files do not cover: rows, NULLs, and escapes at every place.
final class JsonTextTest {
    private static final SqlType.Row ROW =
            new SqlType.Row(
                    List.of(
                            new SqlType.Field("id", SqlType.INTEGER),
                            new SqlType.Field("a \"b\"", SqlType.TEXT),
                            new SqlType.Field("list", SqlType.arrayOf(SqlType.BOOLEAN))));

    @Test
    void rowsAreCompactObjects() {
        Datum flags = new Datum();
        Datum on = new Datum();
        on.setBoolean(true);
        flags.setObject(ArrayValue.of(SqlType.BOOLEAN, List.of(on, new Datum())));
        Datum row = new Datum();
        row.setObject(new RowValue(ROW, List.of(Datum.ofLong(1), new Datum(), flags)));
        String expected = "{\"id\":1,\"a \\\"b\\\"\":null,\"list\":[true,null]}";
        assertThat(json(ROW, row)).isEqualTo(expected);
        assertThat(json(SqlType.of(TypeKind.RECORD), row)).isEqualTo(expected);
    }

    @Test
    void nullIsNullForEveryType() {
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY && kind.form() != ValueForm.NONE) {
                assertThat(json(SqlType.of(kind), new Datum())).as(kind.name()).isEqualTo("null");
            }
        }
    }

    @Test
    void charactersAreEscapedWhereverTheyStand() {
        Random random = new Random(17);
        String alphabet = "abcdefg é日😀\"\\\n\t\r\b\f\u0001\u001f\u007f";
        int[] characters = alphabet.codePoints().toArray();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder("\"");
            for (int n = random.nextInt(40); n > 0; n--) {
                // Mostly plain, so that the runs of eight bytes are passed over.
                int character =
                        random.nextInt(12) == 0
                                ? characters[random.nextInt(characters.length)]
                                : 'x';
                text.appendCodePoint(character);
                expected.append(escaped(character));
            }
            assertThat(json(SqlType.TEXT, Datum.ofText(text.toString())))
                    .as("seed 17, text %d", i)
                    .isEqualTo(expected + "\"");
        }
    }

    private static String escaped(int character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default ->
                    character < ' '
                            ? String.format("\\u%04x", character)
                            : Character.toString(character);
        };
    }

    private static String json(SqlType type, Datum value) {
        ByteWriter out = new ByteWriter(16);
        JsonText.write(value, type, TypeContext.DEFAULT, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
