package org.cladedb.bench.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A table of what was measured: a line for each kind of work, a column for each engine, and how
/// many times better the first engine is than each other.
final class EngineResults {
    private final List<String> engines = new ArrayList<>();
    private final Map<String, Map<String, Double>> lines = new LinkedHashMap<>();

    /// @param work with its unit in brackets; a unit that ends in `/s` is better when larger
    void add(String work, String engine, double value) {
        if (!engines.contains(engine)) {
            engines.add(engine);
        }
        lines.computeIfAbsent(work, _ -> new LinkedHashMap<>()).put(engine, value);
    }

    private static double ratio(String work, double own, double other) {
        return work.endsWith("/s)") ? own / other : other / own;
    }

    /// A table to read.
    String text() {
        StringBuilder text = new StringBuilder(String.format("%-40s", "work"));
        for (String engine : engines) {
            text.append(String.format("%22s", engine));
        }
        text.append('\n');
        lines.forEach((work, values) -> {
            text.append(String.format("%-40s", work));
            double own = values.getOrDefault(engines.getFirst(), Double.NaN);
            for (String engine : engines) {
                double value = values.getOrDefault(engine, Double.NaN);
                String ratio =
                        engine.equals(engines.getFirst())
                                ? ""
                                : String.format(Locale.ROOT, "%.2fx", ratio(work, own, value));
                text.append(String.format(Locale.ROOT, "%,14.1f %7s", value, ratio));
            }
            text.append('\n');
        });
        return text.toString();
    }

    /// The same for machines: the elements of a JSON array.
    String json() {
        List<String> rows = new ArrayList<>();
        lines.forEach((work, values) -> {
            List<String> cells = new ArrayList<>();
            values.forEach((engine, value) ->
                    cells.add(String.format(Locale.ROOT, "\"%s\": %.3f", engine, value)));
            rows.add("    {\"work\": \"" + work + "\", " + String.join(", ", cells) + "}");
        });
        return String.join(",\n", rows);
    }
}
