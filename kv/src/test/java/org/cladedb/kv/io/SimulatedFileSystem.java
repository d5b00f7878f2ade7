package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Files in memory that remember what a power failure may take away.
///
/// A crash keeps, of the writes that were not synced, any subset, each whole, torn at a sector or
/// not at all; of the changes of the directory that were not synced, a first part. Every choice
/// comes from the seed. Afterwards old handles fail and the files can be opened again.
public final class SimulatedFileSystem implements FileSystem {
    private static final int SECTOR_BYTES = 512;

    /// Bytes that a crash may drop.
    private record Write(long position, byte[] bytes) {}

    private static final class Content {
        byte[] durable = new byte[0];
        int durableSize;
        byte[] current = new byte[0];
        int size;
        final List<Write> unsynced = new ArrayList<>();
    }

    private interface NamespaceChange {
        void apply(Map<Path, Content> files);
    }

    private final ReentrantLock guard = new ReentrantLock();
    private final Random random;
    private final Set<Path> locks = new HashSet<>();
    private final List<NamespaceChange> unsyncedChanges = new ArrayList<>();
    private TreeMap<Path, Content> durable = new TreeMap<>();
    private TreeMap<Path, Content> current = new TreeMap<>();
    private long epoch;
    private long operations;
    private long failAt = Long.MAX_VALUE;
    private boolean syncsFail;

    public SimulatedFileSystem(long seed) {
        this.random = new Random(seed);
    }

    /// Writes, syncs and changes of the directory so far.
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
            syncsFail = true;
        } finally {
            guard.unlock();
        }
    }

    /// The power fails and comes back.
    public void crash() {
        guard.lock();
        try {
            int kept = random.nextInt(unsyncedChanges.size() + 1);
            for (NamespaceChange change : unsyncedChanges.subList(0, kept)) {
                change.apply(durable);
            }
            unsyncedChanges.clear();
            for (Content content : durable.values()) {
                lose(content);
            }
            current = new TreeMap<>(durable);
            locks.clear();
            epoch++;
            failAt = Long.MAX_VALUE;
            syncsFail = false;
        } finally {
            guard.unlock();
        }
    }

    private void lose(Content content) {
        List<Write> survivors = new ArrayList<>();
        int style = random.nextInt(4);
        for (Write write : content.unsynced) {
            boolean keep =
                    switch (style) {
                        case 0 -> false;
                        case 1 -> true;
                        default -> random.nextBoolean();
                    };
            if (keep) {
                survivors.add(style == 3 && random.nextInt(3) == 0 ? tear(write) : write);
            }
        }
        if (style > 1) {
            Collections.shuffle(survivors, random);
        }
        byte[] bytes = Arrays.copyOf(content.durable, content.durableSize);
        for (Write write : survivors) {
            int end = (int) (write.position + write.bytes.length);
            bytes = end > bytes.length ? Arrays.copyOf(bytes, end) : bytes;
            System.arraycopy(write.bytes, 0, bytes, (int) write.position, write.bytes.length);
        }
        content.unsynced.clear();
        content.durable = bytes;
        content.durableSize = bytes.length;
        content.current = bytes.clone();
        content.size = bytes.length;
    }

    private Write tear(Write write) {
        int sectors = write.bytes.length / SECTOR_BYTES;
        int kept =
                sectors == 0
                        ? random.nextInt(write.bytes.length + 1)
                        : random.nextInt(sectors + 1) * SECTOR_BYTES;
        return new Write(write.position, Arrays.copyOf(write.bytes, kept));
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

    private void change(NamespaceChange change) throws IOException {
        guard.lock();
        try {
            count();
            change.apply(current);
            unsyncedChanges.add(change);
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
        guard.lock();
        try {
            requirePower();
            Content content = current.get(file);
            if (content == null) {
                Content created = new Content();
                change(files -> files.putIfAbsent(file, created));
                content = created;
            }
            return new OpenFile(content, epoch);
        } finally {
            guard.unlock();
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        change(files -> files.remove(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change(files -> {
            Content content = files.remove(from);
            if (content != null) {
                files.put(to, content);
            }
        });
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        guard.lock();
        try {
            count();
            if (syncsFail) {
                throw new IOException("simulated failure of sync");
            }
            for (NamespaceChange change : unsyncedChanges) {
                change.apply(durable);
            }
            unsyncedChanges.clear();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public AutoCloseableLock lock(Path file) throws IOException {
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

    /// The bytes of a file, or null where there is none.
    public byte @Nullable [] content(Path file) {
        guard.lock();
        try {
            Content content = current.get(file);
            return content == null ? null : Arrays.copyOf(content.current, content.size);
        } finally {
            guard.unlock();
        }
    }

    private final class OpenFile implements StoreFile {
        private final Content content;
        private final long openedIn;

        OpenFile(Content content, long openedIn) {
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
            guard.lock();
            try {
                requireValid();
                int count = (int) Math.max(0, Math.min(length, content.size - position));
                System.arraycopy(content.current, (int) position, target, offset, count);
                return count;
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            guard.lock();
            try {
                byte[] bytes = Arrays.copyOfRange(source, offset, offset + length);
                requireValid();
                operations++;
                boolean powerFails = operations > failAt;
                content.unsynced.add(new Write(position, bytes));
                if (powerFails) {
                    requirePower();
                }
                int end = (int) (position + length);
                if (end > content.current.length) {
                    content.current =
                            Arrays.copyOf(
                                    content.current, Math.max(end, content.current.length * 2));
                }
                System.arraycopy(bytes, 0, content.current, (int) position, length);
                content.size = Math.max(content.size, end);
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void sync() throws IOException {
            guard.lock();
            try {
                requireValid();
                count();
                if (syncsFail) {
                    throw new IOException("simulated failure of sync");
                }
                content.durable = Arrays.copyOf(content.current, content.size);
                content.durableSize = content.size;
                content.unsynced.clear();
            } finally {
                guard.unlock();
            }
        }

        @Override
        public long size() throws IOException {
            guard.lock();
            try {
                requireValid();
                return content.size;
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            guard.lock();
            try {
                requireValid();
                count();
                if (size < content.size) {
                    content.size = (int) size;
                    Arrays.fill(content.current, content.size, content.current.length, (byte) 0);
                }
            } finally {
                guard.unlock();
            }
        }

        @Override
        public void close() {}
    }
}
