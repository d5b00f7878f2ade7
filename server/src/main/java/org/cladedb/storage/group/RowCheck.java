package org.cladedb.storage.group;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.types.Datum;

/// Verifies the rows of one table, one after the other. Owned by one thread.
final class RowCheck {
    final TableFormat format;
    private final WriteContext context;
    private final Consumer<DataFault> faults;
    private final Table table;
    private final RowDecoder decoder;
    private final RowRules rules;
    private final RowWriter places;
    private final List<ParentKeys> foreignKeys;
    private final Datum[] cells;
    private final int[] positions;
    private long rows;

    RowCheck(WriteContext context, TableFormat format, Consumer<DataFault> faults) {
        this.context = context;
        this.format = format;
        this.faults = faults;
        table = format.table;
        decoder = RowDecoder.all(format);
        rules = context.rules(table.asValidated());
        places = RowWriter.building(context, format);
        foreignKeys =
                table.constraints().foreignKeys().stream()
                        .filter(ForeignKey::validated)
                        .map(key -> ParentKeys.unguarded(context, format, key))
                        .toList();
        cells = Datum.row(table.columns().size());
        positions = new int[format.parts.length];
    }

    /// How many there were.
    long rows() {
        return rows;
    }

    void check(byte[] key, byte[] value) {
        rows++;
        decoder.decode(key, value, cells);
        if (!Arrays.equals(key, places.keyOf(key, cells))) {
            report("", "the row is not where its key and its parent say", key);
        }
        checkRules(key);
        checkParents(key);
        checkEntries(key);
    }

    private void checkRules(byte[] key) {
        Datum[] row = cells.clone();
        try {
            rules.complete(row);
        } catch (DatabaseException violation) {
            if (!isOfData(violation)) {
                throw violation;
            }
            String constraint = violation.fields().constraint();
            report(constraint == null ? "" : constraint, violation.message(), key);
            return;
        }
        for (Column column : table.columns()) {
            if (column.generation() == Column.Generation.STORED
                    && !column.dropped()
                    && !isSame(column, row[column.number() - 1])) {
                report(
                        "",
                        "column \"%s\" is not what its generation expression gives"
                                .formatted(column.name()),
                        key);
            }
        }
    }

    /// Whether an expression failed for the row's values, or is not met, and not for being stopped.
    private static boolean isOfData(DatabaseException violation) {
        String code = violation.state().code();
        return code.startsWith("22") || code.startsWith("23");
    }

    private boolean isSame(Column column, Datum computed) {
        Datum stored = cells[column.number() - 1];
        return stored.isNull() == computed.isNull()
                && ValueText.of(column.type(), stored)
                        .equals(ValueText.of(column.type(), computed));
    }

    private void checkParents(byte[] key) {
        for (ParentKeys parents : foreignKeys) {
            if (!parents.refersToNothing(cells) && parents.find(cells) == null) {
                report(
                        parents.foreignKey.name(),
                        "the row refers to a row that is not in table \"%s\""
                                .formatted(parents.parent.table.name()),
                        key);
            }
        }
    }

    private void checkEntries(byte[] key) {
        format.locateParts(key, 0, key.length, positions.length - 1, positions);
        for (IndexFormat index : format.indexes) {
            IndexFormat.Entry expected = index.entry(cells, key, positions);
            byte[] found = context.kv().get(expected.key());
            if (found == null) {
                report(index.index.name(), "the row is not in the index", key);
            } else if (!Arrays.equals(found, expected.value())) {
                report(index.index.name(), "the index has another row where this should be", key);
            }
        }
    }

    private void report(String constraint, String problem, byte[] key) {
        faults.accept(new DataFault(table.schema(), table.name(), constraint, problem, name(key)));
    }

    /// What the row is called: its primary key, or its place where it has none.
    private String name(byte[] key) {
        Index primary = format.primary;
        if (primary == null) {
            return HexFormat.of().formatHex(key);
        }
        List<Integer> slots = primary.columns().stream().map(Index.IndexColumn::slot).toList();
        return TextOfKey.of(table, slots, cells);
    }
}
