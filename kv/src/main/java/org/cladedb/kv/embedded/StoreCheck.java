package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.StoreFile;

/// Verifies the files of a store that is not open: headers, every page of the tree, the order of
/// all keys, that every block is used once or free, and every record of the log. Changes nothing.
public final class StoreCheck {
    /// What was found.
    ///
    /// @param problems damage; each names file and offset
    /// @param remarks what is unusual and harmless, such as traces of a crash
    /// @param checkpoint the checkpoint that counts
    /// @param sequence the newest commit in the tree
    /// @param levels of the tree; 0 when it is empty
    /// @param innerPages inner pages
    /// @param leaves leaves
    /// @param entries keys
    /// @param checksum of all keys and values in the tree
    /// @param values values that have pages of their own
    /// @param usedBytes what of the leaves' bytes is in use
    /// @param leafBytes the leaves' bytes
    /// @param freeBlocks free blocks
    /// @param blocks blocks of the page file
    /// @param logSegments segments of the log
    /// @param logCommits commits in the log that are not in the tree
    public record Report(
            List<String> problems,
            List<String> remarks,
            long checkpoint,
            long sequence,
            int levels,
            long innerPages,
            long leaves,
            long entries,
            long checksum,
            long values,
            long usedBytes,
            long leafBytes,
            long freeBlocks,
            long blocks,
            long logSegments,
            long logCommits) {

        public Report {
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }

        public boolean isSound() {
            return problems.isEmpty();
        }

        /// For people, in several lines.
        public String describe() {
            StringBuilder text = new StringBuilder();
            long fill = leafBytes == 0 ? 100 : usedBytes * 100 / leafBytes;
            text.append("checkpoint %d with commits up to %d%n".formatted(checkpoint, sequence));
            text.append(
                    "tree: %d levels, %d inner pages, %d leaves (%d %% full), %d large values, %d entries%n"
                            .formatted(levels, innerPages, leaves, fill, values, entries));
            text.append("space: %d blocks, %d of them free%n".formatted(blocks, freeBlocks));
            text.append(
                    "log: %d segments, %d commits after the checkpoint%n"
                            .formatted(logSegments, logCommits));
            remarks.forEach(remark -> text.append("note: %s%n".formatted(remark)));
            problems.forEach(problem -> text.append("DAMAGED: %s%n".formatted(problem)));
            text.append(isSound() ? "sound" : problems.size() + " problems");
            return text.toString();
        }
    }

    private final StoreFile data;
    private final LogFiles log;
    private final Runnable meanwhile;
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private StoreCheck(StoreFile data, LogFiles log, Runnable meanwhile) {
        this.data = data;
        this.log = log;
        this.meanwhile = meanwhile;
    }

    /// Checks the store in `directory`.
    ///
    /// @throws UnavailableException there is no store, it is in use, or it cannot be read
    public static Report run(FileSystem fileSystem, Path directory) {
        return run(fileSystem, directory, () -> {});
    }

    /// As the other, but calls `meanwhile` now and then; what that throws ends the check.
    static Report run(FileSystem fileSystem, Path directory, Runnable meanwhile) {
        try {
            StoreFiles files = StoreFiles.openToRead(fileSystem, directory);
            try {
                return new StoreCheck(files.data(), files.log(), meanwhile).check();
            } finally {
                files.close();
            }
        } catch (IOException e) {
            throw new UnavailableException("cannot read the store in " + directory, e);
        }
    }

    /// @throws UnavailableException there is no store in `directory`
    public static void requireStore(FileSystem fileSystem, Path directory) {
        try {
            if (!fileSystem.exists(directory.resolve(DataFile.NAME))) {
                throw new UnavailableException("there is no store in " + directory);
            }
        } catch (IOException e) {
            throw new UnavailableException("cannot read " + directory, e);
        }
    }

    private Report check() throws IOException {
        DataHeader header;
        try {
            header = DataFile.readHeader(data, log);
        } catch (CorruptionException e) {
            problems.add(String.valueOf(e.getMessage()));
            return new Report(problems, remarks, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        remarkUnreadableHeaders();
        long commits = checkLog(header);
        TreeCheck tree = new TreeCheck(data, header, problems, meanwhile);
        tree.run();
        long free = checkSpace(header, tree.used());
        return new Report(
                problems,
                remarks,
                header.checkpoint(),
                header.sequence(),
                tree.levels(),
                tree.innerPages(),
                tree.leaves(),
                tree.entries(),
                tree.checksum(),
                tree.values(),
                tree.usedBytes(),
                tree.leafBytes(),
                free,
                header.endBlock(),
                log.numbers().size(),
                commits);
    }

    /// The other header does not count any more, and a crash may have torn it.
    private void remarkUnreadableHeaders() throws IOException {
        for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
            if (DataFile.readHeader(data, slot) == null) {
                remarks.add(
                        "one of the two headers cannot be read: file %s, offset %d"
                                .formatted(DataFile.NAME, (long) slot * PageReference.BLOCK_BYTES));
            }
        }
    }

    private long checkLog(DataHeader header) throws IOException {
        long[] commits = new long[1];
        LogRecovery recovery = new LogRecovery(log, header, (_, _) -> commits[0]++);
        try {
            recovery.run();
        } catch (CorruptionException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (recovery.endsTorn()) {
            remarks.add(
                    "the log ends in a record that was cut short by a crash and never"
                            + " acknowledged");
        }
        return commits[0];
    }

    private long checkSpace(DataHeader header, BitSet used) throws IOException {
        BitSet free;
        try {
            free = DataFile.readFreeBlocks(data, header);
        } catch (CorruptionException e) {
            problems.add(String.valueOf(e.getMessage()));
            return 0;
        }
        long count = free.cardinality();
        if (free.intersects(used)) {
            BitSet both = (BitSet) free.clone();
            both.and(used);
            problems.add(
                    "%d blocks are in the tree and free, the first is at: file %s, offset %d"
                            .formatted(
                                    both.cardinality(),
                                    DataFile.NAME,
                                    (long) both.nextSetBit(0) * PageReference.BLOCK_BYTES));
        }
        free.or(used);
        int lost = header.endBlock() - free.get(0, header.endBlock()).cardinality();
        if (lost > 0 && problems.isEmpty()) {
            problems.add(
                    "%d blocks are neither in the tree nor free, the first is at: file %s, offset %d"
                            .formatted(
                                    lost,
                                    DataFile.NAME,
                                    (long) free.nextClearBit(0) * PageReference.BLOCK_BYTES));
        }
        return count;
    }
}
