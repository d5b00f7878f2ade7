package org.cladedb.types;

import java.math.BigDecimal;
import java.util.List;

/// Estimates what values take in memory.
public final class ValueSize {
    /// A [Datum] and a reference to it.
    public static final int CELL_BYTES = 56;

    private static final int SAMPLES = 64;

    private ValueSize() {}

    /// The bytes of a cell with a value of its own.
    public static long of(Datum value, ValueForm form) {
        return CELL_BYTES + content(value, form);
    }

    /// The bytes that the value keeps outside of its cell.
    public static long content(Datum value, ValueForm form) {
        if (value.isNull()) {
            return 0;
        }
        return switch (form) {
            case LONG, DOUBLE, INTERVAL, NONE -> 0;
            case BYTES -> value.length();
            case NUMERIC, ARRAY, ROW -> ofObject(value.object());
        };
    }

    /// What a text takes when it becomes a list of values separated by commas.
    public static long ofListText(Datum text) {
        long elements = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.bytes()[text.offset() + i] == ',') {
                elements++;
            }
        }
        return text.length() + elements * 2 * CELL_BYTES;
    }

    /// The bytes of a large numeric, an array or a row; of many elements only some are looked at.
    public static long ofObject(@org.jspecify.annotations.Nullable Object object) {
        return switch (object) {
            case ArrayValue array -> CELL_BYTES + elements(array);
            case RowValue row -> CELL_BYTES + fields(row);
            case BigDecimal number -> CELL_BYTES + number.unscaledValue().bitLength() / Byte.SIZE;
            case null, default -> 0;
        };
    }

    private static long elements(ArrayValue array) {
        List<Datum> elements = array.elements();
        if (elements.size() > 1 && elements.getFirst() == elements.getLast()) {
            // All are the same cell.
            return (long) elements.size() * Long.BYTES
                    + content(elements.getFirst(), array.elementType().form());
        }
        ValueForm form = array.elementType().form();
        long step = Math.max(1, elements.size() / SAMPLES);
        long sampled = 0;
        long count = 0;
        for (long i = 0; i < elements.size(); i += step) {
            sampled += content(elements.get((int) i), form);
            count++;
        }
        long rest = count == 0 ? 0 : (long) ((double) sampled / count * elements.size());
        return (long) elements.size() * CELL_BYTES + rest;
    }

    private static long fields(RowValue row) {
        long bytes = 0;
        for (int i = 0; i < row.values().size(); i++) {
            bytes += of(row.values().get(i), row.type().fields().get(i).type().form());
        }
        return bytes;
    }
}
