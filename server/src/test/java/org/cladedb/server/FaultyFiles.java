package org.cladedb.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// The machine's file system, in which making, writing or reading private files fails when a test
/// says so.
final class FaultyFiles implements FileSystem {
    private final FileSystem real = FileSystem.real();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Place broken;
    private volatile boolean full;
    private final AtomicInteger soundLeft = new AtomicInteger();

    /// What fails.
    enum Place {
        CREATE,
        WRITE,
        READ
    }

    /// Breaks `place` after so many more calls that succeed.
    ///
    /// @param fullDisk whether for want of space
    void breakAt(Place place, boolean fullDisk, int sound) {
        failures.set(0);
        soundLeft.set(sound);
        full = fullDisk;
        broken = place;
    }

    /// Returns how many calls failed.
    int mend() {
        broken = null;
        return failures.get();
    }

    private void at(Place place) throws IOException {
        if (broken == place && soundLeft.getAndDecrement() <= 0) {
            failures.incrementAndGet();
            throw full ? new NoSpaceException("no space") : new IOException("broken");
        }
    }

    @Override
    public StoreFile createPrivate(Path file) throws IOException {
        at(Place.CREATE);
        return new File(real.createPrivate(file));
    }

    private final class File implements StoreFile {
        private final StoreFile sound;

        File(StoreFile sound) {
            this.sound = sound;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            at(Place.READ);
            return sound.read(position, target, offset, length);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            at(Place.WRITE);
            sound.write(position, source, offset, length);
        }

        @Override
        public void sync() throws IOException {
            sound.sync();
        }

        @Override
        public long size() throws IOException {
            return sound.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            sound.truncate(size);
        }

        @Override
        public void close() throws IOException {
            sound.close();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        real.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return real.exists(file);
    }

    @Override
    public StoreFile open(Path file) throws IOException {
        return real.open(file);
    }

    @Override
    public StoreFile openToRead(Path file) throws IOException {
        return real.openToRead(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        real.syncDirectory(directory);
    }

    @Override
    public AutoCloseableLock lock(Path file) throws IOException {
        return real.lock(file);
    }

    @Override
    public AutoCloseableLock lockToRead(Path file) throws IOException {
        return real.lockToRead(file);
    }

    @Override
    public long uniqueNumber() {
        return real.uniqueNumber();
    }
}
