package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.FileSystem.AutoCloseableLock;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;

/// Backups: a store of its own with the content of one snapshot, packed tightly, and a file that
/// says what is in it.
///
/// The file is written last, so a backup that was cut short is none. Both making and restoring read
/// everything once more and compare it with what the file says. Used by one thread.
public final class StoreBackup {
    /// What a backup has.
    ///
    /// @param sequence the newest commit of the store that it was taken from
    /// @param entries keys
    /// @param checksum CRC32C of all keys and values with their lengths, in key order
    public record Content(long sequence, long entries, long checksum) {}

    /// Locked while a backup is written or restored, and gone after it.
    private static final String CLAIM = "backup.lock";

    private static final String MANIFEST = "backup.txt";
    private static final String MANIFEST_NEW = "backup.new";
    private static final Pattern MANIFEST_FORMAT =
            Pattern.compile(
                    "CladeDB backup 1\\n"
                            + "sequence (\\d{1,18})\\n"
                            + "entries (\\d{1,18})\\n"
                            + "checksum ([0-9a-f]{8})\\n");
    private static final int MANIFEST_BYTES_MAX = 1024;
    private static final int COPY_BYTES = 1024 * 1024;
    private static final EmbeddedOptions OPTIONS =
            new EmbeddedOptions(32 * 1024 * 1024, 64L * 1024 * 1024);

    private final FileSystem fileSystem;
    private final Path target;
    private final Runnable meanwhile;

    /// A backup to be made in `target`, a directory without files; it is made if missing.
    ///
    /// @param meanwhile called now and then; what it throws ends the work
    StoreBackup(FileSystem fileSystem, Path target, Runnable meanwhile) {
        this.fileSystem = fileSystem;
        this.target = target;
        this.meanwhile = meanwhile;
    }

    /// Writes the content of `snapshot`, or nothing: a failure leaves the directory empty.
    Content write(Snapshot snapshot) {
        try {
            fileSystem.createDirectories(target);
            Path claim = target.resolve(CLAIM);
            try (AutoCloseableLock _ = fileSystem.lock(claim)) {
                try {
                    return writeClaimed(snapshot);
                } finally {
                    fileSystem.delete(claim);
                }
            }
        } catch (NoSpaceException e) {
            throw new StorageFullException("no space is left for a backup in " + target, e);
        } catch (IOException e) {
            throw new UnavailableException("cannot write a backup to " + target, e);
        }
    }

    private Content writeClaimed(Snapshot snapshot) throws IOException {
        requireEmpty(fileSystem, target);
        boolean complete = false;
        try {
            EntryChecksum checksum = new EntryChecksum();
            load(snapshot, checksum);
            Content content = checksum.content(snapshot.sequence());
            requireContent(fileSystem, target, content, meanwhile);
            writeManifest(content);
            complete = true;
            return content;
        } finally {
            if (!complete) {
                discard(fileSystem, target);
            }
        }
    }

    private void load(Snapshot snapshot, EntryChecksum checksum) {
        try (EmbeddedStore store = EmbeddedStore.open(fileSystem, target, OPTIONS);
                BulkLoad load = store.bulkLoad(KeyRange.all())) {
            copy(snapshot, load, checksum);
            load.commit(List.of(), List.of());
        } catch (CommitUnknownException e) {
            // Of the copy, which is thrown away; not of anything that somebody waits for.
            throw new UnavailableException("cannot write a backup to " + target, e);
        }
    }

    private static void discard(FileSystem fileSystem, Path directory) throws IOException {
        for (String name : fileSystem.list(directory)) {
            if (!name.equals(CLAIM)) {
                fileSystem.delete(directory.resolve(name));
            }
        }
    }

    private static void requireEmpty(FileSystem fileSystem, Path directory) throws IOException {
        for (String name : fileSystem.list(directory)) {
            if (!name.equals(CLAIM)) {
                throw new UnavailableException("the directory " + directory + " is not empty");
            }
        }
    }

    private void copy(Snapshot snapshot, BulkLoad load, EntryChecksum checksum) {
        try (RangeCursor cursor = snapshot.scan(KeyRange.all(), ScanOptions.FORWARD)) {
            while (cursor.next()) {
                meanwhile.run();
                EntryBatch batch = cursor.batch();
                for (int index = 0; index < batch.size(); index++) {
                    checksum.add(
                            batch.keys(),
                            batch.keyOffset(index),
                            batch.keyLength(index),
                            batch.valueArray(index),
                            batch.valueOffset(index),
                            batch.valueLength(index));
                    load.add(batch.copyKey(index), batch.copyValue(index));
                }
            }
        }
    }

    private static void requireContent(
            FileSystem fileSystem, Path directory, Content expected, Runnable meanwhile) {
        StoreCheck.Report report = StoreCheck.run(fileSystem, directory, meanwhile);
        if (!report.isSound()) {
            throw new CorruptionException(
                    "the backup in " + directory + " is damaged: " + report.problems().getFirst());
        }
        if (report.entries() != expected.entries || report.checksum() != expected.checksum) {
            throw new CorruptionException(
                    "the backup in %s has %d entries with checksum %08x; expected are %d with %08x"
                            .formatted(
                                    directory,
                                    report.entries(),
                                    report.checksum(),
                                    expected.entries,
                                    expected.checksum));
        }
    }

    private void writeManifest(Content content) throws IOException {
        String text =
                "CladeDB backup 1\nsequence %d\nentries %d\nchecksum %08x\n"
                        .formatted(content.sequence, content.entries, content.checksum);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (StoreFile file = fileSystem.open(target.resolve(MANIFEST_NEW))) {
            file.write(0, bytes, 0, bytes.length);
            file.sync();
        }
        fileSystem.rename(target.resolve(MANIFEST_NEW), target.resolve(MANIFEST));
        fileSystem.syncDirectory(target);
    }

    /// What the directory is said to have when it is a complete backup; empty when it is none.
    ///
    /// @throws CorruptionException the file that says it is malformed
    public static Optional<Content> claimed(FileSystem fileSystem, Path directory) {
        try {
            return fileSystem.exists(directory.resolve(MANIFEST))
                    ? Optional.of(readManifest(fileSystem, directory))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UnavailableException("cannot read the backup in " + directory, e);
        }
    }

    private static Content readManifest(FileSystem fileSystem, Path directory) throws IOException {
        Path manifest = directory.resolve(MANIFEST);
        if (!fileSystem.exists(manifest)) {
            throw new UnavailableException("there is no complete backup in " + directory);
        }
        byte[] bytes = new byte[MANIFEST_BYTES_MAX];
        int count;
        try (StoreFile file = fileSystem.openToRead(manifest)) {
            count = file.read(0, bytes, 0, bytes.length);
        }
        String text = new String(bytes, 0, count, StandardCharsets.US_ASCII);
        Matcher matcher = MANIFEST_FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new CorruptionException("malformed file " + manifest + ", offset 0");
        }
        return new Content(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3), 16));
    }

    /// Makes a data directory of a backup, which is verified before and after. A failure leaves the
    /// target empty.
    ///
    /// @throws UnavailableException there is no backup, or the target has files
    /// @throws CorruptionException the backup is not what it was
    public static Content restore(FileSystem fileSystem, Path backup, Path target) {
        try {
            Content content = readManifest(fileSystem, backup);
            requireContent(fileSystem, backup, content, () -> {});
            fileSystem.createDirectories(target);
            Path claim = target.resolve(CLAIM);
            try (AutoCloseableLock _ = fileSystem.lock(claim)) {
                try {
                    restoreClaimed(fileSystem, backup, target, content);
                } finally {
                    fileSystem.delete(claim);
                }
            }
            return content;
        } catch (NoSpaceException e) {
            throw new StorageFullException(
                    "no space is left to restore " + backup + " to " + target, e);
        } catch (IOException e) {
            throw new UnavailableException("cannot restore " + backup + " to " + target, e);
        }
    }

    private static void restoreClaimed(
            FileSystem fileSystem, Path backup, Path target, Content content) throws IOException {
        requireEmpty(fileSystem, target);
        boolean complete = false;
        try {
            for (long number : new LogFiles(fileSystem, backup).numbers()) {
                copyFile(fileSystem, backup, target, LogFiles.name(number), LogFiles.name(number));
            }
            // Under its own name only when complete: without it there is no store.
            copyFile(fileSystem, backup, target, DataFile.NAME, "restoring");
            fileSystem.syncDirectory(target);
            fileSystem.rename(target.resolve("restoring"), target.resolve(DataFile.NAME));
            fileSystem.syncDirectory(target);
            requireContent(fileSystem, target, content, () -> {});
            complete = true;
        } finally {
            if (!complete) {
                discard(fileSystem, target);
            }
        }
    }

    private static void copyFile(
            FileSystem fileSystem, Path from, Path to, String name, String newName)
            throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        try (StoreFile source = fileSystem.openToRead(from.resolve(name));
                StoreFile copy = fileSystem.open(to.resolve(newName))) {
            long position = 0;
            int count = source.read(position, buffer, 0, buffer.length);
            while (count > 0) {
                copy.write(position, buffer, 0, count);
                position += count;
                count = source.read(position, buffer, 0, buffer.length);
            }
            copy.sync();
        }
    }
}
