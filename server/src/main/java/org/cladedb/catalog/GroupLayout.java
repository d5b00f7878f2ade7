package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.HKey.Part;
import org.cladedb.catalog.HKey.Segment;
import org.cladedb.common.Invariant;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Decides where tables live: their group, ordinal, hkey and key spaces. Functions from snapshot to
/// snapshot.
///
/// A table whose place or hkey changes gets, with everything below it, ordinals and key spaces that
/// were never used before, so that the rows of the old and the new layout can never be mistaken for
/// each other; `storage.group.TableRewrite` moves them. Columns of a primary key that the hkey's
/// ancestors carry already are not repeated in the table's own segment.
public final class GroupLayout {
    /// The hkey of a table that has not been placed yet.
    public static final HKey UNPLACED = new HKey(List.of());

    private static final int ORDINAL_MAX = 0x7FFF;

    private GroupLayout() {}

    /// A table to be placed: no group, no hkey; space ids of its indexes may be 0.
    public static Table draft(
            int oid,
            String schema,
            String name,
            List<Column> columns,
            List<Index> indexes,
            Constraints constraints) {
        return new Table(
                oid,
                schema,
                name,
                columns,
                0,
                0,
                UNPLACED,
                indexes,
                constraints,
                TableStorage.DEFAULT);
    }

    /// Adds a new table: to its grouping parent's group, or as the root of its own.
    public static CatalogSnapshot addTable(CatalogSnapshot catalog, Table draft) {
        Invariant.check(catalog.table(draft.oid()) == null, "a new table is not there yet");
        return place(catalog, draft, List.of());
    }

    /// Removes a table that no grouping foreign key references any more.
    public static CatalogSnapshot removeTable(CatalogSnapshot catalog, int oid) {
        Table table = required(catalog, oid);
        Invariant.check(catalog.childTables(table).isEmpty(), "a table with children stays");
        CatalogSnapshot.Builder builder = catalog.toBuilder().removeTable(oid);
        leaveGroup(catalog, builder, table, List.of());
        return builder.build();
    }

    /// Adds the grouping foreign key `key` to a table and moves it, with all descendants, into the
    /// parent's group.
    public static CatalogSnapshot attach(CatalogSnapshot catalog, int oid, ForeignKey key) {
        Table table = required(catalog, oid);
        if (table.groupingForeignKey().isPresent()) {
            throw invalid(
                    "table \"" + table.name() + "\" already has a grouping foreign key", table);
        }
        List<ForeignKey> keys = new ArrayList<>(table.constraints().foreignKeys());
        keys.add(key);
        return place(catalog, withForeignKeys(table, keys), descendants(catalog, table));
    }

    /// Makes an ordinary foreign key of a table its grouping one, and moves the table as
    /// [#attach(CatalogSnapshot, int, ForeignKey)] does.
    public static CatalogSnapshot attachExisting(CatalogSnapshot catalog, int oid, int keyOid) {
        Table table = required(catalog, oid);
        List<ForeignKey> keys = new ArrayList<>();
        for (ForeignKey key : table.constraints().foreignKeys()) {
            keys.add(key.oid() == keyOid ? key.withGrouping(true) : key);
        }
        return place(catalog, withForeignKeys(table, keys), descendants(catalog, table));
    }

    /// Drops the grouping foreign key of a table, which becomes the root of a new group with all
    /// its descendants.
    public static CatalogSnapshot detach(CatalogSnapshot catalog, int oid) {
        Table table = required(catalog, oid);
        List<ForeignKey> keys = new ArrayList<>(table.constraints().foreignKeys());
        Invariant.check(keys.removeIf(ForeignKey::grouping), "only a grouped table is detached");
        return place(catalog, withForeignKeys(table, keys), descendants(catalog, table));
    }

    /// As [#detach(CatalogSnapshot, int)], but keeps the constraint as an ordinary foreign key.
    public static CatalogSnapshot detachKeepingKey(CatalogSnapshot catalog, int oid) {
        Table table = required(catalog, oid);
        List<ForeignKey> keys = new ArrayList<>();
        for (ForeignKey key : table.constraints().foreignKeys()) {
            keys.add(key.grouping() ? key.withGrouping(false) : key);
        }
        return place(catalog, withForeignKeys(table, keys), descendants(catalog, table));
    }

    /// Replaces a table whose primary key, or the type of a stored column, has changed: it gets a
    /// new ordinal and new key spaces, and so do its descendants. `changed` is the table as it
    /// shall be, its old layout aside.
    public static CatalogSnapshot relayout(CatalogSnapshot catalog, Table changed) {
        Table table = required(catalog, changed.oid());
        return place(catalog, changed, descendants(catalog, table));
    }

    /// The tables below `table`, every parent before its children.
    public static List<Table> descendants(CatalogSnapshot catalog, Table table) {
        List<Table> found = new ArrayList<>(catalog.childTables(table));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(catalog.childTables(found.get(i)));
        }
        return found;
    }

    /// Gives `top` and the tables below it a new place.
    private static CatalogSnapshot place(CatalogSnapshot catalog, Table top, List<Table> below) {
        CatalogSnapshot.Builder builder = catalog.toBuilder();
        Table old = catalog.table(top.oid());
        if (old != null) {
            leaveGroup(catalog, builder, old, below);
        }
        Table parent = groupingParent(catalog, top, below);
        TableGroup group;
        if (parent == null) {
            group = new TableGroup(top.oid(), builder.newSpaceId(), List.of(), 1);
        } else {
            group = requiredGroup(catalog, parent.groupOid());
            if (old != null) {
                group = without(group, old, below);
            }
        }
        Map<Integer, Table> placed = new LinkedHashMap<>();
        List<Table> moving = new ArrayList<>();
        moving.add(top);
        moving.addAll(below);
        List<Integer> members = new ArrayList<>(group.members());
        int ordinal = group.nextOrdinal();
        for (Table table : moving) {
            Table above = parent;
            if (table.oid() != top.oid()) {
                above = placed.get(parentOid(table));
            }
            Table laidOut = layOut(builder, table, above, group, ordinal);
            placed.put(table.oid(), laidOut);
            builder.put(laidOut);
            members.add(table.oid());
            ordinal++;
        }
        if (ordinal > ORDINAL_MAX) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "too many tables were made in one group");
        }
        builder.put(new TableGroup(group.rootOid(), group.spaceId(), members, ordinal));
        return builder.build();
    }

    private static Table layOut(
            CatalogSnapshot.Builder builder,
            Table table,
            @Nullable Table parent,
            TableGroup group,
            int ordinal) {
        List<Index> indexes = new ArrayList<>();
        for (Index index : table.indexes()) {
            boolean isHkey = index.primary() && parent == null;
            indexes.add(index.withSpace(isHkey ? group.spaceId() : builder.newSpaceId(), isHkey));
        }
        return new Table(
                table.oid(),
                table.schema(),
                table.name(),
                table.columns(),
                group.rootOid(),
                ordinal,
                hkey(table, parent, ordinal),
                indexes,
                table.constraints(),
                table.storage());
    }

    private static HKey hkey(Table table, @Nullable Table parent, int ordinal) {
        List<Segment> segments = new ArrayList<>();
        List<Integer> carried = new ArrayList<>();
        if (parent != null) {
            ForeignKey key = table.groupingForeignKey().orElseThrow();
            for (Segment segment : parent.hkey().segments()) {
                List<Part> parts = new ArrayList<>();
                for (Part part : segment.parts()) {
                    int at = key.referencedColumns().indexOf(part.slot());
                    if (part.slot() > 0 && at >= 0) {
                        int slot = key.columns().get(at);
                        parts.add(new Part(table.column(slot).type(), slot));
                        carried.add(slot);
                    } else {
                        parts.add(new Part(part.type(), 0));
                    }
                }
                segments.add(new Segment(segment.tableOid(), segment.ordinal(), parts));
            }
        }
        segments.add(new Segment(table.oid(), ordinal, ownParts(table, carried)));
        return new HKey(segments);
    }

    private static List<Part> ownParts(Table table, List<Integer> carried) {
        Index primary = table.primaryKey().orElse(null);
        if (primary == null) {
            return List.of(new Part(SqlType.BIGINT, Part.ROW_ID));
        }
        List<Part> own = new ArrayList<>();
        for (Index.IndexColumn column : primary.columns()) {
            Invariant.check(
                    column.slot() > 0 && !column.descending() && !column.nullsFirst(),
                    "a primary key is over plain ascending columns");
            if (!carried.contains(column.slot())) {
                own.add(new Part(table.column(column.slot()).type(), column.slot()));
            }
        }
        return own;
    }

    /// The checked grouping parent of `top`; null when it has none.
    private static @Nullable Table groupingParent(
            CatalogSnapshot catalog, Table top, List<Table> below) {
        ForeignKey key = top.groupingForeignKey().orElse(null);
        if (key == null) {
            return null;
        }
        if (top.constraints().foreignKeys().stream().filter(ForeignKey::grouping).count() > 1) {
            throw invalid("table \"" + top.name() + "\" has two grouping foreign keys", top);
        }
        if (key.referencedTableOid() == top.oid()) {
            throw invalid("a grouping foreign key cannot reference its own table", top);
        }
        Table parent = required(catalog, key.referencedTableOid());
        if (below.stream().anyMatch(table -> table.oid() == parent.oid())) {
            throw invalid(
                    "grouping foreign keys of \""
                            + top.name()
                            + "\" and \""
                            + parent.name()
                            + "\" would form a cycle",
                    top);
        }
        checkKey(top, parent, key);
        return parent;
    }

    private static void checkKey(Table child, Table parent, ForeignKey key) {
        Index primary =
                parent.primaryKey()
                        .orElseThrow(() ->
                                new DatabaseException(
                                        SqlState.INVALID_FOREIGN_KEY,
                                        "there is no primary key for referenced table \""
                                                + parent.name()
                                                + "\""));
        List<Integer> primarySlots =
                primary.columns().stream().map(Index.IndexColumn::slot).sorted().toList();
        if (!key.referencedColumns().stream().sorted().toList().equals(primarySlots)) {
            throw new DatabaseException(
                    SqlState.INVALID_FOREIGN_KEY,
                    "a grouping foreign key must reference the primary key of table \""
                            + parent.name()
                            + "\"");
        }
        if (!key.enforced()) {
            throw unsupported("grouping foreign keys that are NOT ENFORCED");
        }
        if (key.initiallyDeferred()) {
            throw unsupported("grouping foreign keys that are INITIALLY DEFERRED");
        }
        for (int i = 0; i < key.columns().size(); i++) {
            Column column = child.column(key.columns().get(i));
            Column referenced = parent.column(key.referencedColumns().get(i));
            if (!column.type().withoutModifier().equals(referenced.type().withoutModifier())) {
                throw new DatabaseException(
                                SqlState.DATATYPE_MISMATCH,
                                "grouping foreign key column \""
                                        + column.name()
                                        + "\" must have the type of the referenced column \""
                                        + referenced.name()
                                        + "\"")
                        .withObject(child.schema(), child.name(), column.name(), key.name());
            }
        }
    }

    private static void leaveGroup(
            CatalogSnapshot catalog,
            CatalogSnapshot.Builder builder,
            Table table,
            List<Table> below) {
        if (table.isRoot()) {
            builder.removeGroup(table.oid());
        } else {
            builder.put(without(requiredGroup(catalog, table.groupOid()), table, below));
        }
    }

    private static TableGroup without(TableGroup group, Table table, List<Table> below) {
        List<Integer> members = new ArrayList<>(group.members());
        members.remove(Integer.valueOf(table.oid()));
        for (Table lower : below) {
            members.remove(Integer.valueOf(lower.oid()));
        }
        return new TableGroup(group.rootOid(), group.spaceId(), members, group.nextOrdinal());
    }

    private static int parentOid(Table table) {
        return table.groupingForeignKey().orElseThrow().referencedTableOid();
    }

    private static Table withForeignKeys(Table table, List<ForeignKey> keys) {
        return table.withConstraints(table.constraints().withForeignKeys(keys));
    }

    private static Table required(CatalogSnapshot catalog, int oid) {
        Table table = catalog.table(oid);
        if (table == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_TABLE, "table with OID " + oid + " does not exist");
        }
        return table;
    }

    private static TableGroup requiredGroup(CatalogSnapshot catalog, int rootOid) {
        TableGroup group = catalog.group(rootOid);
        if (group == null) {
            throw new IllegalStateException("broken invariant: every table has a group");
        }
        return group;
    }

    private static DatabaseException invalid(String message, Table table) {
        return new DatabaseException(SqlState.INVALID_TABLE_DEFINITION, message)
                .withObject(table.schema(), table.name(), null, null);
    }

    private static DatabaseException unsupported(String what) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, what + " are not supported yet");
    }
}
