package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;

/// What goes with a column, in the order in which it is told.
///
/// The newest dependents are followed first, each is noted once and after its own dependents, and
/// the notes are read backwards: what hangs on the column in several ways is told where it was
/// found first.
final class ColumnDependents {
    private final DdlContext context;
    private final Table table;
    private final Column column;
    private final List<Told> told = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final List<CatalogSnapshot.Reference> references = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<SequenceReferences.Use> draws = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();

    ColumnDependents(DdlContext context, Table table, Column column) {
        this.context = context;
        this.table = table;
        this.column = column;
        follow(column);
        Collections.reverse(told);
        Collections.reverse(columns);
    }

    /// What goes, and what it depends on.
    private record Told(String what, String on) {}

    /// What goes with the column, described.
    List<String> described() {
        return told.stream().map(Told::what).toList();
    }

    /// The same, with the reason of each.
    List<String> lines() {
        return told.stream().map(each -> each.what() + " depends on " + each.on()).toList();
    }

    /// The column, and those that are computed from it.
    List<Column> columns() {
        return columns;
    }

    List<View> views() {
        return views;
    }

    /// Foreign keys of columns that stay.
    List<CatalogSnapshot.Reference> references() {
        return references;
    }

    /// Sequences that the columns own.
    List<Sequence> sequences() {
        return sequences;
    }

    /// Defaults that draw from these sequences.
    List<SequenceReferences.Use> draws() {
        return draws;
    }

    String subject() {
        return described(column);
    }

    private String described(Column each) {
        return "column %s of table %s".formatted(each.name(), context.names().shown(table));
    }

    private void follow(Column each) {
        record Step(int oid, Runnable run) {}
        String subject = described(each);
        List<Step> steps = new ArrayList<>();
        for (View view : context.catalog().views()) {
            if (view.reads(table.oid(), each.number())) {
                steps.add(new Step(view.oid(), () -> follow(view, subject)));
            }
        }
        for (CatalogSnapshot.Reference reference : context.catalog().referencesTo(table)) {
            if (reference.foreignKey().referencedColumns().contains(each.number())) {
                steps.add(new Step(reference.foreignKey().oid(), () -> follow(reference, subject)));
            }
        }
        for (Sequence sequence : context.catalog().ownedSequences(table.oid())) {
            if (sequence.ownerColumn() == each.number()) {
                steps.add(new Step(sequence.oid(), () -> follow(sequence)));
            }
        }
        steps.sort(Comparator.comparing(Step::oid, Integer::compareUnsigned).reversed());
        steps.forEach(step -> step.run().run());
        for (Column other : table.columns().reversed()) {
            if (isMadeFrom(other, each)) {
                follow(other);
                told.add(new Told(described(other), subject));
            }
        }
        columns.add(each);
    }

    private void follow(View view, String subject) {
        if (!seen.add(view.oid())) {
            return;
        }
        String described = "view " + context.names().shown(view);
        for (View reader : context.catalog().views().reversed()) {
            if (reader.reads(view.oid())) {
                follow(reader, described);
            }
        }
        told.add(new Told(described, subject));
        views.add(view);
    }

    private void follow(CatalogSnapshot.Reference reference, String subject) {
        ForeignKey key = reference.foreignKey();
        boolean isOfGone =
                reference.table().oid() == table.oid()
                        && key.columns().stream()
                                .map(table::column)
                                .anyMatch(own ->
                                        own.number() == column.number() || isMadeFrom(own, column));
        if (!isOfGone && seen.add(key.oid())) {
            String described =
                    "constraint %s on table %s"
                            .formatted(key.name(), context.names().shown(reference.table()));
            told.add(new Told(described, subject));
            references.add(reference);
        }
    }

    private void follow(Sequence sequence) {
        sequences.add(sequence);
        String subject = "sequence " + context.names().shown(sequence);
        for (View view : context.catalog().views().reversed()) {
            if (view.reads(sequence.oid())) {
                follow(view, subject);
            }
        }
        for (SequenceReferences.Use use :
                new SequenceReferences(context).usesOf(List.of(sequence)).reversed()) {
            boolean isOwn =
                    use.table().oid() == table.oid() && use.column().number() == column.number();
            if (!isOwn) {
                told.add(new Told(use.described(context.names()), subject));
                draws.add(use);
            }
        }
    }

    private boolean isMadeFrom(Column other, Column source) {
        String expression = other.defaultExpression();
        return !other.dropped()
                && other.generation() == Column.Generation.STORED
                && expression != null
                && StoredSql.mentions(expression, table.oid(), source.number());
    }
}
