package org.cladedb.types;

/// The values of numeric that are no decimal numbers, in ascending order (NaN sorts last).
public enum NumericSpecial {
    NEGATIVE_INFINITY,
    POSITIVE_INFINITY,
    NAN
}
