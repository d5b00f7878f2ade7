package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.StoredReferences;
import org.jspecify.annotations.Nullable;

/// pg_depend, of users' objects: what is built in depends on nothing that could be dropped.
///
/// The kinds are PostgreSQL's: `n` (in the way of DROP), `a` (goes with what it depends on), `i` (a
/// part of it).
final class DependencyRows {
    private static final String NORMAL = "n";
    private static final String AUTOMATIC = "a";
    private static final String INTERNAL = "i";

    private final Snapshot snapshot;
    private final Rows rows;

    /// One side of a dependency.
    private record End(int catalog, int oid, int part) {
        static End relation(int oid) {
            return new End(CatalogIds.CLASS, oid, 0);
        }

        static End column(int oid, int column) {
            return new End(CatalogIds.CLASS, oid, column);
        }

        static End constraint(int oid) {
            return new End(CatalogIds.CONSTRAINT, oid, 0);
        }
    }

    private DependencyRows(Snapshot snapshot, Rows rows) {
        this.snapshot = snapshot;
        this.rows = rows;
    }

    static void fill(Snapshot snapshot, Rows rows) {
        DependencyRows dependencies = new DependencyRows(snapshot, rows);
        snapshot.tables().forEach(dependencies::table);
        snapshot.views().forEach(dependencies::view);
        snapshot.sequences().forEach(dependencies::sequence);
    }

    private void add(End from, End to, String kind) {
        rows.row()
                .set("classid", from.catalog())
                .set("objid", from.oid())
                .set("objsubid", from.part())
                .set("refclassid", to.catalog())
                .set("refobjid", to.oid())
                .set("refobjsubid", to.part())
                .set("deptype", kind);
    }

    private void inSchema(int oid, String schema) {
        End namespace = new End(CatalogIds.NAMESPACE, snapshot.schemaOid(schema), 0);
        add(End.relation(oid), namespace, NORMAL);
    }

    private void rowTypes(Relation relation) {
        End type = new End(CatalogIds.TYPE, Oids.rowType(relation.oid()), 0);
        add(type, End.relation(relation.oid()), INTERNAL);
        add(new End(CatalogIds.TYPE, Oids.rowArray(relation.oid()), 0), type, INTERNAL);
    }

    private void table(Table table) {
        inSchema(table.oid(), table.schema());
        rowTypes(table);
        for (Column column : table.columns()) {
            if (!column.dropped()) {
                column(table, column);
            }
        }
        for (Index index : table.indexes()) {
            index(table, index);
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            End constraint = End.constraint(check.oid());
            columns(constraint, table, snapshot.session().checkedColumns(table, check));
            expression(constraint, table, check.expression(), 0);
        }
        for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
            columns(End.constraint(notNull.oid()), table, List.of(notNull.column()));
        }
        for (ForeignKey key : table.constraints().foreignKeys()) {
            foreignKey(table, key);
        }
    }

    private void columns(End from, Table table, List<Integer> slots) {
        slots.forEach(slot -> add(from, End.column(table.oid(), slot), AUTOMATIC));
    }

    private void column(Table table, Column column) {
        End self = End.column(table.oid(), column.number());
        String stored = column.defaultExpression();
        if (stored != null) {
            End own = new End(CatalogIds.DEFAULT, column.defaultOid(), 0);
            boolean generated = column.generation() == Column.Generation.STORED;
            add(own, self, generated ? INTERNAL : AUTOMATIC);
            expression(own, table, stored, column.number());
        }
    }

    /// What a stored expression names.
    ///
    /// @param except a column that does not count
    private void expression(End from, Table table, String stored, int except) {
        for (ObjectReference reference : references(table, stored)) {
            if (reference.oid() != table.oid() || reference.column() != except) {
                add(from, End.column(reference.oid(), reference.column()), NORMAL);
            }
        }
    }

    private static List<ObjectReference> references(Table table, String stored) {
        List<ObjectReference> found =
                StoredReferences.of(SqlParser.parseExpression(stored), table.oid());
        return found.stream()
                .filter(reference -> reference.oid() >= CatalogSnapshot.FIRST_USER_OID)
                .toList();
    }

    private void index(Table table, Index index) {
        End self = End.relation(index.oid());
        for (Constraints.KeyConstraint key : table.constraints().keys()) {
            if (key.indexOid() == index.oid()) {
                add(self, End.constraint(key.oid()), INTERNAL);
                columns(End.constraint(key.oid()), table, slots(table, index));
                return;
            }
        }
        columns(self, table, slots(table, index));
    }

    /// Of the key, the included columns and the predicate, each once.
    private static List<Integer> slots(Table table, Index index) {
        List<Integer> slots = new ArrayList<>();
        for (Index.IndexColumn column : index.columns()) {
            slots.add(column.slot());
            addSlots(slots, table, column.expression());
        }
        slots.addAll(index.included());
        addSlots(slots, table, index.predicate());
        return slots.stream().filter(slot -> slot > 0).distinct().toList();
    }

    private static void addSlots(List<Integer> slots, Table table, @Nullable String stored) {
        if (stored != null) {
            references(table, stored).forEach(reference -> slots.add(reference.column()));
        }
    }

    private void foreignKey(Table table, ForeignKey key) {
        End constraint = End.constraint(key.oid());
        columns(constraint, table, key.columns());
        int referenced = key.referencedTableOid();
        key.referencedColumns()
                .forEach(slot -> add(constraint, End.column(referenced, slot), NORMAL));
        int index = TableRows.referencedIndex(snapshot, key);
        if (index != 0) {
            add(constraint, End.relation(index), NORMAL);
        }
    }

    private void view(View view) {
        inSchema(view.oid(), view.schema());
        rowTypes(view);
        End rule = new End(CatalogIds.RULE, Oids.rule(view.oid()), 0);
        add(rule, End.relation(view.oid()), INTERNAL);
        Set<Integer> byColumn = new HashSet<>();
        for (ObjectReference reference : view.references()) {
            if (reference.column() != 0) {
                byColumn.add(reference.oid());
            }
        }
        for (ObjectReference reference : view.references()) {
            // A column says it more closely than the whole object.
            boolean isNeedless = reference.column() == 0 && byColumn.contains(reference.oid());
            if (reference.oid() >= CatalogSnapshot.FIRST_USER_OID && !isNeedless) {
                add(rule, End.column(reference.oid(), reference.column()), NORMAL);
            }
        }
    }

    private void sequence(Sequence sequence) {
        inSchema(sequence.oid(), sequence.schema());
        if (sequence.ownerTableOid() != 0) {
            add(
                    End.relation(sequence.oid()),
                    End.column(sequence.ownerTableOid(), sequence.ownerColumn()),
                    sequence.identity() ? INTERNAL : AUTOMATIC);
        }
    }
}
