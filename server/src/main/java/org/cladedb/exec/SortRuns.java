package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillFile;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Sorted runs of rows in a temporary file, and their merge: in as many passes as it takes for the
/// buffers of those merged at once to fit in memory.
///
/// Calls: `write` for each run, `merge`, then `next` until false.
final class SortRuns implements AutoCloseable {
    private static final int MERGED_AT_ONCE_MIN = 4;
    private static final int MERGED_AT_ONCE_MAX = 256;

    private final SpillFile file;
    private final SortKeys keys;
    private final RowBytes rowBytes;
    private final long limit;
    private final MemoryAccount memory;
    private final int mergedAtOnce;
    private final ByteWriter record = new ByteWriter();
    private List<Tape> runs = new ArrayList<>();
    private @Nullable RunMerger merger;
    private long given;

    /// @param keys compares what it wrote
    /// @param limit how many rows are wanted
    SortRuns(SpillFile file, SortKeys keys, RowBytes rowBytes, long limit, MemoryAccount memory) {
        this.file = file;
        this.keys = keys;
        this.rowBytes = rowBytes;
        this.limit = limit;
        this.memory = memory;
        mergedAtOnce =
                Math.clamp(
                        memory.workBytes() / file.blockBytes() - 1,
                        MERGED_AT_ONCE_MIN,
                        MERGED_AT_ONCE_MAX);
    }

    /// Writes the first `count` rows of an order as one run.
    void write(RowBuffer rows, SortKeys rowKeys, int[] order, int count) {
        Tape run = new Tape(file, memory);
        Datum[] row = Datum.row(rowBytes.columnCount());
        for (int i = 0; i < count; i++) {
            record.clear();
            record.writeInt(0);
            rowKeys.write(order[i], record);
            record.setInt(0, record.size() - Integer.BYTES);
            rows.read(order[i], row);
            rowBytes.append(row, record);
            run.append(record.array(), record.size());
        }
        run.finish();
        runs.add(run);
    }

    /// Merges runs until the rest can be merged while they are read.
    void merge() {
        while (runs.size() > mergedAtOnce) {
            List<Tape> merged = new ArrayList<>();
            for (int from = 0; from < runs.size(); from += mergedAtOnce) {
                int to = Math.min(from + mergedAtOnce, runs.size());
                merged.add(mergeToTape(runs.subList(from, to)));
            }
            runs = merged;
        }
        merger = new RunMerger(keys, runs);
    }

    private Tape mergeToTape(List<Tape> inputs) {
        if (inputs.size() == 1) {
            return inputs.getFirst();
        }
        Tape merged = new Tape(file, memory);
        try (RunMerger source = new RunMerger(keys, inputs)) {
            while (merged.records() < limit && source.next()) {
                merged.append(source.array(), source.offset(), source.length());
            }
        }
        merged.finish();
        return merged;
    }

    /// Reads the next row of all; its values are valid until the next call.
    boolean next(Datum[] out) {
        RunMerger current = merger;
        if (current == null || given == limit || !current.next()) {
            return false;
        }
        given++;
        rowBytes.read(current.array(), current.rowOffset(), out);
        return true;
    }

    long diskBytes() {
        return file.sizeBytes();
    }

    @Override
    public void close() {
        if (merger != null) {
            merger.close();
        }
        file.close();
    }
}
