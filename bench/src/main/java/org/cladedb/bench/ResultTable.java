package org.cladedb.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Results side by side, with ratios.
final class ResultTable {
    /// One line.
    ///
    /// @param clade a duration in milliseconds, or a rate per second where `rate`
    /// @param postgres the same for PostgreSQL
    private record Line(String name, boolean rate, double clade, double postgres) {
        /// How many times better CladeDB is.
        double ratio() {
            return rate ? clade / postgres : postgres / clade;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    void addMillis(String name, double clade, double postgres) {
        lines.add(new Line(name, false, clade, postgres));
    }

    void addRate(String name, double clade, double postgres) {
        lines.add(new Line(name, true, clade, postgres));
    }

    /// A table to read.
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-44s %14s %14s %8s%n",
                        "work",
                        "CladeDB",
                        "PostgreSQL 18",
                        "ratio"));
        for (Line line : lines) {
            String unit = line.rate() ? "/s" : "ms";
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-44s %11.1f %s %11.1f %s %7.2fx%n",
                            line.name(),
                            line.clade(),
                            unit,
                            line.postgres(),
                            unit,
                            line.ratio()));
        }
        return text.toString();
    }

    /// The same for machines: the elements of a JSON array.
    String json() {
        List<String> elements = new ArrayList<>();
        for (Line line : lines) {
            elements.add(
                    String.format(
                            Locale.ROOT,
                            "    {\"work\": \"%s\", \"unit\": \"%s\", \"cladedb\": %.3f,"
                                    + " \"postgresql\": %.3f, \"ratio\": %.3f}",
                            line.name(),
                            line.rate() ? "per second" : "ms",
                            line.clade(),
                            line.postgres(),
                            line.ratio()));
        }
        return String.join(",\n", elements);
    }
}
