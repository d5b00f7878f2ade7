package org.cladedb.exec;

/// The punctuation of nested results in JSON: byte for byte as PostgreSQL's `json_agg` writes rows.
final class NestedJson {
    static final byte[] EMPTY_ARRAY = {'[', ']'};

    /// What `json_agg` puts between rows.
    static final byte[] ROW_SEPARATOR = {',', ' ', '\n', ' '};

    /// PostgreSQL's limit for one field value.
    static final int BYTES_MAX = (1 << 30) - 1;

    private NestedJson() {}
}
