package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A file of this machine.
///
/// A file channel closes when a thread is interrupted while using it, which cancelling a statement
/// does. Since every operation names its position it can be repeated: it is, on a new channel, and
/// the thread stays marked as interrupted.
///
/// Not so a sync. The system tells each open file of a failed write once, and one that is opened
/// later perhaps never: with the channel that was closed in the middle of a sync goes what that
/// would have said, and a sync of a new one may well succeed after data was lost. So there is a
/// second channel from the beginning, which is told too, and which no thread touches that anybody
/// could interrupt.
final class RealFile implements StoreFile {
    /// One use of the channel; repeated from the start when the channel was closed under it.
    private interface Operation {
        long run(FileChannel channel) throws IOException;
    }

    private final Path path;
    private final boolean writable;
    // For syncs that were interrupted.
    private final FileChannel witness;
    // Guards reopening and closing.
    private final ReentrantLock guard = new ReentrantLock();
    private volatile FileChannel channel;
    private volatile boolean closed;
    // Made beforehand: a sync that might not have begun for want of memory counts as failed.
    private final Operation force = this::force;

    private RealFile(Path path, boolean writable) throws IOException {
        this.path = path;
        this.writable = writable;
        this.witness = writable ? openChannel(StandardOpenOption.CREATE) : openChannel();
        try {
            this.channel = openChannel();
        } catch (IOException e) {
            witness.close();
            throw e;
        }
    }

    /// Made where missing.
    static RealFile toWrite(Path path) throws IOException {
        return new RealFile(path, true);
    }

    static RealFile toRead(Path path) throws IOException {
        return new RealFile(path, false);
    }

    private FileChannel openChannel(OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(more));
        options.add(StandardOpenOption.READ);
        if (writable) {
            options.add(StandardOpenOption.WRITE);
        }
        try {
            return FileChannel.open(path, options, Ownership.FILE);
        } catch (FileSystemException e) {
            throw classified(e);
        }
    }

    /// Tells a full disk from other failures, for which Java has no type: by the words of the C
    /// library.
    static IOException classified(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean isFull =
                message.contains("No space left on device")
                        || message.contains("Disk quota exceeded")
                        // The limit of a process for its files.
                        || message.contains("File too large")
                        || message.contains("There is not enough space on the disk");
        return isFull ? new NoSpaceException(message, failure) : failure;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        return (int)
                uninterrupted(current -> {
                    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
                    while (buffer.hasRemaining()) {
                        int at = length - buffer.remaining();
                        if (current.read(buffer, position + at) < 0) {
                            break;
                        }
                    }
                    return (long) length - buffer.remaining();
                });
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
        uninterrupted(current -> {
            ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
            while (buffer.hasRemaining()) {
                int at = length - buffer.remaining();
                writeSome(current, buffer, position + at);
            }
            return 0;
        });
    }

    private static void writeSome(FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        try {
            channel.write(buffer, position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw classified(e);
        }
    }

    @Override
    public void sync() throws IOException {
        uninterrupted(force);
    }

    private long force(FileChannel current) throws IOException {
        try {
            current.force(false);
        } catch (ClosedChannelException _) {
            syncByWitness();
        }
        return 0;
    }

    /// Syncs in a thread of its own.
    private void syncByWitness() throws IOException {
        FutureTask<Void> sync =
                new FutureTask<>(() -> {
                    witness.force(false);
                    return null;
                });
        Thread.ofPlatform().daemon().name("cladedb-sync").start(sync);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    sync.get();
                    return;
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException("cannot sync " + path, e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public void truncate(long size) throws IOException {
        uninterrupted(current -> {
            current.truncate(size);
            return 0;
        });
    }

    private long uninterrupted(Operation operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                FileChannel current = channel;
                try {
                    return operation.run(current);
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    reopen(current, e);
                } catch (ClosedChannelException e) {
                    // Another thread was interrupted in the middle of its own operation.
                    reopen(current, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reopen(@Nullable FileChannel broken, IOException cause) throws IOException {
        guard.lock();
        try {
            if (closed) {
                throw cause;
            }
            if (channel.equals(broken)) {
                channel = openChannel();
            }
        } finally {
            guard.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        guard.lock();
        try {
            closed = true;
            try {
                witness.close();
            } finally {
                channel.close();
            }
        } finally {
            guard.unlock();
        }
    }
}
