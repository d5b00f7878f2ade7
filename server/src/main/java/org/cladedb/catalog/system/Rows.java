package org.cladedb.catalog.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.SystemTable;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Collects the rows of one system table. Columns not set are NULL.
final class Rows {
    /// NULL among facts.
    private static final String NULL = "\\N";

    private final SystemTable table;
    private final Map<String, Integer> positions;
    private final List<List<Datum>> rows = new ArrayList<>();
    private Datum[] current = {};

    /// @param positions as [#positions(SystemTable)] gives them
    Rows(SystemTable table, Map<String, Integer> positions) {
        this.table = table;
        this.positions = positions;
    }

    /// Where the columns are in a row, by name.
    static Map<String, Integer> positions(SystemTable table) {
        Map<String, Integer> positions = new HashMap<>();
        for (Column column : table.columns()) {
            positions.put(column.name(), column.number() - 1);
        }
        return Map.copyOf(positions);
    }

    /// Starts the next row.
    Rows row() {
        current = Datum.row(table.columns().size());
        rows.add(List.of(current));
        return this;
    }

    /// Sets a column: numbers, booleans, strings, and lists of them for arrays; null for NULL. Does
    /// nothing when the relation has no such column.
    Rows set(String name, @Nullable Object value) {
        Integer position = positions.get(name);
        if (position != null && value != null) {
            fill(current[position], table.columns().get(position).type(), value);
        }
        return this;
    }

    /// Adds rows of facts. Equal cells of a column are one cell: most of them are.
    ///
    /// @param columns of the facts, some of which the relation may not have
    /// @param constants by name, what other columns have in every row
    void addFacts(List<String> columns, Map<String, String> constants, List<String[]> facts) {
        Datum[] template = new Datum[table.columns().size()];
        Arrays.fill(template, new Datum());
        constants.forEach((name, text) -> {
            Integer position = positions.get(name);
            if (position != null) {
                template[position] = cell(position, text);
            }
        });
        int[] targets = new int[columns.size()];
        List<Map<String, Datum>> known = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = positions.getOrDefault(columns.get(i), -1);
            known.add(new HashMap<>());
        }
        for (String[] fact : facts) {
            Datum[] row = template.clone();
            for (int i = 0; i < targets.length; i++) {
                int target = targets[i];
                if (target >= 0 && !fact[i].equals(NULL)) {
                    row[target] = known.get(i).computeIfAbsent(fact[i], text -> cell(target, text));
                }
            }
            rows.add(List.of(row));
        }
    }

    private Datum cell(int position, String text) {
        SqlType type = table.columns().get(position).type();
        Datum cell = new Datum();
        switch (type.kind()) {
            case BOOLEAN -> cell.setBoolean(text.equals("t"));
            case INT2VECTOR, OIDVECTOR -> cell.setObject(array(type, numbers(text, " ")));
            case ARRAY ->
                    cell.setObject(
                            array(type, elements(type, text.substring(1, text.length() - 1))));
            default -> {
                switch (type.form()) {
                    case LONG -> cell.setLong(Long.parseLong(text));
                    case DOUBLE -> cell.setDouble(Double.parseDouble(text));
                    default -> cell.setText(text);
                }
            }
        }
        return cell;
    }

    private static List<?> elements(SqlType array, String text) {
        boolean isText =
                array instanceof SqlType.Array of && of.element().form() == ValueForm.BYTES;
        return isText
                ? Stream.of(text.split(",", -1)).map(word -> word.replace("\"", "")).toList()
                : numbers(text, ",");
    }

    private static List<Long> numbers(String text, String separator) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(separator, -1)).map(Long::valueOf).toList();
    }

    private static void fill(Datum cell, SqlType type, Object value) {
        switch (value) {
            case Number number when type.form() == ValueForm.DOUBLE ->
                    cell.setDouble(number.doubleValue());
            case Number number when type.form() == ValueForm.LONG ->
                    cell.setLong(number.longValue());
            case Number number -> cell.setText(number.toString());
            case Boolean bool -> cell.setBoolean(bool);
            case Character character -> cell.setText(character.toString());
            case String text -> cell.setText(text);
            case byte[] bytes -> cell.setBytes(bytes);
            case Duration duration ->
                    cell.setInterval(0, 0, TimeUnit.SECONDS.toMicros(duration.toSeconds()));
            case List<?> list -> cell.setObject(array(type, list));
            case Object other -> throw new IllegalStateException("no SQL value: " + other);
        }
    }

    private static ArrayValue array(SqlType type, List<?> values) {
        SqlType element =
                switch (type.kind()) {
                    case INT2VECTOR -> SqlType.SMALLINT;
                    case OIDVECTOR -> SqlType.OID;
                    default -> type instanceof SqlType.Array array ? array.element() : SqlType.TEXT;
                };
        List<Datum> elements = new ArrayList<>();
        for (Object value : values) {
            Datum cell = new Datum();
            fill(cell, element, value);
            elements.add(cell);
        }
        boolean vector = !type.isArray() && !elements.isEmpty();
        return vector
                ? new ArrayValue(element, List.of(elements.size()), List.of(0), elements)
                : ArrayValue.of(element, elements);
    }

    List<List<Datum>> done() {
        return rows;
    }
}
