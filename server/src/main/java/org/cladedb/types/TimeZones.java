package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Offsets of time zones at points in time, counted in microseconds since 2000-01-01.
public final class TimeZones {
    /// Seconds from 1970-01-01 to 2000-01-01.
    public static final long EPOCH_SHIFT_SECONDS = 946_684_800L;

    /// No zone changes beyond this; java.time cannot represent all of PostgreSQL's range.
    private static final long SECONDS_LIMIT = 31_000_000_000_000L;

    private TimeZones() {}

    /// The offset east of Greenwich at an instant.
    public static int offsetSeconds(ZoneId zone, long micros) {
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds();
        }
        ZoneRules rules = zone.getRules();
        return rules.getOffset(instant(Math.floorDiv(micros, MICROS_PER_SECOND))).getTotalSeconds();
    }

    /// The offset that a local time has. In the hour skipped in spring the offset before counts, in
    /// the hour repeated in autumn standard time: both as in PostgreSQL.
    public static int offsetSecondsOfLocal(ZoneId zone, long localMicros) {
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds();
        }
        ZoneRules rules = zone.getRules();
        LocalDateTime local =
                LocalDateTime.ofEpochSecond(
                        instant(Math.floorDiv(localMicros, MICROS_PER_SECOND)).getEpochSecond(),
                        0,
                        ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return rules.getOffset(local).getTotalSeconds();
        }
        return transition.isGap()
                ? transition.getOffsetBefore().getTotalSeconds()
                : transition.getOffsetAfter().getTotalSeconds();
    }

    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(
                Math.clamp(seconds + EPOCH_SHIFT_SECONDS, -SECONDS_LIMIT, SECONDS_LIMIT));
    }
}
