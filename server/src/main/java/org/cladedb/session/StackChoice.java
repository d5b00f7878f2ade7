package org.cladedb.session;

import java.util.function.Supplier;
import org.cladedb.common.DeepStack;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Where a session's statements run: on its own thread, or, those that nest deeper than its stack
/// allows, on a [DeepStack] for which the session's thread waits. Owned by the session's thread.
final class StackChoice {
    private final DeepStack deepStack;
    private final StatementControl control;

    StackChoice(DeepStack deepStack, StatementControl control) {
        this.deepStack = deepStack;
        this.control = control;
    }

    /// Does `work`, which has no effect but its result and can therefore be done again: here, or if
    /// that turns out to need more stack, deep.
    <T> T prepare(Supplier<T> work) {
        if (DeepStack.isCurrent()) {
            return work.get();
        }
        try {
            return work.get();
        } catch (DatabaseException failure) {
            if (failure.state() != SqlState.STATEMENT_TOO_COMPLEX) {
                throw failure;
            }
        } catch (StackOverflowError _) {
            // Nothing was changed: once more, with more stack.
        }
        return deeply(work);
    }

    /// Does `work` deep if `deep` says so, otherwise here.
    <T extends @Nullable Object> T run(boolean deep, Supplier<T> work) {
        return deep && !DeepStack.isCurrent() ? deeply(work) : work.get();
    }

    /// @throws DatabaseException 53400 when too many statements run so
    private <T extends @Nullable Object> T deeply(Supplier<T> work) {
        if (!deepStack.tryAcquire()) {
            throw new DatabaseException(
                            SqlState.CONFIGURATION_LIMIT_EXCEEDED,
                            "too many deeply nested statements run at once")
                    .withHint("Try again, or write the statement with less nesting.");
        }
        try {
            return deepStack.call(() -> {
                control.moveHere();
                return work.get();
            });
        } finally {
            deepStack.release();
            control.moveHere();
        }
    }
}
