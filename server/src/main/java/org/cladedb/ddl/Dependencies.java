package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Which views are built on what, as their stored queries say.
final class Dependencies {
    private final DdlContext context;

    Dependencies(DdlContext context) {
        this.context = context;
    }

    /// Views that would go with something, as they are told, each with the line that says why.
    static final class Dependents {
        private final List<View> views = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        List<View> views() {
            return List.copyOf(views);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }

        boolean isEmpty() {
            return views.isEmpty();
        }
    }

    /// The views on a relation, and those on them.
    Dependents on(Relation relation) {
        return on(view -> view.reads(relation.oid()), described(relation));
    }

    Dependents on(Sequence sequence) {
        return on(
                view -> view.reads(sequence.oid()), "sequence " + context.names().shown(sequence));
    }

    /// The views whose GROUP BY needs a key, and those on them.
    Dependents on(Table table, Constraints.KeyConstraint key) {
        return on(
                view -> view.reads(key.oid()),
                "constraint " + key.name() + " on table " + context.names().shown(table));
    }

    private Dependents on(Predicate<View> uses, String subject) {
        Dependents dependents = new Dependents();
        collect(uses, subject, dependents, new HashSet<>());
        Collections.reverse(dependents.views);
        Collections.reverse(dependents.lines);
        return dependents;
    }

    /// Follows the newest views first and notes each after its own: read backwards this is the
    /// order in which they are told.
    private void collect(
            Predicate<View> uses, String subject, Dependents dependents, Set<Integer> seen) {
        for (View view : context.catalog().views().reversed()) {
            if (uses.test(view) && seen.add(view.oid())) {
                collect(other -> other.reads(view.oid()), described(view), dependents, seen);
                dependents.lines.add(described(view) + " depends on " + subject);
                dependents.views.add(view);
            }
        }
    }

    /// Views that read the column itself.
    List<View> readersOf(Table table, Column column) {
        return context.catalog().views().stream()
                .filter(view -> view.reads(table.oid(), column.number()))
                .toList();
    }

    private String described(Relation relation) {
        return (relation instanceof View ? "view " : "table ") + context.names().shown(relation);
    }

    /// Lets the dependents go too, with a notice, or fails without CASCADE.
    ///
    /// @param subject what is dropped, described
    void drop(Dependents dependents, String subject, boolean cascade) {
        if (dependents.isEmpty()) {
            return;
        }
        if (!cascade) {
            throw refusal(subject, dependents.lines());
        }
        new DropStatements(context).dropViews(dependents.views());
    }

    static DatabaseException refusal(String subject, List<String> lines) {
        return new DatabaseException(
                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot drop " + subject + " because other objects depend on it")
                .withDetail(lines.stream().collect(Collectors.joining("\n")))
                .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
    }
}
