package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// COPY in either direction. Options of the old syntax are given in the names of the new one
/// (`format`, `delimiter`, `null`, `header`, `quote`, `escape`, `force_quote`, …).
///
/// @param table null when a query is copied
/// @param columns empty if not given
/// @param query null when a table is copied
/// @param from true for FROM, false for TO
/// @param where null unless COPY FROM … WHERE
public record Copy(
        @Nullable QualifiedName table,
        List<String> columns,
        @Nullable Statement query,
        boolean from,
        Endpoint endpoint,
        List<Option> options,
        @Nullable Expression where,
        int position)
        implements Statement {
    public Copy {
        columns = List.copyOf(columns);
        options = List.copyOf(options);
    }

    /// STDIN and STDOUT, a file of the server, or a program.
    public sealed interface Endpoint {
        record Standard() implements Endpoint {}

        record File(String path) implements Endpoint {}

        record Program(String command) implements Endpoint {}
    }
}
