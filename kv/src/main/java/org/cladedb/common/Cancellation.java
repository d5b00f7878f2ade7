package org.cladedb.common;

/// Lets long work end early when its thread was asked to stop.
///
/// The request is the thread's interruption, which whoever stops a statement brings about. Asking
/// costs as much as reading a field: a loop over what a user can make large calls [#check()] every
/// thousand cheap turns, or at each turn that takes a microsecond. What must be completed never
/// does: rolling back, closing, whatever follows a commit's point of no return.
public final class Cancellation {
    private static final int EVERY_MASK = 1_023;
    private static final int PIECE_STEPS = 1 << 16;

    private Cancellation() {}

    /// Ends the work if that was asked for.
    ///
    /// @throws CancelledException it was
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException();
        }
    }

    /// Where the next piece of a long run of steps ends that take a nanosecond or so, such as going
    /// through bytes. Asks unless the rest is one piece.
    public static int pieceEnd(int start, int end) {
        if (end - start <= PIECE_STEPS) {
            return end;
        }
        check();
        return start + PIECE_STEPS;
    }

    /// The same in a loop of cheap turns: asks at every 1,024th.
    public static void check(long turn) {
        if ((turn & EVERY_MASK) == 0) {
            check();
        }
    }
}
