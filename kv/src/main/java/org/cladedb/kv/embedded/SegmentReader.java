package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// The frames of one segment.
final class SegmentReader {
    private static final int WINDOW_BYTES = 1024 * 1024;

    private final StoreFile file;
    private final String name;
    private final long size;
    // The window: bytes of the file from `windowStart` on.
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowStart;
    private int windowBytes;
    // Of the frame that `next` returned last, and where the one after it begins.
    private int frameAt;
    private int frameBodyBytes;
    private long position = LogFormat.SEGMENT_HEADER_BYTES;

    SegmentReader(StoreFile file, String name) throws IOException {
        this.file = file;
        this.name = name;
        this.size = file.size();
    }

    LogFormat.@Nullable SegmentHeader header() throws IOException {
        byte[] bytes = new byte[LogFormat.SEGMENT_HEADER_BYTES];
        int count = file.read(0, bytes, 0, bytes.length);
        if (count < bytes.length || !LogFormat.isMarkedSegmentHeader(bytes)) {
            return null;
        }
        int version = LogFormat.segmentVersion(bytes);
        if (version != LogFormat.FORMAT_VERSION) {
            // Before the checksum, which may be elsewhere in another version.
            throw corrupt(8, StoreFormat.otherVersion(version, LogFormat.FORMAT_VERSION));
        }
        return LogFormat.isIntactSegmentHeader(bytes) ? LogFormat.readSegmentHeader(bytes) : null;
    }

    /// Whether only zeros follow: what a segment is made of before it is written.
    boolean atEnd() throws IOException {
        byte[] zeros = new byte[WINDOW_BYTES];
        long at = position;
        while (at < size) {
            int count = (int) Math.min(WINDOW_BYTES, size - at);
            int start = have(at, count);
            if (!Arrays.equals(window, start, start + count, zeros, 0, count)) {
                return false;
            }
            at += count;
        }
        return true;
    }

    long position() {
        return position;
    }

    byte[] body() {
        return window;
    }

    int bodyStart() {
        return frameAt + LogFormat.FRAME_HEADER_BYTES;
    }

    int bodyEnd() {
        return bodyStart() + frameBodyBytes;
    }

    /// The next frame, or null when none that is sound begins here.
    LogFormat.@Nullable FrameHeader next() throws IOException {
        LogFormat.FrameHeader frame = frameAt(position);
        if (frame != null) {
            frameAt = (int) (position - windowStart);
            frameBodyBytes = frame.bodyBytes();
            position += LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
        }
        return frame;
    }

    private LogFormat.@Nullable FrameHeader frameAt(long at) throws IOException {
        if (at + LogFormat.FRAME_HEADER_BYTES > size) {
            return null;
        }
        int start = have(at, LogFormat.FRAME_HEADER_BYTES);
        if (markAt(start) != LogFormat.MARK) {
            return null;
        }
        LogFormat.FrameHeader frame = LogFormat.readFrameHeader(window, start);
        long whole = LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
        if (frame.bodyBytes() < 0
                || frame.bodyBytes() > LogFormat.BODY_BYTES_MAX
                || at + whole > size) {
            return null;
        }
        start = have(at, (int) whole);
        int checksum = LogFormat.frameChecksum(window, start, frame.bodyBytes());
        return checksum == frame.checksum() ? frame : null;
    }

    private int markAt(int start) {
        return BigEndian.getInt(window, start);
    }

    /// Brings `count` bytes from `at` into the window; returns where they begin in it.
    private int have(long at, int count) throws IOException {
        if (at < windowStart || at + count > windowStart + windowBytes) {
            if (count > window.length) {
                window = new byte[count];
            }
            windowStart = at;
            windowBytes = file.read(at, window, 0, (int) Math.min(window.length, size - at));
            if (windowBytes < count) {
                throw corrupt(at, "the file ends early");
            }
        }
        return (int) (at - windowStart);
    }

    /// The largest batch number of any sound frame from `from` on, or -1.
    long newestBatchFrom(long from) throws IOException {
        long newest = -1;
        long at = from;
        while (at + LogFormat.FRAME_HEADER_BYTES <= size) {
            int start = have(at, LogFormat.FRAME_HEADER_BYTES);
            if (markAt(start) == LogFormat.MARK) {
                LogFormat.FrameHeader frame = frameAt(at);
                if (frame != null) {
                    newest = Math.max(newest, frame.batch());
                    at += LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
                    continue;
                }
            }
            at++;
        }
        return newest;
    }

    CorruptionException corrupt(long at, String what) {
        return new CorruptionException(what + ": file " + name + ", offset " + at);
    }
}
