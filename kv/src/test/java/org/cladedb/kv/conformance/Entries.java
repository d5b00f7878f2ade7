package org.cladedb.kv.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.jspecify.annotations.Nullable;

/// Text in, text out: keys and values of tests in Latin 1, so that each char is a byte.
public final class Entries {
    private Entries() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static @Nullable String get(ReadView view, String key) {
        byte[] value = view.get(bytes(key));
        return value == null ? null : text(value);
    }

    public static KeyRange range(String start, @Nullable String end) {
        return new KeyRange(bytes(start), end == null ? null : bytes(end));
    }

    /// Every entry of the range as `key=value`.
    public static List<String> scan(ReadView view, KeyRange range, ScanOptions options) {
        try (RangeCursor cursor = view.scan(range, options)) {
            return rest(cursor);
        }
    }

    /// Every entry of the view as `key=value`.
    public static List<String> all(ReadView view) {
        return scan(view, KeyRange.all(), ScanOptions.FORWARD);
    }

    /// What the cursor still has.
    public static List<String> rest(RangeCursor cursor) {
        List<String> entries = new ArrayList<>();
        while (cursor.next()) {
            for (int index = 0; index < cursor.batch().size(); index++) {
                entries.add(entry(cursor.batch(), index));
            }
        }
        return entries;
    }

    public static String entry(EntryBatch batch, int index) {
        return text(batch.copyKey(index)) + "=" + text(batch.copyValue(index));
    }
}
