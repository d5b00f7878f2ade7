package org.cladedb.functions;

import org.jspecify.annotations.Nullable;

/// What `pg_identify_object` tells of an object, quoted where needed, and its description.
///
/// @param schema null when it is in none
/// @param name null when schema and name alone do not identify it
/// @param description as messages call it
public record ObjectIdentity(
        String type,
        @Nullable String schema,
        @Nullable String name,
        String identity,
        String description) {}
