package org.cladedb.sql.parser;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Bounds how deep the parser recurses and how high the trees it makes are, so that neither it nor
/// anyone who walks such a tree runs out of stack.
///
/// `enter` and `leave` enclose a rule that may contain itself. In between, `height` is the height
/// of the highest tree finished so far; a rule that puts another node on top of what it has (the
/// chain `a + b + c`, which needs no recursion to parse) says so with `link`.
final class Nesting {
    /// How deep the parser may recurse. Rules that take many frames count twice, so that this fits
    /// half a megabyte of stack, however the code is compiled.
    static final int DEPTH_MAX = 250;

    /// How high a tree may be: chains need no recursion here, but do where trees are walked.
    static final int HEIGHT_MAX = 500;

    private int depth;
    private int height;

    /// Returns what `leave` needs.
    int enter(int position) {
        depth++;
        check(depth <= DEPTH_MAX, position);
        int outer = height;
        height = 0;
        return outer;
    }

    void leave(int outer, int position) {
        depth--;
        height = Math.max(outer, height + 1);
        check(height <= HEIGHT_MAX, position);
    }

    void link(int position) {
        height++;
        check(height <= HEIGHT_MAX, position);
    }

    /// Forgets what is finished: the next statement starts.
    void reset() {
        depth = 0;
        height = 0;
    }

    private static void check(boolean holds, int position) {
        if (!holds) {
            throw new DatabaseException(
                            SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded")
                    .withHint(
                            "Write the statement with less nesting or shorter chains of operators.")
                    .at(position);
        }
    }
}
