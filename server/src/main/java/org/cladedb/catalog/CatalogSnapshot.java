package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.cladedb.catalog.CatalogObjects.Link;
import org.cladedb.catalog.CatalogObjects.QualifiedName;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// All objects of the database at one moment. Immutable; safe for any thread.
///
/// A [Builder] makes the next snapshot, which shares with this one all that it does not change:
/// neither making it nor finding an object by OID, name, index, schema or reference costs more than
/// the logarithm of the number of objects. Lists are in the order of OIDs. User objects only: the
/// relations of `pg_catalog` and `information_schema` are added by `catalog.system`.
public final class CatalogSnapshot {
    /// The first OID given to user objects, as in PostgreSQL.
    public static final int FIRST_USER_OID = 16384;

    private final long version;
    private final int nextOid;
    private final int nextSpaceId;
    private final CatalogObjects objects;
    private final @Nullable CatalogReads reads;

    /// What a comment is on.
    public record CommentKey(int objectOid, int subId) {
        static final Comparator<CommentKey> ORDER =
                Comparator.comparing(CommentKey::objectOid, Integer::compareUnsigned)
                        .thenComparing(CommentKey::subId, Integer::compareUnsigned);
    }

    private CatalogSnapshot(Builder builder) {
        version = builder.version;
        nextOid = builder.nextOid;
        nextSpaceId = builder.nextSpaceId;
        objects = builder.objects.copy();
        reads = null;
    }

    private CatalogSnapshot(CatalogSnapshot original, CatalogReads reads) {
        version = original.version;
        nextOid = original.nextOid;
        nextSpaceId = original.nextSpaceId;
        objects = original.objects;
        this.reads = reads;
    }

    /// This catalog, telling `recorder` what is asked of it.
    public CatalogSnapshot recordedBy(CatalogReads recorder) {
        return new CatalogSnapshot(this, recorder);
    }

    private <K, V> @Nullable V noted(
            BiFunction<CatalogSnapshot, K, @Nullable Object> question, K key, @Nullable V answer) {
        note(question, key, answer);
        return answer;
    }

    private <K> void note(
            BiFunction<CatalogSnapshot, K, @Nullable Object> question,
            K key,
            @Nullable Object answer) {
        if (reads != null) {
            reads.add(question, key, answer);
        }
    }

    private <V> V notedAll(V answer) {
        if (reads != null) {
            reads.addAll();
        }
        return answer;
    }

    /// As [#empty(int)], of the first database.
    public static CatalogSnapshot empty() {
        return empty(0);
    }

    /// The database of that number with nothing but the schema `public` (OID 2200).
    public static CatalogSnapshot empty(int database) {
        Builder builder = new Builder(new CatalogObjects());
        builder.nextSpaceId = DatabaseSpaces.id(database, DatabaseSpaces.FIRST_USER_SPACE);
        builder.put(new Schema(2200, "public"));
        return builder.build();
    }

    public Builder toBuilder() {
        Builder builder = new Builder(objects.copy());
        builder.version = version + 1;
        builder.nextOid = nextOid;
        builder.nextSpaceId = nextSpaceId;
        return builder;
    }

    /// Whether it holds what a new database holds.
    public boolean isEmpty() {
        return objects.tables.isEmpty()
                && objects.views.isEmpty()
                && objects.sequences.isEmpty()
                && objects.comments.isEmpty()
                && schemas().equals(empty().schemas());
    }

    /// What leads from this catalog to `after`.
    public CatalogDifferences differencesTo(CatalogSnapshot after) {
        return CatalogDifferences.between(objects, after.objects);
    }

    /// Grows with every change; equal versions of one database mean equal content.
    public long version() {
        return version;
    }

    public int nextOid() {
        return nextOid;
    }

    public int nextSpaceId() {
        return nextSpaceId;
    }

    public @Nullable Schema schema(String name) {
        return noted(CatalogSnapshot::schema, name, objects.schemas.get(name));
    }

    public @Nullable Schema schema(int oid) {
        return noted(CatalogSnapshot::schema, oid, objects.schemasByOid.get(oid));
    }

    public List<Schema> schemas() {
        return notedAll(objects.schemasByOid.values());
    }

    /// The table, view, index ([Index]) or sequence of that name, null when there is none.
    public @Nullable Object object(String schema, String name) {
        QualifiedName key = new QualifiedName(schema, name);
        return noted(CatalogSnapshot::object, key, objects.names.get(key));
    }

    private @Nullable Object object(QualifiedName name) {
        return objects.names.get(name);
    }

    /// The tables, views, indexes and sequences of that name in all schemas.
    public List<Object> objectsNamed(String name) {
        List<Object> found = new ArrayList<>();
        objects.named.forEachBetween(
                new QualifiedName("", name),
                new QualifiedName("", name + "\0"),
                (_, object) -> found.add(object));
        return notedAll(found);
    }

    /// The tables of a schema.
    public List<Table> tablesIn(String schema) {
        return in(schema, Table.class, Table::oid);
    }

    /// The views of a schema.
    public List<View> viewsIn(String schema) {
        return in(schema, View.class, View::oid);
    }

    /// The sequences of a schema.
    public List<Sequence> sequencesIn(String schema) {
        return in(schema, Sequence.class, Sequence::oid);
    }

    private <T> List<T> in(String schema, Class<T> kind, ToIntFunction<T> oid) {
        List<T> found = new ArrayList<>();
        objects.names.forEachBetween(
                new QualifiedName(schema, ""),
                QualifiedName.endOf(schema),
                (_, object) -> {
                    if (kind.isInstance(object)) {
                        found.add(kind.cast(object));
                    }
                });
        found.sort((one, other) ->
                Integer.compareUnsigned(oid.applyAsInt(one), oid.applyAsInt(other)));
        return notedAll(found);
    }

    public @Nullable Table table(int oid) {
        return noted(CatalogSnapshot::table, oid, objects.tables.get(oid));
    }

    public @Nullable Table table(String schema, String name) {
        return object(schema, name) instanceof Table table ? table : null;
    }

    public @Nullable View view(int oid) {
        return noted(CatalogSnapshot::view, oid, objects.views.get(oid));
    }

    public @Nullable Sequence sequence(int oid) {
        return noted(CatalogSnapshot::sequence, oid, objects.sequences.get(oid));
    }

    /// The sequences that belong to columns of a table.
    public List<Sequence> ownedSequences(int tableOid) {
        List<Sequence> owned = new ArrayList<>();
        objects.ownedSequences.forEachBetween(
                Link.startOf(tableOid), Link.startOf(tableOid + 1), (_, each) -> owned.add(each));
        note(CatalogSnapshot::ownedSequences, tableOid, owned);
        return owned;
    }

    /// The sequence behind an identity column; null when the column is none. The column may own
    /// other sequences besides.
    public @Nullable Sequence identitySequence(Table table, Column column) {
        for (Sequence sequence : ownedSequences(table.oid())) {
            if (sequence.identity() && sequence.ownerColumn() == column.number()) {
                return sequence;
            }
        }
        return null;
    }

    /// All tables: for what is about all of them. To find some, ask by what is known of them.
    public List<Table> tables() {
        return notedAll(objects.tables.values());
    }

    public List<View> views() {
        return notedAll(objects.views.values());
    }

    public List<Sequence> sequences() {
        return notedAll(objects.sequences.values());
    }

    /// The group whose root table has this OID.
    public @Nullable TableGroup group(int rootOid) {
        return noted(CatalogSnapshot::group, rootOid, objects.groups.get(rootOid));
    }

    public List<TableGroup> groups() {
        return notedAll(objects.groups.values());
    }

    /// The table that owns the index, null when there is no such index.
    public @Nullable Table tableOfIndex(int indexOid) {
        Integer owner = objects.indexTables.get(indexOid);
        Table table = owner == null ? null : objects.tables.get(owner);
        return noted(CatalogSnapshot::tableOfIndex, indexOid, table);
    }

    /// Whether some table of the schema has a constraint of that name.
    public boolean hasConstraint(String schema, String name) {
        return notedAll(objects.hasConstraint(schema, name));
    }

    /// The table of a constraint, null when there is no such constraint.
    public @Nullable Table tableOfConstraint(int constraintOid) {
        Integer owner = objects.constraintTables.get(constraintOid);
        Table table = owner == null ? null : objects.tables.get(owner);
        return noted(CatalogSnapshot::tableOfConstraint, constraintOid, table);
    }

    /// The table whose column has the default, null when there is no such default.
    public @Nullable Table tableOfDefault(int defaultOid) {
        Integer owner = objects.defaultTables.get(defaultOid);
        Table table = owner == null ? null : objects.tables.get(owner);
        return noted(CatalogSnapshot::tableOfDefault, defaultOid, table);
    }

    /// How many tables, views, indexes and sequences there are, for estimates.
    public int objectCount() {
        return objects.names.size();
    }

    /// The tables whose grouping parent is `parent`.
    public List<Table> childTables(Table parent) {
        List<Table> children = new ArrayList<>();
        for (Reference reference : referencesTo(parent)) {
            if (reference.foreignKey().grouping()) {
                children.add(reference.table());
            }
        }
        return children;
    }

    /// Foreign keys of any table that reference `target`, with the referencing table.
    public List<Reference> referencesTo(Table target) {
        List<Reference> references = new ArrayList<>();
        objects.references.forEachBetween(
                Link.startOf(target.oid()),
                Link.startOf(target.oid() + 1),
                (link, key) -> references.add(reference(link.from(), key)));
        note(CatalogSnapshot::referencesTo, target, references);
        return references;
    }

    private Reference reference(int tableOid, ForeignKey key) {
        Table table = objects.tables.get(tableOid);
        if (table == null) {
            throw new IllegalStateException("a foreign key belongs to a table of the catalog");
        }
        return new Reference(table, key);
    }

    /// A foreign key together with its table.
    public record Reference(Table table, ForeignKey foreignKey) {}

    public @Nullable String comment(int objectOid, int subId) {
        CommentKey key = new CommentKey(objectOid, subId);
        return noted(CatalogSnapshot::comment, key, objects.comments.get(key));
    }

    private @Nullable String comment(CommentKey key) {
        return objects.comments.get(key);
    }

    /// The numbers of the parts of an object that have comments, 0 for itself.
    public List<Integer> commentedParts(int objectOid) {
        List<Integer> parts = new ArrayList<>();
        objects.comments.forEachBetween(
                new CommentKey(objectOid, 0),
                new CommentKey(objectOid + 1, 0),
                (key, _) -> parts.add(key.subId()));
        return notedAll(parts);
    }

    public void forEachComment(BiConsumer<CommentKey, String> action) {
        notedAll(objects.comments).forEach(action);
    }

    /// Collects the changes that lead to the next snapshot. Owned by one thread.
    public static final class Builder {
        private final CatalogObjects objects;
        private long version = 1;
        private int nextOid = FIRST_USER_OID;
        private int nextSpaceId = DatabaseSpaces.FIRST_USER_SPACE;

        private Builder(CatalogObjects objects) {
            this.objects = objects;
        }

        /// An OID that was never given before.
        public int newOid() {
            return nextOid++;
        }

        /// A key space that was never used before.
        ///
        /// @throws DatabaseException 54000 when the next one would be another database's
        public int newSpaceId() {
            if (DatabaseSpaces.isUsedUp(nextSpaceId)) {
                throw new DatabaseException(
                                SqlState.PROGRAM_LIMIT_EXCEEDED,
                                "the key spaces of this database are used up")
                        .withHint("Copy its content into a new database.");
            }
            return nextSpaceId++;
        }

        public Builder counters(long newVersion, int newNextOid, int newNextSpaceId) {
            version = newVersion;
            nextOid = newNextOid;
            nextSpaceId = newNextSpaceId;
            return this;
        }

        public Builder put(Schema schema) {
            objects.put(schema);
            return this;
        }

        public Builder removeSchema(String name) {
            objects.removeSchema(name);
            return this;
        }

        /// Puts the table, with OIDs for its defaults and constraints for its NOT NULL columns
        /// where they have none yet.
        public Builder put(Table table) {
            TableParts parts =
                    new TableParts(
                            this::newOid, name -> objects.hasConstraint(table.schema(), name));
            objects.put(parts.completed(table));
            return this;
        }

        public Builder removeTable(int oid) {
            objects.removeTable(oid);
            return this;
        }

        public Builder put(View view) {
            objects.put(view);
            return this;
        }

        public Builder removeView(int oid) {
            objects.removeView(oid);
            return this;
        }

        public Builder put(Sequence sequence) {
            objects.put(sequence);
            return this;
        }

        public Builder removeSequence(int oid) {
            objects.removeSequence(oid);
            return this;
        }

        public Builder put(TableGroup group) {
            objects.groups = objects.groups.with(group.rootOid(), group);
            return this;
        }

        public Builder removeGroup(int rootOid) {
            objects.groups = objects.groups.without(rootOid);
            return this;
        }

        /// Sets a comment; null removes it.
        public Builder comment(int objectOid, int subId, @Nullable String text) {
            CommentKey key = new CommentKey(objectOid, subId);
            objects.comments =
                    text == null ? objects.comments.without(key) : objects.comments.with(key, text);
            return this;
        }

        public CatalogSnapshot build() {
            return new CatalogSnapshot(this);
        }
    }
}
