package org.cladedb.types;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A zone of the tz database.
///
/// @param name as the tz database spells it
public record RegionTimeZone(String name, ZoneRules rules) implements TimeZone {
    /// No zone changes beyond this; java.time cannot represent all of PostgreSQL's range.
    private static final long SECONDS_LIMIT = 31_000_000_000_000L;

    private RegionAbbreviations known() {
        return RegionAbbreviations.of(name);
    }

    @Override
    public boolean isFixedOffset() {
        return rules.isFixedOffset();
    }

    @Override
    public int offsetSeconds(long instantMicros) {
        return rules.getOffset(instant(instantMicros)).getTotalSeconds();
    }

    @Override
    public int offsetSecondsOfLocal(long localMicros) {
        if (rules.isFixedOffset()) {
            return rules.getOffset(Instant.EPOCH).getTotalSeconds();
        }
        LocalDateTime local =
                LocalDateTime.ofEpochSecond(
                        instant(localMicros).getEpochSecond(), 0, ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return rules.getOffset(local).getTotalSeconds();
        }
        return transition.isGap()
                ? transition.getOffsetBefore().getTotalSeconds()
                : transition.getOffsetAfter().getTotalSeconds();
    }

    @Override
    public boolean isDaylightSaving(long instantMicros) {
        Instant instant = instant(instantMicros);
        return known().isDaylight(
                        rules.getOffset(instant).getTotalSeconds(), instant.getEpochSecond());
    }

    @Override
    public String abbreviation(long instantMicros) {
        return abbreviation(instant(instantMicros));
    }

    private String abbreviation(Instant instant) {
        return known().name(rules.getOffset(instant).getTotalSeconds(), instant.getEpochSecond());
    }

    @Override
    public List<String> abbreviations() {
        return known().words();
    }

    @Override
    public @Nullable ZoneAbbreviation abbreviationOf(String abbreviation) {
        List<RegionAbbreviations.Name> names = known().named(abbreviation);
        if (names.isEmpty()) {
            return null;
        }
        RegionAbbreviations.Name first = names.getFirst();
        boolean fixed =
                names.stream()
                        .allMatch(name ->
                                name.offsetSeconds() == first.offsetSeconds()
                                        && name.daylight() == first.daylight());
        return fixed
                ? new ZoneAbbreviation(abbreviation, first.offsetSeconds(), first.daylight(), null)
                : new ZoneAbbreviation(abbreviation, 0, false, this);
    }

    @Override
    public @Nullable Integer offsetSecondsOf(String abbreviation, long instantMicros) {
        if (known().named(abbreviation).isEmpty()) {
            return null;
        }
        Instant instant = instant(instantMicros);
        Instant at = instant;
        while (true) {
            if (abbreviation(at).equals(abbreviation)) {
                return rules.getOffset(at).getTotalSeconds();
            }
            ZoneOffsetTransition previous = rules.previousTransition(at);
            if (previous == null) {
                break;
            }
            // The moment before, so that the offset is the one before.
            at = previous.getInstant().minusSeconds(1);
        }
        ZoneOffsetTransition next = rules.nextTransition(instant);
        for (int i = 0; next != null && i < TRANSITIONS_AHEAD_MAX; i++) {
            if (abbreviation(next.getInstant()).equals(abbreviation)) {
                return next.getOffsetAfter().getTotalSeconds();
            }
            next = rules.nextTransition(next.getInstant());
        }
        return null;
    }

    /// Rules without end repeat themselves; the tz database has fewer changes than this.
    private static final int TRANSITIONS_AHEAD_MAX = 1_000;

    private static Instant instant(long micros) {
        long seconds =
                Math.floorDiv(micros, Intervals.MICROS_PER_SECOND) + TimeZones.EPOCH_SHIFT_SECONDS;
        return Instant.ofEpochSecond(Math.clamp(seconds, -SECONDS_LIMIT, SECONDS_LIMIT));
    }
}
