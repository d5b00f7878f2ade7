package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.common.Invariant;
import org.cladedb.encoding.KeyPart;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Finds the rows that a foreign key of one table refers to. Remembers the last one found, because
/// children usually arrive parent by parent. Owned by one thread, for one statement.
final class ParentKeys {
    /// Under which nothing is ever stored.
    private static final byte[] NO_KEY = {0};

    private final WriteContext context;
    final ForeignKey foreignKey;
    final TableFormat child;
    final TableFormat parent;

    /// The unique index that the key refers to; null when that is the parent's hkey order.
    private final @Nullable IndexFormat index;

    /// By column of the referenced index: the slot of the child that refers to it.
    private final int[] childSlots;

    private final List<KeyPart> keyParts;

    private byte @Nullable [] lastLookup;
    private byte @Nullable [] lastFound;
    private boolean parentLocked;

    /// Whether nobody else can change the parents, so that rows found need no guard.
    private final boolean unguarded;

    ParentKeys(WriteContext context, TableFormat child, ForeignKey foreignKey) {
        this(context, child, foreignKey, false);
    }

    private ParentKeys(
            WriteContext context, TableFormat child, ForeignKey foreignKey, boolean unguarded) {
        this.unguarded = unguarded;
        this.context = context;
        this.child = child;
        this.foreignKey = foreignKey;
        parent = context.formats().of(foreignKey.referencedTableOid());
        Index referenced = referencedIndex();
        index = referenced.isHkey() ? null : GroupReads.indexFormat(parent, referenced);
        childSlots =
                referenced.columns().stream()
                        .mapToInt(column ->
                                foreignKey
                                        .columns()
                                        .get(foreignKey.referencedColumns().indexOf(column.slot())))
                        .toArray();
        keyParts =
                index != null
                        ? List.of(index.columns)
                        : List.of(parent.parts).subList(0, childSlots.length);
    }

    /// For when both tables are locked.
    static ParentKeys unguarded(WriteContext context, TableFormat child, ForeignKey foreignKey) {
        return new ParentKeys(context, child, foreignKey, true);
    }

    private Index referencedIndex() {
        List<Integer> wanted = foreignKey.referencedColumns().stream().sorted().toList();
        for (Index candidate : parent.table.indexes()) {
            if (candidate.unique()
                    && candidate.columns().stream()
                            .map(Index.IndexColumn::slot)
                            .sorted()
                            .toList()
                            .equals(wanted)) {
                return candidate;
            }
        }
        throw new IllegalStateException("a foreign key refers to a unique index");
    }

    /// Whether a column of the key is NULL, so that the row refers to nothing.
    boolean refersToNothing(Datum[] row) {
        for (int slot : childSlots) {
            if (row[slot - 1].isNull()) {
                return true;
            }
        }
        return false;
    }

    /// Whether two rows refer to the same.
    boolean isSame(Datum[] oldRow, Datum[] newRow) {
        return Arrays.equals(lookupKey(oldRow), lookupKey(newRow));
    }

    /// The key to look up; [#NO_KEY] when the parent's type has no such value.
    private byte[] lookupKey(Datum[] row) {
        KeyBuilder key = new KeyBuilder(index != null ? index.index.spaceId() : 0);
        if (index == null) {
            key = new KeyBuilder(parent.group.spaceId()).bytes(parent.ordinals[0]);
        }
        for (int i = 0; i < childSlots.length; i++) {
            int slot = childSlots[i];
            Datum value =
                    KeyConversion.convert(
                            child.table.column(slot).type(), keyParts.get(i).type(), row[slot - 1]);
            if (value == null) {
                return NO_KEY;
            }
            key.append(keyParts.get(i), value);
        }
        return key.toByteArray();
    }

    /// The key of the row that `row` refers to; null when there is none. The row is then guarded:
    /// nobody else can delete it, or change its key, before this transaction ends.
    byte @Nullable [] find(Datum[] row) {
        if (refersToNothing(row)) {
            return null;
        }
        byte[] lookup = lookupKey(row);
        if (lastFound != null && Arrays.equals(lookup, lastLookup)) {
            return lastFound;
        }
        byte[] found = read(lookup);
        if (found != null && !unguarded) {
            guard(found);
        }
        lastLookup = lookup;
        lastFound = found;
        return found;
    }

    private byte @Nullable [] read(byte[] lookup) {
        byte[] value = context.kv().get(lookup);
        if (value == null) {
            return null;
        }
        return index == null
                ? lookup
                : index.hkey(KeyBuilder.concat(lookup, value), TableFormat.SPACE_BYTES);
    }

    /// Keeps the row at `key` in its place. What others did to it before the guard was there must
    /// be looked at: an update of other columns does no harm.
    private void guard(byte[] key) {
        if (!parentLocked) {
            context.lockReferenced(parent.table);
            parentLocked = true;
        }
        RowGuards.share(context, parent.group, key);
        if (context.isChanged(key)) {
            boolean[] exists = new boolean[1];
            context.onNewest(view -> exists[0] = view.get(key) != null);
            if (!exists[0]) {
                throw context.stale();
            }
        }
    }

    /// Forgets what was found.
    void forget() {
        lastLookup = null;
        lastFound = null;
    }

    /// The key that the parent of `row`, which is not there, has in the key of `row`: what the row
    /// carries of it, and NULLs.
    byte[] missingParent(Datum[] row) {
        Invariant.check(foreignKey.grouping(), "only grouping keys make hkeys");
        List<Datum> values = new ArrayList<>();
        for (int part = 0; part < child.levelStarts[child.levels() - 1]; part++) {
            int slot = child.partSlots[part];
            Invariant.check(slot != HKey.Part.ROW_ID, "parents have primary keys");
            values.add(slot > 0 ? row[slot - 1] : new Datum());
        }
        return KeyBuilder.hkey(parent, values);
    }

    /// 23503 for a row whose parent is missing.
    DatabaseException missing(Datum[] row) {
        Table table = child.table;
        return new DatabaseException(
                        SqlState.FOREIGN_KEY_VIOLATION,
                        "insert or update on table \""
                                + table.name()
                                + "\" violates foreign key constraint \""
                                + foreignKey.name()
                                + "\"")
                .withDetail(
                        "Key "
                                + TextOfKey.of(table, foreignKey.columns(), row)
                                + " is not present in table \""
                                + parent.table.name()
                                + "\".")
                .withObject(table.schema(), table.name(), null, foreignKey.name())
                .withRoutine("ri_ReportViolation");
    }
}
