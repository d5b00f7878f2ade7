package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;

/// Brings a directory to the state after its last durable commit: the tree of the newest header,
/// and the log after it on top. Ends with a checkpoint, so that a store always starts with an empty
/// log and what a crash left at the end of the old one is never written behind.
///
/// Nothing that the header refers to is overwritten before that checkpoint's own header is written;
/// a crash on the way leaves everything as it was.
record StoreRecovery(
        StoreFiles files,
        PageStore pages,
        Versions versions,
        CommitLog log,
        Checkpoint checkpoint,
        ReentrantLock applying) {

    static StoreRecovery run(FileSystem fileSystem, Path directory, EmbeddedOptions options) {
        try {
            StoreFiles files = StoreFiles.open(fileSystem, directory);
            try {
                return recover(files, options);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (NoSpaceException e) {
            throw new StorageFullException("no space is left for the store in " + directory, e);
        } catch (IOException e) {
            throw new UnavailableException("cannot open the store in " + directory, e);
        }
    }

    private static StoreRecovery recover(StoreFiles files, EmbeddedOptions options)
            throws IOException {
        DataHeader header = DataFile.readHeader(files.data(), files.log());
        PageStore pages =
                new PageStore(
                        new PageFile(files.data(), DataFile.NAME),
                        new FreeSpace(
                                DataFile.readFreeBlocks(files.data(), header), header.endBlock()),
                        options.cacheBytes());
        Versions versions = new Versions(pages, new TreeVersion(header.root(), header.sequence()));
        Versions.Pinned checkpointed = versions.pinApplied();
        RecoveredCommits commits = new RecoveredCommits(pages, versions);
        LogRecovery recovery = new LogRecovery(files.log(), header, commits::add);
        recovery.run();
        commits.apply();
        // A number that no file has yet: what a crash left of the last segment stays for reading.
        long segment = files.log().numbers().getLast() + 1;
        StoreFile segmentFile =
                files.log()
                        .create(
                                new LogFormat.SegmentHeader(
                                        segment,
                                        recovery.sequence() + 1,
                                        recovery.nextBatch(),
                                        header.store()));
        CommitLog log =
                new CommitLog(
                        files.log(),
                        new CommitLog.Start(
                                segmentFile,
                                segment,
                                recovery.sequence(),
                                recovery.nextBatch(),
                                header.store()),
                        options.checkpointLogBytes(),
                        versions::publish);
        ReentrantLock applying = new ReentrantLock();
        Checkpoint checkpoint =
                new Checkpoint(
                        files.data(),
                        pages,
                        versions,
                        log,
                        files.log(),
                        applying,
                        header,
                        checkpointed);
        boolean done = false;
        try {
            checkpoint.runAlways();
            done = true;
            return new StoreRecovery(files, pages, versions, log, checkpoint, applying);
        } finally {
            if (!done) {
                log.close();
            }
        }
    }
}
