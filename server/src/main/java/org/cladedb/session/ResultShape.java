package org.cladedb.session;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The columns of a result and the format each is sent in.
///
/// @param formats 0 text, 1 binary; one a column
public record ResultShape(List<ResultColumn> columns, List<Integer> formats) {
    public ResultShape {
        columns = List.copyOf(columns);
        formats = List.copyOf(formats);
    }

    /// Everything as text.
    public static ResultShape text(List<ResultColumn> columns) {
        return new ResultShape(columns, columns.stream().map(_ -> 0).toList());
    }

    /// With the formats of a Bind message: none, one for all, or one each.
    ///
    /// @throws DatabaseException 08P01 when the count is neither
    static ResultShape of(List<ResultColumn> columns, int[] requested) {
        if (requested.length > 1 && requested.length != columns.size()) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message has %d result formats but query has %d columns"
                            .formatted(requested.length, columns.size()));
        }
        return new ResultShape(
                columns,
                java.util.stream.IntStream.range(0, columns.size())
                        .mapToObj(i -> format(requested, i))
                        .toList());
    }

    private static int format(int[] requested, int column) {
        return switch (requested.length) {
            case 0 -> 0;
            case 1 -> requested[0];
            default -> requested[column];
        };
    }
}
