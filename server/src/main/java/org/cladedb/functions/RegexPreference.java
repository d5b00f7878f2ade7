package org.cladedb.functions;

import java.util.ArrayDeque;
import java.util.Deque;

/// Finds out, while a regular expression is read, which of several matches that begin at the same
/// place PostgreSQL takes.
///
/// A branch prefers what its first quantified atom prefers, alternatives prefer the longest match,
/// a group what is in it.
final class RegexPreference {
    /// What an expression prefers; `ANY` where all its matches at one place are the same to it.
    enum Choice {
        ANY,
        LONGEST,
        SHORTEST
    }

    private final Deque<Group> groups = new ArrayDeque<>();
    private Group group = new Group(false);
    private int choices;
    private boolean alternatives;

    /// An atom without a choice of its own, or a constraint.
    void atom() {
        group.commit();
    }

    void openGroup(boolean constraint) {
        group.commit();
        groups.push(group);
        group = new Group(constraint);
    }

    void closeGroup() {
        Choice inside = group.choice();
        boolean constraint = group.constraint;
        group = groups.pop();
        group.pending = constraint ? Choice.ANY : inside;
    }

    void alternative() {
        alternatives = true;
        group.commit();
        group.alternatives = true;
    }

    /// A quantifier that allows several counts, or one written as a range.
    void quantifier(boolean lazy) {
        choices++;
        group.pending = lazy ? Choice.SHORTEST : Choice.LONGEST;
    }

    /// What the whole expression prefers; `ANY` too where the first match found is the preferred.
    Choice result() {
        return alternatives || choices > 1 ? group.choice() : Choice.ANY;
    }

    private static final class Group {
        final boolean constraint;
        boolean alternatives;
        Choice branch = Choice.ANY;
        Choice pending = Choice.ANY;

        Group(boolean constraint) {
            this.constraint = constraint;
        }

        void commit() {
            if (branch == Choice.ANY) {
                branch = pending;
            }
            pending = Choice.ANY;
        }

        Choice choice() {
            commit();
            return alternatives ? Choice.LONGEST : branch;
        }
    }
}
