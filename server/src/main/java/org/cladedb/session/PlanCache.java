package org.cladedb.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Statements of one session by their text, so that a text sent again is neither parsed nor planned
/// again. Bounded; the least recently used goes first. Owned by the session's thread.
///
/// Plans check for themselves whether the catalog and settings are still theirs.
final class PlanCache {
    private static final int ENTRIES_MAX = 256;
    private static final int TEXT_LENGTH_MAX = 16_384;

    /// Literals whose meaning is fixed when a statement is analysed and differs later.
    private static final Pattern MOVING_LITERAL =
            Pattern.compile("'\\s*(now|today|tomorrow|yesterday)\\b", Pattern.CASE_INSENSITIVE);

    private record Key(String text, java.util.List<Integer> parameterTypes) {}

    private final Map<Key, PreparedStatement> statements =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, PreparedStatement> eldest) {
                    return size() > ENTRIES_MAX;
                }
            };

    @Nullable PreparedStatement find(String text, int[] parameterTypes) {
        return statements.get(key(text, parameterTypes));
    }

    /// Keeps `statement` if its text is worth it.
    void keep(String text, int[] parameterTypes, PreparedStatement statement) {
        if (text.length() <= TEXT_LENGTH_MAX && !MOVING_LITERAL.matcher(text).find()) {
            statements.put(key(text, parameterTypes), statement);
        }
    }

    void clear() {
        statements.clear();
    }

    private static Key key(String text, int[] parameterTypes) {
        return new Key(text, java.util.Arrays.stream(parameterTypes).boxed().toList());
    }
}
