package org.cladedb.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A time zone: its offset from UTC, and what it is called, at every point in time.
///
/// Instants and local times are microseconds since 2000-01-01; offsets are seconds east of
/// Greenwich.
public sealed interface TimeZone permits PosixTimeZone, RegionTimeZone {
    TimeZone UTC = PosixTimeZone.ofOffset("UTC", 0);

    /// As the setting TimeZone shows it.
    String name();

    /// Whether the offset never changes.
    boolean isFixedOffset();

    /// The offset at an instant.
    int offsetSeconds(long instantMicros);

    /// The offset that a local time has. In the hour skipped in spring the offset before counts, in
    /// the hour repeated in autumn the one after.
    int offsetSecondsOfLocal(long localMicros);

    /// Whether daylight saving time is in force at an instant.
    boolean isDaylightSaving(long instantMicros);

    /// What the zone's time is called at an instant, such as `CEST` or `+03`.
    String abbreviation(long instantMicros);

    /// All that the zone's time was ever called, in upper case, without names made of its offset.
    List<String> abbreviations();

    /// The abbreviation if the zone's time is ever called so; of a fixed offset if it always was
    /// the same then. Null when it never is.
    ///
    /// @param abbreviation in upper case
    @Nullable ZoneAbbreviation abbreviationOf(String abbreviation);

    /// The offset that the zone's time had when it was last called so before an instant, or else
    /// the first time after it; null when it never was.
    ///
    /// @param abbreviation in upper case
    @Nullable Integer offsetSecondsOf(String abbreviation, long instantMicros);
}
