package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// All objects of the database at one moment. Immutable; safe for any thread.
///
/// `with…` methods return a new snapshot with a higher version. User objects only: the relations of
/// `pg_catalog` and `information_schema` are added by `catalog.system`.
public final class CatalogSnapshot {
    /// The first OID given to user objects, as in PostgreSQL.
    public static final int FIRST_USER_OID = 16384;

    private final long version;
    private final int nextOid;
    private final int nextSpaceId;
    private final Map<String, Schema> schemas;
    private final Map<Integer, Table> tables;
    private final Map<Integer, View> views;
    private final Map<Integer, Sequence> sequences;
    private final Map<Integer, TableGroup> groups;
    private final Map<CommentKey, String> comments;
    private final Map<QualifiedName, Object> byName;

    /// What a comment is on.
    public record CommentKey(int objectOid, int subId) {}

    private record QualifiedName(String schema, String name) {}

    private CatalogSnapshot(Builder builder) {
        version = builder.version;
        nextOid = builder.nextOid;
        nextSpaceId = builder.nextSpaceId;
        schemas = Map.copyOf(builder.schemas);
        tables = Map.copyOf(builder.tables);
        views = Map.copyOf(builder.views);
        sequences = Map.copyOf(builder.sequences);
        groups = Map.copyOf(builder.groups);
        comments = Map.copyOf(builder.comments);
        Map<QualifiedName, Object> names = new HashMap<>();
        for (Table table : tables.values()) {
            names.put(new QualifiedName(table.schema(), table.name()), table);
            for (Index index : table.indexes()) {
                names.put(new QualifiedName(table.schema(), index.name()), index);
            }
        }
        for (View view : views.values()) {
            names.put(new QualifiedName(view.schema(), view.name()), view);
        }
        for (Sequence sequence : sequences.values()) {
            names.put(new QualifiedName(sequence.schema(), sequence.name()), sequence);
        }
        byName = names;
    }

    /// As [#empty(int)], of the first database.
    public static CatalogSnapshot empty() {
        return empty(0);
    }

    /// The database of that number with nothing but the schema `public` (OID 2200).
    public static CatalogSnapshot empty(int database) {
        Builder builder = new Builder();
        builder.nextSpaceId = DatabaseSpaces.id(database, DatabaseSpaces.FIRST_USER_SPACE);
        builder.schemas.put("public", new Schema(2200, "public"));
        return new CatalogSnapshot(builder);
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.version = version + 1;
        builder.nextOid = nextOid;
        builder.nextSpaceId = nextSpaceId;
        builder.schemas.putAll(schemas);
        builder.tables.putAll(tables);
        builder.views.putAll(views);
        builder.sequences.putAll(sequences);
        builder.groups.putAll(groups);
        builder.comments.putAll(comments);
        return builder;
    }

    /// Whether it holds what a new database holds.
    public boolean isEmpty() {
        return tables.isEmpty()
                && views.isEmpty()
                && sequences.isEmpty()
                && comments.isEmpty()
                && schemas.equals(empty().schemas);
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
        return schemas.get(name);
    }

    public List<Schema> schemas() {
        return sorted(schemas.values(), Schema::oid);
    }

    /// The table, view, index ([Index]) or sequence of that name, null when there is none.
    public @Nullable Object object(String schema, String name) {
        return byName.get(new QualifiedName(schema, name));
    }

    public @Nullable Table table(int oid) {
        return tables.get(oid);
    }

    public @Nullable Table table(String schema, String name) {
        return object(schema, name) instanceof Table table ? table : null;
    }

    public @Nullable View view(int oid) {
        return views.get(oid);
    }

    public @Nullable Sequence sequence(int oid) {
        return sequences.get(oid);
    }

    /// The sequence behind an identity column; null when the column is none. The column may own
    /// other sequences besides.
    public @Nullable Sequence identitySequence(Table table, Column column) {
        for (Sequence sequence : sequences.values()) {
            if (sequence.identity()
                    && sequence.ownerTableOid() == table.oid()
                    && sequence.ownerColumn() == column.number()) {
                return sequence;
            }
        }
        return null;
    }

    public List<Table> tables() {
        return sorted(tables.values(), Table::oid);
    }

    public List<View> views() {
        return sorted(views.values(), View::oid);
    }

    public List<Sequence> sequences() {
        return sorted(sequences.values(), Sequence::oid);
    }

    /// The group whose root table has this OID.
    public @Nullable TableGroup group(int rootOid) {
        return groups.get(rootOid);
    }

    public List<TableGroup> groups() {
        return sorted(groups.values(), TableGroup::rootOid);
    }

    /// The table that owns the index, null when there is no such index.
    public @Nullable Table tableOfIndex(int indexOid) {
        for (Table table : tables.values()) {
            for (Index index : table.indexes()) {
                if (index.oid() == indexOid) {
                    return table;
                }
            }
        }
        return null;
    }

    /// The tables whose grouping parent is `parent`.
    public List<Table> childTables(Table parent) {
        List<Table> children = new ArrayList<>();
        for (Table table : tables()) {
            if (table.groupingForeignKey()
                    .filter(key -> key.referencedTableOid() == parent.oid())
                    .isPresent()) {
                children.add(table);
            }
        }
        return children;
    }

    /// Foreign keys of any table that reference `target`, with the referencing table.
    public List<Reference> referencesTo(Table target) {
        List<Reference> references = new ArrayList<>();
        for (Table table : tables()) {
            for (ForeignKey key : table.constraints().foreignKeys()) {
                if (key.referencedTableOid() == target.oid()) {
                    references.add(new Reference(table, key));
                }
            }
        }
        return references;
    }

    /// A foreign key together with its table.
    public record Reference(Table table, ForeignKey foreignKey) {}

    public @Nullable String comment(int objectOid, int subId) {
        return comments.get(new CommentKey(objectOid, subId));
    }

    public Map<CommentKey, String> comments() {
        return comments;
    }

    private static <T> List<T> sorted(
            Iterable<T> objects, java.util.function.ToIntFunction<T> oid) {
        TreeMap<Integer, T> byOid = new TreeMap<>(Integer::compareUnsigned);
        for (T object : objects) {
            byOid.put(oid.applyAsInt(object), object);
        }
        return List.copyOf(byOid.values());
    }

    /// Collects the changes that lead to the next snapshot. Owned by one thread.
    public static final class Builder {
        private long version = 1;
        private int nextOid = FIRST_USER_OID;
        private int nextSpaceId = DatabaseSpaces.FIRST_USER_SPACE;
        private final Map<String, Schema> schemas = new HashMap<>();
        private final Map<Integer, Table> tables = new HashMap<>();
        private final Map<Integer, View> views = new HashMap<>();
        private final Map<Integer, Sequence> sequences = new HashMap<>();
        private final Map<Integer, TableGroup> groups = new HashMap<>();
        private final Map<CommentKey, String> comments = new HashMap<>();

        private Builder() {}

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
            schemas.put(schema.name(), schema);
            return this;
        }

        public Builder removeSchema(String name) {
            schemas.remove(name);
            return this;
        }

        public Builder put(Table table) {
            tables.put(table.oid(), table);
            return this;
        }

        public Builder removeTable(int oid) {
            tables.remove(oid);
            return this;
        }

        public Builder put(View view) {
            views.put(view.oid(), view);
            return this;
        }

        public Builder removeView(int oid) {
            views.remove(oid);
            return this;
        }

        public Builder put(Sequence sequence) {
            sequences.put(sequence.oid(), sequence);
            return this;
        }

        public Builder removeSequence(int oid) {
            sequences.remove(oid);
            return this;
        }

        public Builder put(TableGroup group) {
            groups.put(group.rootOid(), group);
            return this;
        }

        public Builder removeGroup(int rootOid) {
            groups.remove(rootOid);
            return this;
        }

        /// Sets a comment; null removes it.
        public Builder comment(int objectOid, int subId, @Nullable String text) {
            CommentKey key = new CommentKey(objectOid, subId);
            if (text == null) {
                comments.remove(key);
            } else {
                comments.put(key, text);
            }
            return this;
        }

        public CatalogSnapshot build() {
            return new CatalogSnapshot(this);
        }
    }
}
