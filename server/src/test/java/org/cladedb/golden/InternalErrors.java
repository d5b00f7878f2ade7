package org.cladedb.golden;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What went wrong inside servers of this process, each place once, with what made it so.
final class InternalErrors implements AutoCloseable {
    private static final int FRAMES = 6;

    private final Logger logger = Logger.getLogger("org.cladedb");
    private final boolean usedParents = logger.getUseParentHandlers();
    private final Map<String, String> found = new LinkedHashMap<>();
    private volatile @Nullable Throwable last;

    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    if (record.getLevel().intValue() >= Level.WARNING.intValue()
                            && record.getThrown() != null) {
                        last = record.getThrown();
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    InternalErrors() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /// Writes down what `cause` led to, unless an error of the same place is known.
    void add(String problem, String cause) {
        Throwable thrown = last;
        last = null;
        String place = thrown == null ? problem.replaceAll("\\d+", "#") : place(thrown);
        found.putIfAbsent(place, problem + "\n    from: " + cause + "\n    at: " + place);
    }

    private static String place(Throwable thrown) {
        Throwable root = thrown;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (root.getCause() != null && seen.add(root)) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName()
                + " "
                + Arrays.stream(root.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("org.cladedb"))
                        .filter(frame -> !frame.getClassName().contains(".error."))
                        .limit(FRAMES)
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .collect(Collectors.joining(" "));
    }

    Set<String> found() {
        return new HashSet<>(found.values());
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(usedParents);
    }
}
