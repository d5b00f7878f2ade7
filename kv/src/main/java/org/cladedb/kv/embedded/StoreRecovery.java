package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import org.cladedb.common.Clock;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.NoSpaceException;
import org.jspecify.annotations.Nullable;

/// Brings a directory to the state after its last durable commit: the tree of the newest header,
/// and the log after it on top. Ends with a checkpoint, so that a store always starts with an empty
/// log and what a crash left at the end of the old one is never written behind.
///
/// Nothing that the header refers to is overwritten before that checkpoint's own header is written;
/// a crash on the way leaves everything as it was. Where there is no space for the checkpoint the
/// state is there all the same, to be read; the log takes nothing before it is made (see
/// `docs/decisions/0031-start-on-a-full-disk.md`).
///
/// @param lacking why the checkpoint has still to be made; null when it is made
record StoreRecovery(
        StoreFiles files,
        PageStore pages,
        Versions versions,
        CommitLog log,
        Checkpoint checkpoint,
        ApplyLock applying,
        @Nullable StorageFullException lacking) {

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
        pages.keepWhatFindsNoSpace(true);
        recovery.run();
        commits.apply();
        pages.keepWhatFindsNoSpace(false);
        // What a crash left of the last segment stays for reading: the next has a number of its
        // own.
        CommitLog log =
                new CommitLog(
                        files.log(),
                        new CommitLog.Start(
                                files.log().numbers().getLast(),
                                recovery.sequence(),
                                recovery.nextBatch(),
                                header.store()),
                        options.checkpointLogBytes(),
                        versions::publish);
        ApplyLock applying = new ApplyLock(Clock.system());
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
            StorageFullException lacking = tryToRun(checkpoint);
            done = true;
            return new StoreRecovery(files, pages, versions, log, checkpoint, applying, lacking);
        } finally {
            if (!done) {
                log.close();
            }
        }
    }

    private static @Nullable StorageFullException tryToRun(Checkpoint checkpoint)
            throws IOException {
        try {
            checkpoint.runAlways();
            return null;
        } catch (StorageFullException lacking) {
            return lacking;
        }
    }
}
