package org.cladedb.session.copy;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// How the rows of a COPY look.
///
/// @param delimiter one byte; like all that follows, of no meaning in binary format
/// @param nullText what NULL looks like
/// @param quote of CSV, one byte
/// @param escape of CSV, one byte
/// @param forceQuote columns whose values are always quoted; with `forceQuoteAll` all of them
/// @param forceNotNull columns that are never read as NULL
/// @param forceNull columns in which also a quoted `nullText` is NULL
public record CopyFormat(
        Kind kind,
        byte delimiter,
        String nullText,
        Header header,
        byte quote,
        byte escape,
        boolean forceQuoteAll,
        Set<String> forceQuote,
        Set<String> forceNotNull,
        Set<String> forceNull) {
    public CopyFormat {
        forceQuote = Set.copyOf(forceQuote);
        forceNotNull = Set.copyOf(forceNotNull);
        forceNull = Set.copyOf(forceNull);
    }

    /// What the data is made of.
    public enum Kind {
        TEXT,
        CSV,
        BINARY
    }

    public boolean binary() {
        return kind == Kind.BINARY;
    }

    /// Whether the first line names the columns.
    public enum Header {
        NONE,
        PRESENT,
        /// It must name exactly the columns copied.
        MATCH
    }

    byte[] nullBytes() {
        return nullText.getBytes(StandardCharsets.UTF_8);
    }
}
