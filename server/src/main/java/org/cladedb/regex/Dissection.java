package org.cladedb.regex;

import java.util.List;

/// A part of an expression into which the text of a match is divided.
///
/// @param id its number within the expression
/// @param bits what it prefers, see [Preference]
/// @param capture the group whose text it is; 0 for none
/// @param reference for `REFERENCE`: the group that is repeated
/// @param least of `REFERENCE` and `REPETITION`: how often; up to `most`
/// @param syntax what it matches; of a reference, more than that
record Dissection(
        int id,
        Kind kind,
        int bits,
        int capture,
        int reference,
        int least,
        int most,
        List<Dissection> parts,
        Syntax syntax) {
    /// How a part is divided further.
    enum Kind {
        /// Not at all.
        LEAF,
        REFERENCE,
        /// Into two parts.
        CONCATENATION,
        /// Is one of several parts.
        ALTERNATIVES,
        /// Into several pieces of one part.
        REPETITION,
        /// A group that is all of another group.
        CAPTURE
    }

    boolean prefersShorter() {
        return (bits & Preference.SHORTER) != 0;
    }

    boolean hasReference() {
        return (bits & Preference.REFERENCE) != 0;
    }

    Dissection withCapture(int group) {
        return new Dissection(
                id, kind, bits | Preference.CAPTURE, group, reference, least, most, parts, syntax);
    }
}
