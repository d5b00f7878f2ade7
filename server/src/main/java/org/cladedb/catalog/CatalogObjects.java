package org.cladedb.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.cladedb.catalog.CatalogSnapshot.CommentKey;
import org.cladedb.common.PersistentMap;

/// The objects of a catalog, and the ways that lead to them.
///
/// A copy shares everything with its original, and a change costs time logarithmic in the number of
/// objects, so that DDL does not grow dearer with the catalog. Owned by the builder that changes
/// it; that of a snapshot is never changed.
final class CatalogObjects {
    private static final Comparator<Integer> BY_OID = Integer::compareUnsigned;

    PersistentMap<String, Schema> schemas = PersistentMap.empty(Comparator.naturalOrder());
    PersistentMap<Integer, Schema> schemasByOid = PersistentMap.empty(BY_OID);
    PersistentMap<Integer, Table> tables = PersistentMap.empty(BY_OID);
    PersistentMap<Integer, View> views = PersistentMap.empty(BY_OID);
    PersistentMap<Integer, Sequence> sequences = PersistentMap.empty(BY_OID);
    PersistentMap<Integer, TableGroup> groups = PersistentMap.empty(BY_OID);
    PersistentMap<CommentKey, String> comments = PersistentMap.empty(CommentKey.ORDER);

    /// Tables, views, sequences and indexes.
    PersistentMap<QualifiedName, Object> names = PersistentMap.empty(QualifiedName.ORDER);

    /// The same, to be found by name without the schema.
    PersistentMap<QualifiedName, Object> named = PersistentMap.empty(QualifiedName.NAME_FIRST);

    /// The table's OID by that of its constraint.
    PersistentMap<Integer, Integer> constraintTables = PersistentMap.empty(BY_OID);

    /// The OIDs of all constraints by name; several tables may have one of the same name.
    PersistentMap<ConstraintName, Integer> constraintNames =
            PersistentMap.empty(ConstraintName.ORDER);

    /// The table's OID by that of a column's default.
    PersistentMap<Integer, Integer> defaultTables = PersistentMap.empty(BY_OID);

    /// The table's OID by its index's.
    PersistentMap<Integer, Integer> indexTables = PersistentMap.empty(BY_OID);

    PersistentMap<Link, ForeignKey> references = PersistentMap.empty(Link.ORDER);
    PersistentMap<Link, Sequence> ownedSequences = PersistentMap.empty(Link.ORDER);

    record QualifiedName(String schema, String name) {
        static final Comparator<QualifiedName> ORDER =
                Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name);

        static final Comparator<QualifiedName> NAME_FIRST =
                Comparator.comparing(QualifiedName::name).thenComparing(QualifiedName::schema);

        /// Above all names of the schema and below those of the next.
        static QualifiedName endOf(String schema) {
            return new QualifiedName(schema + "\0", "");
        }
    }

    record ConstraintName(String schema, String name, int oid) {
        static final Comparator<ConstraintName> ORDER =
                Comparator.comparing(ConstraintName::schema)
                        .thenComparing(ConstraintName::name)
                        .thenComparing(ConstraintName::oid, BY_OID);
    }

    /// Whether some table of the schema has a constraint of that name.
    boolean hasConstraint(String schema, String name) {
        boolean[] found = new boolean[1];
        constraintNames.forEachBetween(
                new ConstraintName(schema, name, 0),
                new ConstraintName(schema, name, -1),
                (_, _) -> found[0] = true);
        return found[0];
    }

    /// That `from` has to do with `to`.
    ///
    /// @param to the OID of a table
    /// @param from the OID of what refers to it or belongs to it
    /// @param number tells apart several links between the two
    record Link(int to, int from, int number) {
        static final Comparator<Link> ORDER =
                Comparator.comparing(Link::to, BY_OID)
                        .thenComparing(Link::from, BY_OID)
                        .thenComparing(Link::number, BY_OID);

        /// Where the links to `oid` begin; those to the one before end there.
        static Link startOf(int oid) {
            return new Link(oid, 0, 0);
        }
    }

    CatalogObjects copy() {
        CatalogObjects copy = new CatalogObjects();
        copy.schemas = schemas;
        copy.schemasByOid = schemasByOid;
        copy.tables = tables;
        copy.views = views;
        copy.sequences = sequences;
        copy.groups = groups;
        copy.comments = comments;
        copy.names = names;
        copy.named = named;
        copy.constraintTables = constraintTables;
        copy.constraintNames = constraintNames;
        copy.defaultTables = defaultTables;
        copy.indexTables = indexTables;
        copy.references = references;
        copy.ownedSequences = ownedSequences;
        return copy;
    }

    void put(Schema schema) {
        removeSchema(schema.name());
        schemas = schemas.with(schema.name(), schema);
        schemasByOid = schemasByOid.with(schema.oid(), schema);
    }

    void removeSchema(String name) {
        Schema old = schemas.get(name);
        if (old != null) {
            schemas = schemas.without(name);
            Schema byOid = schemasByOid.get(old.oid());
            if (old.equals(byOid)) {
                schemasByOid = schemasByOid.without(old.oid());
            }
        }
    }

    void put(Table table) {
        Table old = tables.get(table.oid());
        if (old != null) {
            unlink(old);
        }
        tables = tables.with(table.oid(), table);
        name(table.schema(), table.name(), table);
        for (Index index : table.indexes()) {
            name(table.schema(), index.name(), index);
            indexTables = indexTables.with(index.oid(), table.oid());
        }
        List<ForeignKey> keys = table.constraints().foreignKeys();
        for (int i = 0; i < keys.size(); i++) {
            references = references.with(link(table, keys.get(i), i), keys.get(i));
        }
        forEachDefault(table, oid -> defaultTables = defaultTables.with(oid, table.oid()));
        forEachConstraint(
                table,
                name -> {
                    constraintTables = constraintTables.with(name.oid(), table.oid());
                    constraintNames = constraintNames.with(name, name.oid());
                });
    }

    void removeTable(int oid) {
        Table old = tables.get(oid);
        if (old != null) {
            unlink(old);
            tables = tables.without(oid);
        }
    }

    private void unlink(Table table) {
        forget(table.schema(), table.name(), table);
        for (Index index : table.indexes()) {
            forget(table.schema(), index.name(), index);
            indexTables = indexTables.without(index.oid());
        }
        List<ForeignKey> keys = table.constraints().foreignKeys();
        for (int i = 0; i < keys.size(); i++) {
            references = references.without(link(table, keys.get(i), i));
        }
        forEachDefault(table, oid -> defaultTables = defaultTables.without(oid));
        forEachConstraint(
                table,
                name -> {
                    constraintTables = constraintTables.without(name.oid());
                    constraintNames = constraintNames.without(name);
                });
    }

    private static void forEachDefault(Table table, IntConsumer action) {
        for (Column column : table.columns()) {
            if (column.defaultOid() != 0) {
                action.accept(column.defaultOid());
            }
        }
    }

    private static void forEachConstraint(Table table, Consumer<ConstraintName> action) {
        Constraints all = table.constraints();
        String schema = table.schema();
        all.keys().forEach(key -> action.accept(new ConstraintName(schema, key.name(), key.oid())));
        all.checks()
                .forEach(check ->
                        action.accept(new ConstraintName(schema, check.name(), check.oid())));
        all.foreignKeys()
                .forEach(key -> action.accept(new ConstraintName(schema, key.name(), key.oid())));
        all.notNulls()
                .forEach(notNull ->
                        action.accept(new ConstraintName(schema, notNull.name(), notNull.oid())));
    }

    private static Link link(Table table, ForeignKey key, int position) {
        return new Link(key.referencedTableOid(), table.oid(), position);
    }

    void put(View view) {
        removeView(view.oid());
        views = views.with(view.oid(), view);
        name(view.schema(), view.name(), view);
    }

    void removeView(int oid) {
        View old = views.get(oid);
        if (old != null) {
            forget(old.schema(), old.name(), old);
            views = views.without(oid);
        }
    }

    void put(Sequence sequence) {
        removeSequence(sequence.oid());
        sequences = sequences.with(sequence.oid(), sequence);
        name(sequence.schema(), sequence.name(), sequence);
        if (sequence.ownerTableOid() != 0) {
            ownedSequences = ownedSequences.with(link(sequence), sequence);
        }
    }

    void removeSequence(int oid) {
        Sequence old = sequences.get(oid);
        if (old != null) {
            forget(old.schema(), old.name(), old);
            sequences = sequences.without(oid);
            ownedSequences = ownedSequences.without(link(old));
        }
    }

    private static Link link(Sequence sequence) {
        return new Link(sequence.ownerTableOid(), sequence.oid(), 0);
    }

    private void name(String schema, String name, Object object) {
        QualifiedName key = new QualifiedName(schema, name);
        names = names.with(key, object);
        named = named.with(key, object);
    }

    /// Takes the name away, unless it is another's already: names may be exchanged.
    private void forget(String schema, String name, Object object) {
        QualifiedName key = new QualifiedName(schema, name);
        if (object.equals(names.get(key))) {
            names = names.without(key);
            named = named.without(key);
        }
    }
}
