package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.ValueForm;
import org.cladedb.types.ValueSize;

/// Rows kept in memory.
final class StoredRows implements RowSource {
    private static final Datum[] NO_ROW = {};
    private static final int ROW_BYTES = 24;

    private final List<ValueForm> forms;
    private final MemoryAccount memory;
    private final List<Datum[]> rows = new ArrayList<>();
    private int position = -1;

    /// @param memory for these rows alone
    StoredRows(List<ResultColumn> columns, MemoryAccount memory) {
        this.forms = columns.stream().map(column -> column.type().form()).toList();
        this.memory = memory;
    }

    /// Rows of one text column.
    static StoredRows ofTexts(List<String> lines) {
        StoredRows stored =
                new StoredRows(
                        List.of(ResultColumn.of("", org.cladedb.types.SqlType.TEXT)),
                        MemoryAccount.limitedTo(Long.MAX_VALUE));
        lines.forEach(line -> stored.rows.add(new Datum[] {Datum.ofText(line)}));
        return stored;
    }

    /// Appends a copy of the cells.
    void add(Datum[] cells) {
        memory.reserve(size(cells));
        Datum[] copy = new Datum[forms.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = cells[i].freeze(forms.get(i));
        }
        rows.add(copy);
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

    int size() {
        return rows.size();
    }

    @Override
    public boolean next() {
        if (position + 1 >= rows.size()) {
            position = rows.size();
            return false;
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
        return rows.get(position);
    }

    @Override
    public void close() {
        rows.clear();
        memory.releaseAll();
        position = -1;
    }
}
