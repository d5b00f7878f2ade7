package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A file of this machine.
///
/// A file channel closes when a thread is interrupted while using it, which cancelling a statement
/// does. Since every operation names its position it can be repeated: it is, on a new channel, and
/// the thread stays marked as interrupted.
final class RealFile implements StoreFile {
    /// One use of the channel; repeated from the start when the channel was closed under it.
    private interface Operation {
        long run(FileChannel channel) throws IOException;
    }

    private final Path path;
    // Guards reopening and closing.
    private final ReentrantLock guard = new ReentrantLock();
    private volatile FileChannel channel;
    private volatile boolean closed;

    RealFile(Path path) throws IOException {
        this.path = path;
        this.channel = openChannel(path);
    }

    private static FileChannel openChannel(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw classified(e);
        }
    }

    /// Tells a full disk from other failures, for which Java has no type: by the words of the C
    /// library.
    private static IOException classified(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean isFull =
                message.contains("No space left on device")
                        || message.contains("Disk quota exceeded")
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
        uninterrupted(current -> {
            current.force(false);
            return 0;
        });
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
                channel = openChannel(path);
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
            channel.close();
        } finally {
            guard.unlock();
        }
    }
}
