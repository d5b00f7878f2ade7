package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Files in memory that remember what a power failure may take away, and fail when told to.
///
/// A crash keeps, of the writes that were not synced, any subset in any order, each once or twice,
/// whole or torn; of the changes of the directory that were not synced, any that make sense. A sync
/// that fails may have dropped what it should have written, and the next one succeeds all the same,
/// as those of real systems do. Every choice comes from the seed. After a crash old handles fail
/// and the files can be opened again.
public final class SimulatedFileSystem implements FileSystem {
    /// A change of the directory, and the file that it makes something of.
    private record NamespaceChange(Path path, Change change) {
        interface Change {
            void apply(Map<Path, SimulatedContent> files);
        }
    }

    /// What is made to fail here is no news for whoever runs the tests.
    private static final Logger SILENCED = Logger.getLogger("org.cladedb.kv.embedded");

    static {
        SILENCED.setLevel(Level.OFF);
    }

    private final ReentrantLock guard = new ReentrantLock();
    private final Random random;
    private final Set<Path> locks = new HashSet<>();
    private final List<NamespaceChange> unsyncedChanges = new ArrayList<>();
    private TreeMap<Path, SimulatedContent> durable = new TreeMap<>();
    private TreeMap<Path, SimulatedContent> current = new TreeMap<>();
    private Runnable beforeOperation = () -> {};
    private long epoch;
    private long operations;
    private long failAt = Long.MAX_VALUE;
    private long syncsFailFrom = Long.MAX_VALUE;
    private boolean syncFailsOnce;
    private long readFailsAt = Long.MAX_VALUE;
    private long spaceBytes = Long.MAX_VALUE;
    private long memoryEndsAt = Long.MAX_VALUE;
    private int memoryEndsTimes;
    private boolean readOnly;

    public SimulatedFileSystem(long seed) {
        this.random = new Random(seed);
    }

    /// Has `action` run before every operation, reads included, outside all locks: a simulation
    /// lets other threads run there.
    public void beforeEveryOperation(Runnable action) {
        beforeOperation = action;
    }

    /// Writes, syncs, reads and changes of the directory so far.
    public long operations() {
        guard.lock();
        try {
            return operations;
        } finally {
            guard.unlock();
        }
    }

    /// Makes everything fail from `operationCount` operations from now on, as if power had gone.
    public void failAfter(long operationCount) {
        guard.lock();
        try {
            failAt = operations + operationCount;
        } finally {
            guard.unlock();
        }
    }

    /// Makes every sync fail; what was written may be there or not.
    public void failSyncs() {
        guard.lock();
        try {
            syncsFailFrom = 0;
        } finally {
            guard.unlock();
        }
    }

    /// Makes the first sync after so many operations fail and lose its writes; later ones succeed.
    public void failOneSyncAfter(long operationCount) {
        guard.lock();
        try {
            syncsFailFrom = operations + operationCount;
            syncFailsOnce = true;
        } finally {
            guard.unlock();
        }
    }

    /// Makes one read after so many operations fail.
    public void failOneReadAfter(long operationCount) {
        guard.lock();
        try {
            readFailsAt = operations + operationCount;
        } finally {
            guard.unlock();
        }
    }

    /// Makes so many operations in a row, after some others, find no memory: reads, writes and
    /// changes of the directory.
    public void exhaustMemoryAfter(long operationCount, int times) {
        guard.lock();
        try {
            memoryEndsAt = operations + operationCount;
            memoryEndsTimes = times;
        } finally {
            guard.unlock();
        }
    }

    /// Whether nothing can be written, made or claimed to be written.
    public void setReadOnly(boolean isReadOnly) {
        guard.lock();
        try {
            readOnly = isReadOnly;
        } finally {
            guard.unlock();
        }
    }

    private void requireWritable() throws IOException {
        guard.lock();
        try {
            if (readOnly) {
                throw new IOException("simulated read-only file system");
            }
        } finally {
            guard.unlock();
        }
    }

    /// Makes writes fail that would let all files together have more than `bytes`.
    public void limitSpace(long bytes) {
        guard.lock();
        try {
            spaceBytes = bytes;
        } finally {
            guard.unlock();
        }
    }

    /// The bytes of all files.
    public long usedBytes() {
        guard.lock();
        try {
            return current.values().stream().mapToLong(SimulatedContent::size).sum();
        } finally {
            guard.unlock();
        }
    }

    /// The power fails and comes back.
    public void crash() {
        guard.lock();
        try {
            keepSomeChanges();
            for (SimulatedContent content : durable.values()) {
                content.crash(random);
            }
            current = new TreeMap<>(durable);
            locks.clear();
            epoch++;
            failAt = Long.MAX_VALUE;
            syncsFailFrom = Long.MAX_VALUE;
            syncFailsOnce = false;
            readFailsAt = Long.MAX_VALUE;
            spaceBytes = Long.MAX_VALUE;
            endShortage();
        } finally {
            guard.unlock();
        }
    }

    /// There is memory from now on.
    public void endShortage() {
        guard.lock();
        try {
            memoryEndsAt = Long.MAX_VALUE;
        } finally {
            guard.unlock();
        }
    }

    /// Changes of different files may survive independently; of one file's, the first so many.
    private void keepSomeChanges() {
        Set<Path> stopped = new HashSet<>();
        boolean all = random.nextInt(4) == 0;
        for (NamespaceChange change : unsyncedChanges) {
            if (!all && (stopped.contains(change.path) || random.nextInt(3) == 0)) {
                stopped.add(change.path);
            } else {
                change.change.apply(durable);
            }
        }
        unsyncedChanges.clear();
    }

    private void count() throws IOException {
        operations++;
        requirePower();
    }

    private void requirePower() throws IOException {
        if (operations > failAt) {
            throw new IOException("simulated power failure");
        }
    }

    private void requireMemory() {
        if (operations > memoryEndsAt) {
            memoryEndsTimes--;
            if (memoryEndsTimes == 0) {
                memoryEndsAt = Long.MAX_VALUE;
            }
            throw new OutOfMemoryError("simulated end of memory");
        }
    }

    /// Whether this sync is to fail.
    private boolean syncFails() {
        boolean fails = operations >= syncsFailFrom;
        if (fails && syncFailsOnce) {
            syncsFailFrom = Long.MAX_VALUE;
        }
        return fails;
    }

    private void change(Path path, NamespaceChange.Change change) throws IOException {
        requireWritable();
        beforeOperation.run();
        guard.lock();
        try {
            count();
            requireMemory();
            change.apply(current);
            unsyncedChanges.add(new NamespaceChange(path, change));
        } finally {
            guard.unlock();
        }
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public List<String> list(Path directory) throws IOException {
        guard.lock();
        try {
            requirePower();
            return current.keySet().stream()
                    .filter(path -> directory.equals(path.getParent()))
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public boolean exists(Path file) throws IOException {
        guard.lock();
        try {
            requirePower();
            return current.containsKey(file);
        } finally {
            guard.unlock();
        }
    }

    @Override
    public StoreFile open(Path file) throws IOException {
        if (!exists(file)) {
            SimulatedContent created = new SimulatedContent();
            change(file, files -> files.putIfAbsent(file, created));
        }
        requireWritable();
        return openToRead(file);
    }

    @Override
    public StoreFile openToRead(Path file) throws IOException {
        guard.lock();
        try {
            SimulatedContent content = current.get(file);
            if (content == null) {
                throw new IOException("not there: " + file);
            }
            return new OpenFile(content, epoch);
        } finally {
            guard.unlock();
        }
    }

    @Override
    public StoreFile createPrivate(Path file) throws IOException {
        if (exists(file)) {
            throw new IOException("already there: " + file);
        }
        return open(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        change(file, files -> files.remove(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change(
                from,
                files -> {
                    SimulatedContent content = files.remove(from);
                    if (content != null) {
                        files.put(to, content);
                    }
                });
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        beforeOperation.run();
        guard.lock();
        try {
            count();
            if (syncFails()) {
                throw new IOException("simulated failure of sync");
            }
            for (NamespaceChange change : unsyncedChanges) {
                change.change.apply(durable);
            }
            unsyncedChanges.clear();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public AutoCloseableLock lock(Path file) throws IOException {
        requireWritable();
        return lockToRead(file);
    }

    @Override
    public AutoCloseableLock lockToRead(Path file) throws IOException {
        guard.lock();
        try {
            if (!locks.add(file)) {
                throw new FileLockedException("locked: " + file);
            }
            long lockedIn = epoch;
            return () -> unlock(file, lockedIn);
        } finally {
            guard.unlock();
        }
    }

    /// Another for every seed, and never the same twice.
    @Override
    public long uniqueNumber() {
        guard.lock();
        try {
            return random.nextLong();
        } finally {
            guard.unlock();
        }
    }

    private void unlock(Path file, long lockedIn) {
        guard.lock();
        try {
            if (lockedIn == epoch) {
                locks.remove(file);
            }
        } finally {
            guard.unlock();
        }
    }

    /// Makes a file that is durable with these bytes.
    public void put(Path file, byte[] bytes) {
        guard.lock();
        try {
            SimulatedContent content = new SimulatedContent();
            content.write(0, bytes);
            content.sync();
            current.put(file, content);
            durable.put(file, content);
        } finally {
            guard.unlock();
        }
    }

    /// The bytes of a file, or null where there is none.
    public byte @Nullable [] content(Path file) {
        guard.lock();
        try {
            SimulatedContent content = current.get(file);
            return content == null ? null : content.copy();
        } finally {
            guard.unlock();
        }
    }

    private final class OpenFile implements StoreFile {
        private final SimulatedContent content;
        private final long openedIn;

        OpenFile(SimulatedContent content, long openedIn) {
            this.content = content;
            this.openedIn = openedIn;
        }

        private void requireValid() throws IOException {
            if (openedIn != epoch) {
                throw new IOException("the handle is from before the crash");
            }
            requirePower();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            beforeOperation.run();
            guard.lock();
            try {
                requireValid();
                count();
                requireMemory();
                if (operations >= readFailsAt) {
                    readFailsAt = Long.MAX_VALUE;
                    throw new IOException("simulated failure of a read");
                }
                return content.read(position, target, offset, length);
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            beforeOperation.run();
            guard.lock();
            try {
                requireValid();
                operations++;
                requireMemory();
                byte[] bytes = Arrays.copyOfRange(source, offset, offset + length);
                if (operations > failAt) {
                    content.writeUnseen(position, bytes);
                    requirePower();
                }
                long growth = position + length - content.size();
                if (growth > 0 && usedBytes() + growth > spaceBytes) {
                    int written = random.nextInt(length + 1 - (int) Math.min(growth, length));
                    content.write(position, Arrays.copyOf(bytes, written));
                    throw new NoSpaceException("simulated full disk");
                }
                content.write(position, bytes);
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void sync() throws IOException {
            beforeOperation.run();
            guard.lock();
            try {
                requireValid();
                count();
                if (syncFails()) {
                    content.forgetUnsynced(random);
                    throw new IOException("simulated failure of sync");
                }
                content.sync();
            } finally {
                guard.unlock();
            }
        }

        @Override
        public long size() throws IOException {
            guard.lock();
            try {
                requireValid();
                return content.size();
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            beforeOperation.run();
            guard.lock();
            try {
                requireValid();
                count();
                requireMemory();
                content.truncate(size);
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void close() {}
    }
}
