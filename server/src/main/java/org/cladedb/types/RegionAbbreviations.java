package org.cladedb.types;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the times of a zone of the tz database are called: java.time knows their offsets only.
///
/// @param names in the order of their first use
record RegionAbbreviations(List<Name> names) {
    /// The name of an offset since a point in time (seconds since 1970).
    record Name(String text, int offsetSeconds, boolean daylight, long since) {}

    private static final RegionAbbreviations NONE = new RegionAbbreviations(List.of());

    RegionAbbreviations {
        names = List.copyOf(names);
    }

    /// Read when first needed.
    private static final class Table {
        static final Map<String, RegionAbbreviations> BY_ZONE = read();

        private static Map<String, RegionAbbreviations> read() {
            try (InputStream stream =
                    RegionAbbreviations.class.getResourceAsStream("zone-abbreviations.tsv")) {
                if (stream == null) {
                    throw new IllegalStateException("zone-abbreviations.tsv is missing");
                }
                Map<String, RegionAbbreviations> table = new HashMap<>();
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> readLine(line.split("\t", -1), table));
                return table;
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        private static void readLine(String[] columns, Map<String, RegionAbbreviations> table) {
            List<Name> names = new ArrayList<>();
            for (String entry : columns[1].split(",", -1)) {
                names.add(readName(entry));
            }
            RegionAbbreviations abbreviations = new RegionAbbreviations(names);
            for (String zone : columns[0].split(" ", -1)) {
                table.put(zone, abbreviations);
            }
        }

        /// `CEST*7200`, `CET 3600@357523200`.
        private static Name readName(String entry) {
            int star = entry.indexOf('*');
            int end = star < 0 ? entry.indexOf(' ') : star;
            int at = entry.indexOf('@');
            String offset = entry.substring(end + 1, at < 0 ? entry.length() : at);
            return new Name(
                    entry.substring(0, end),
                    Integer.parseInt(offset),
                    star >= 0,
                    at < 0 ? Long.MIN_VALUE : Long.parseLong(entry.substring(at + 1)));
        }
    }

    static RegionAbbreviations of(String zone) {
        return Table.BY_ZONE.getOrDefault(zone, NONE);
    }

    /// @param abbreviation in upper case
    List<Name> named(String abbreviation) {
        return names.stream()
                .filter(name -> name.text().toUpperCase(Locale.ROOT).equals(abbreviation))
                .toList();
    }

    /// All names that are not made of an offset, in upper case.
    List<String> words() {
        return names.stream()
                .map(name -> name.text().toUpperCase(Locale.ROOT))
                .filter(RegionAbbreviations::isWord)
                .distinct()
                .toList();
    }

    static boolean isWord(String name) {
        return !name.isEmpty() && name.chars().allMatch(Character::isLetter);
    }

    /// The name at an instant with this offset; made of the offset when it has none.
    String name(int offsetSeconds, long epochSeconds) {
        Name name = find(offsetSeconds, epochSeconds);
        return name.text().isEmpty() ? PosixTimeZone.hours(offsetSeconds) : name.text();
    }

    boolean isDaylight(int offsetSeconds, long epochSeconds) {
        return find(offsetSeconds, epochSeconds).daylight();
    }

    private Name find(int offsetSeconds, long epochSeconds) {
        Name found = new Name("", offsetSeconds, false, Long.MIN_VALUE);
        for (Name name : names) {
            if (name.offsetSeconds() == offsetSeconds && name.since() <= epochSeconds) {
                found = name;
            }
        }
        return found;
    }
}
