package org.cladedb.sql.parser;

import org.cladedb.common.DeepStack;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Bounds how deep the parser recurses and how high the trees it makes are, so that neither it nor
/// anyone who walks such a tree runs out of stack.
///
/// `enter` and `leave` enclose a rule that may contain itself. In between, `height` is the height
/// of the highest tree finished so far; a rule that puts another node on top of what it has (the
/// chain `a + b + c`, which needs no recursion to parse) says so with `link`.
///
/// The bounds are those of the thread that parses: whoever meets them on an ordinary thread can try
/// again on a [DeepStack], and must then work with the tree there, too.
final class Nesting {
    /// How deep the parser may recurse on an ordinary thread. Rules that take many frames count
    /// twice, so that this fits half a megabyte of stack, however the code is compiled.
    static final int DEPTH_MAX = 250;

    /// How high a tree may be there: chains need no recursion here, but do where trees are walked.
    static final int HEIGHT_MAX = 500;

    private final int depthMax;
    private final int heightMax;
    private int depth;
    private int height;
    private int deepest;

    Nesting() {
        int times = DeepStack.isCurrent() ? DeepStack.TIMES_DEEPER : 1;
        depthMax = DEPTH_MAX * times;
        heightMax = HEIGHT_MAX * times;
    }

    /// Returns what `leave` needs.
    int enter(int position) {
        depth++;
        deepest = Math.max(deepest, depth);
        check(depth <= depthMax, position);
        int outer = height;
        height = 0;
        return outer;
    }

    void leave(int outer, int position) {
        depth--;
        height = Math.max(outer, height + 1);
        check(height <= heightMax, position);
    }

    void link(int position) {
        height++;
        check(height <= heightMax, position);
    }

    /// Forgets what is finished: the next statement starts.
    void reset() {
        depth = 0;
        height = 0;
        deepest = 0;
    }

    /// Whether what was parsed since the last reset is beyond the bounds of an ordinary thread.
    boolean isDeep() {
        return deepest > DEPTH_MAX || height > HEIGHT_MAX;
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
