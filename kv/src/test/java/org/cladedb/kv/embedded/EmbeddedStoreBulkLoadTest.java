package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.conformance.BulkLoadConformance;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Test;

final class EmbeddedStoreBulkLoadTest extends BulkLoadConformance {
    private static final Path DIRECTORY = Path.of("/store");

    @Override
    protected KeyValueStore open() {
        return open(new SimulatedFileSystem(1));
    }

    private static EmbeddedStore open(SimulatedFileSystem files) {
        return EmbeddedStore.open(
                files, DIRECTORY, new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000));
    }

    @Test
    void everyPageIsFullAndWrittenOnce() {
        SimulatedFileSystem files = new SimulatedFileSystem(2);
        int rows = 50_000;
        long written;
        try (EmbeddedStore store = open(files)) {
            long before = store.metrics().pagesWritten();
            load(store, rows);
            written = store.metrics().pagesWritten() - before;
            store.requireNoLostSpace();
        }
        StoreCheck.Report report = StoreCheck.run(files, DIRECTORY);
        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(rows);
        assertThat(report.usedBytes() * 100 / report.leafBytes()).isGreaterThan(98);
        assertThat(written).isLessThan(report.leaves() + report.innerPages() + 8);
    }

    @Test
    void loadIsThereAfterACrash() {
        SimulatedFileSystem files = new SimulatedFileSystem(3);
        EmbeddedStore store = open(files);
        load(store, 1_000);
        files.crash();
        EmbeddedStore reopened = open(files);
        try (Snapshot snapshot = reopened.snapshot()) {
            assertThat(Entries.all(snapshot)).hasSize(1_000);
        }
        reopened.requireNoLostSpace();
        reopened.close();
    }

    private static void load(EmbeddedStore store, int rows) {
        try (BulkLoad load = store.bulkLoad(KeyRange.all())) {
            for (int row = 0; row < rows; row++) {
                load.add(Entries.bytes("row%08d".formatted(row)), new byte[60]);
            }
            load.commit(List.of(), List.of());
        }
    }
}
