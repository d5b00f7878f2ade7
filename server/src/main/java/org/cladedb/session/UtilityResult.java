package org.cladedb.session;

import org.jspecify.annotations.Nullable;

/// What a utility statement gave.
///
/// @param tag the command tag, without the count when `counted`
/// @param rows null for none
/// @param counted whether the number of rows sent is appended to the tag
record UtilityResult(String tag, @Nullable RowSource rows, boolean counted) {
    static UtilityResult of(String tag) {
        return new UtilityResult(tag, null, false);
    }

    static UtilityResult of(String tag, RowSource rows) {
        return new UtilityResult(tag, rows, false);
    }
}
