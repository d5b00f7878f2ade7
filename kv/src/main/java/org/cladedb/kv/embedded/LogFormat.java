package org.cladedb.kv.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.SortedChanges;

/// The bytes of a log segment.
///
/// ```
///   segment: 0 "CLADELOG"  8 int format version  12 int CRC32C of the rest
///           16 long number  24 long first sequence  32 long first batch
///           40 long number of the store   then frames
///   frame:   0 int mark  4 int body bytes  8 int CRC32C of the rest  12 byte flags  13 zeros
///           16 long sequence  24 long batch   32 body
///   body:    operations: 1 put (key, value)  2 delete (key)  3 delete range (start, end)
///            4 delete range (start) to the end;  every key and value with its length before it
/// ```
///
/// A commit is one or more frames; a batch is what was made durable at once.
final class LogFormat {
    static final int FORMAT_VERSION = 2;
    static final int SEGMENT_HEADER_BYTES = 48;
    static final int FRAME_HEADER_BYTES = 32;
    static final int MARK = 0x7C4C4F47;
    static final int FLAG_LAST_OF_COMMIT = 1;
    static final int FLAG_LAST_OF_BATCH = 2;

    /// Bodies are cut after the operation that crosses this size.
    private static final int BODY_BYTES_GOAL = 1024 * 1024;

    /// A body has at most the goal and one operation more.
    static final int BODY_BYTES_MAX = Integer.MAX_VALUE - 1024;

    private static final byte[] MAGIC = "CLADELOG".getBytes(StandardCharsets.US_ASCII);
    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int DELETE_RANGE = 3;
    private static final int DELETE_TO_END = 4;

    /// What a segment says of itself.
    record SegmentHeader(long number, long firstSequence, long firstBatch, long store) {}

    /// What a frame says of itself.
    record FrameHeader(int bodyBytes, int checksum, int flags, long sequence, long batch) {
        boolean isLastOfCommit() {
            return (flags & FLAG_LAST_OF_COMMIT) != 0;
        }

        boolean isLastOfBatch() {
            return (flags & FLAG_LAST_OF_BATCH) != 0;
        }
    }

    private LogFormat() {}

    static byte[] segmentHeader(SegmentHeader header) {
        byte[] bytes = new byte[SEGMENT_HEADER_BYTES];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        BigEndian.putInt(bytes, 8, FORMAT_VERSION);
        BigEndian.putLong(bytes, 16, header.number);
        BigEndian.putLong(bytes, 24, header.firstSequence);
        BigEndian.putLong(bytes, 32, header.firstBatch);
        BigEndian.putLong(bytes, 40, header.store);
        BigEndian.putInt(bytes, 12, checksum(bytes, 16, SEGMENT_HEADER_BYTES - 16));
        return bytes;
    }

    static boolean isMarkedSegmentHeader(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static boolean isIntactSegmentHeader(byte[] bytes) {
        return isMarkedSegmentHeader(bytes)
                && BigEndian.getInt(bytes, 12) == checksum(bytes, 16, SEGMENT_HEADER_BYTES - 16);
    }

    static int segmentVersion(byte[] bytes) {
        return BigEndian.getInt(bytes, 8);
    }

    static SegmentHeader readSegmentHeader(byte[] bytes) {
        return new SegmentHeader(
                BigEndian.getLong(bytes, 16),
                BigEndian.getLong(bytes, 24),
                BigEndian.getLong(bytes, 32),
                BigEndian.getLong(bytes, 40));
    }

    static void writeFrame(ByteWriter out, ByteWriter body, int flags, long sequence, long batch) {
        int start = out.size();
        out.writeInt(MARK);
        out.writeInt(body.size());
        out.writeInt(0);
        out.writeInt(flags << 24);
        out.writeLong(sequence);
        out.writeLong(batch);
        out.writeBytes(body.array(), 0, body.size());
        out.setInt(start + 8, frameChecksum(out.array(), start, body.size()));
    }

    static FrameHeader readFrameHeader(byte[] bytes, int at) {
        return new FrameHeader(
                BigEndian.getInt(bytes, at + 4),
                BigEndian.getInt(bytes, at + 8),
                bytes[at + 12],
                BigEndian.getLong(bytes, at + 16),
                BigEndian.getLong(bytes, at + 24));
    }

    /// The checksum of a frame that stands whole in `bytes`.
    static int frameChecksum(byte[] bytes, int at, int bodyBytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, at + 4, 4);
        checksum.update(bytes, at + 12, FRAME_HEADER_BYTES - 12 + bodyBytes);
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /// The bodies of the frames that describe a commit; at least one.
    static List<ByteWriter> encode(SortedChanges changes) {
        List<ByteWriter> bodies = new ArrayList<>(1);
        ByteWriter body = new ByteWriter(firstBodyBytes(changes));
        bodies.add(body);
        for (KeyRange range : changes.deletedRanges()) {
            body = roomy(bodies, body);
            byte[] end = range.end();
            body.writeByte(end == null ? DELETE_TO_END : DELETE_RANGE);
            writeBytes(body, range.start());
            if (end != null) {
                writeBytes(body, end);
            }
        }
        for (int index = 0; index < changes.size(); index++) {
            // Not at the first: a small commit is quicker done than undone.
            Cancellation.check(index + 1L);
            body = roomy(bodies, body);
            byte[] value = changes.value(index);
            body.writeByte(value == null ? DELETE : PUT);
            writeBytes(body, changes.key(index));
            if (value != null) {
                writeBytes(body, value);
            }
        }
        return bodies;
    }

    /// About what all operations take, or what one body may.
    private static int firstBodyBytes(SortedChanges changes) {
        int bytes = 64 + 32 * changes.deletedRanges().size();
        for (int index = 0; index < changes.size() && bytes < BODY_BYTES_GOAL; index++) {
            byte[] value = changes.value(index);
            bytes += 8 + changes.key(index).length + (value == null ? 0 : value.length);
        }
        return Math.min(bytes, BODY_BYTES_GOAL + 4096);
    }

    private static ByteWriter roomy(List<ByteWriter> bodies, ByteWriter body) {
        if (body.size() < BODY_BYTES_GOAL) {
            return body;
        }
        ByteWriter next = new ByteWriter(BODY_BYTES_GOAL + 4096);
        bodies.add(next);
        return next;
    }

    private static void writeBytes(ByteWriter out, byte[] bytes) {
        out.writeVarint(bytes.length);
        out.writeBytes(bytes);
    }

    /// Appends the operations of a body.
    ///
    /// @throws IndexOutOfBoundsException the body is malformed
    static void decode(byte[] body, int from, int to, List<CommitRequest.Mutation> target) {
        VarintReader reader = new VarintReader(body, from, to);
        while (reader.hasMore()) {
            int operation = reader.nextByte();
            switch (operation) {
                case PUT ->
                        target.add(new CommitRequest.Put(reader.nextBytes(), reader.nextBytes()));
                case DELETE -> target.add(new CommitRequest.Delete(reader.nextBytes()));
                case DELETE_RANGE ->
                        target.add(
                                new CommitRequest.DeleteRange(
                                        reader.nextBytes(), reader.nextBytes()));
                case DELETE_TO_END ->
                        target.add(new CommitRequest.DeleteRange(reader.nextBytes(), null));
                default -> throw new IndexOutOfBoundsException("operation " + operation);
            }
        }
    }
}
