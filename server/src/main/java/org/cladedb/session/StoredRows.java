package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.exec.RowTape;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillHost;
import org.cladedb.spill.TemporaryFiles;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.cladedb.types.ValueSize;
import org.jspecify.annotations.Nullable;

/// Rows kept for a portal: the first in memory, as many as fit, the others on disk.
final class StoredRows implements RowSource {
    private static final Datum[] NO_ROW = {};
    private static final int ROW_BYTES = 24;

    /// For rows that always fit.
    private static final SpillHost NO_DISK =
            new SpillHost() {
                @Override
                public TemporaryFiles temporaryFiles() {
                    throw new IllegalStateException("lines of text are kept in memory");
                }

                @Override
                public void checkCancelled() {}
            };

    private final List<SqlType> types;
    private final List<ValueForm> forms;
    private final MemoryAccount memory;
    private final List<Datum[]> rows = new ArrayList<>();
    private final SpillHost host;
    private @Nullable RowTape tape;
    private Datum[] taped = NO_ROW;
    private int position = -1;

    /// @param memory for these rows alone
    StoredRows(List<ResultColumn> columns, MemoryAccount memory, SpillHost host) {
        this.host = host;
        types = columns.stream().map(ResultColumn::type).toList();
        forms = types.stream().map(SqlType::form).toList();
        this.memory = memory;
    }

    /// Rows of one text column.
    static StoredRows ofTexts(List<String> lines) {
        StoredRows stored =
                new StoredRows(
                        List.of(ResultColumn.of("", SqlType.TEXT)),
                        MemoryAccount.limitedTo(Long.MAX_VALUE),
                        NO_DISK);
        lines.forEach(line -> stored.rows.add(new Datum[] {Datum.ofText(line)}));
        return stored;
    }

    /// Appends a copy of the cells.
    void add(Datum[] cells) {
        if (tape != null || !memory.tryReserve(size(cells))) {
            addToTape(cells);
            return;
        }
        Datum[] copy = new Datum[forms.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = cells[i].freeze(forms.get(i));
        }
        rows.add(copy);
    }

    private void addToTape(Datum[] cells) {
        RowTape target = tape;
        if (target == null) {
            target = new RowTape(types, memory, host);
            tape = target;
            taped = Datum.row(types.size());
        }
        target.add(cells);
    }

    private long size(Datum[] cells) {
        long bytes = ROW_BYTES;
        for (int i = 0; i < forms.size(); i++) {
            bytes += ValueSize.of(cells[i], forms.get(i));
        }
        return bytes;
    }

    void addAll(RowSource source) {
        while (source.next()) {
            add(source.row());
        }
    }

    long size() {
        return rows.size() + (tape == null ? 0 : tape.size());
    }

    @Override
    public boolean next() {
        if (position + 1 >= rows.size()) {
            position = rows.size();
            return tape != null && tape.next(taped);
        }
        if (position >= 0) {
            // Read rows need not be kept.
            memory.release(size(rows.get(position)));
            rows.set(position, NO_ROW);
        }
        position++;
        return true;
    }

    @Override
    public Datum[] row() {
        return position < rows.size() ? rows.get(position) : taped;
    }

    @Override
    public void close() {
        rows.clear();
        if (tape != null) {
            tape.close();
            tape = null;
        }
        memory.releaseAll();
        position = -1;
    }
}
