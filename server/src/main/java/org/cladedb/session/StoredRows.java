package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.ValueForm;

/// Rows kept in memory.
final class StoredRows implements RowSource {
    private static final Datum[] NO_ROW = {};

    private final List<ValueForm> forms;
    private final long memoryLimitBytes;
    private final List<Datum[]> rows = new ArrayList<>();
    private long bytes;
    private int position = -1;

    StoredRows(List<ResultColumn> columns, long memoryLimitBytes) {
        this.forms = columns.stream().map(column -> column.type().form()).toList();
        this.memoryLimitBytes = memoryLimitBytes;
    }

    /// Rows of one text column.
    static StoredRows ofTexts(List<String> lines) {
        StoredRows stored =
                new StoredRows(
                        List.of(ResultColumn.of("", org.cladedb.types.SqlType.TEXT)),
                        Long.MAX_VALUE);
        lines.forEach(line -> stored.rows.add(new Datum[] {Datum.ofText(line)}));
        return stored;
    }

    /// Appends a copy of the cells.
    void add(Datum[] cells) {
        Datum[] copy = new Datum[forms.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = cells[i].freeze(forms.get(i));
            bytes += 64;
            if (forms.get(i) == ValueForm.BYTES && !cells[i].isNull()) {
                bytes += cells[i].length();
            }
        }
        if (bytes > memoryLimitBytes) {
            throw new DatabaseException(
                            SqlState.OUT_OF_MEMORY, "rows kept for a portal exceed work_mem")
                    .withHint("Increase work_mem, or read the portal to its end first.");
        }
        rows.add(copy);
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
            rows.set(position, NO_ROW); // read rows need not be kept
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
        position = -1;
    }
}
