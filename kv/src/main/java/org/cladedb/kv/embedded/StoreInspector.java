package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.StoreFile;

/// Shows headers, pages and log records of a store as text, damaged ones too as far as possible.
///
/// Reads the files as they are, without claiming the directory; of a store in use it may show what
/// is being overwritten. Formats are described in `docs/formats/embedded-store.md`.
public final class StoreInspector {
    private static final int SHOWN_BYTES_MAX = 48;

    private final FileSystem fileSystem;
    private final Path directory;
    private final LogFiles log;
    private boolean foundDamage;

    public StoreInspector(FileSystem fileSystem, Path directory) {
        this.fileSystem = fileSystem;
        this.directory = directory;
        this.log = new LogFiles(fileSystem, directory);
    }

    /// Whether anything shown so far could not be read. The end of a log that a crash cut off is no
    /// damage.
    public boolean foundDamage() {
        return foundDamage;
    }

    /// Both headers and the log segments.
    ///
    /// @throws UnavailableException the files cannot be read
    public String summary() {
        return reading(data -> {
            StringBuilder text = new StringBuilder();
            for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
                DataHeader header = DataFile.readHeader(data, slot);
                foundDamage |= header == null;
                text.append("header %d: ".formatted(slot));
                text.append(header == null ? "cannot be read" : describe(header)).append('\n');
            }
            for (long number : log.numbers()) {
                try (StoreFile file = log.open(number)) {
                    SegmentReader reader = new SegmentReader(file, LogFiles.name(number));
                    foundDamage |= reader.header() == null;
                    text.append(
                            "%s: %d bytes, %s\n"
                                    .formatted(
                                            LogFiles.name(number), file.size(), reader.header()));
                }
            }
            return text.toString();
        });
    }

    private static String describe(DataHeader header) {
        return "checkpoint %d, commits up to %d, root at %s, free space at %s, %d blocks, log from %s"
                .formatted(
                        header.checkpoint(),
                        header.sequence(),
                        place(header.root()),
                        place(header.freeSpace()),
                        header.endBlock(),
                        LogFiles.name(header.logSegment()));
    }

    private static String place(long reference) {
        if (reference == PageReference.NONE) {
            return "none";
        }
        int blocks = PageReference.blocks(reference);
        return "block "
                + PageReference.block(reference)
                + (blocks == 1 ? "" : " (" + blocks + " blocks)")
                + (PageReference.hasLargeValues(reference) ? " (large values below)" : "");
    }

    /// The page that begins at `block`.
    ///
    /// @throws UnavailableException the files cannot be read
    public String page(long block) {
        return reading(data -> {
            if (block < DataHeader.SLOTS || block > Integer.MAX_VALUE) {
                return "pages begin at block " + DataHeader.SLOTS + "\n";
            }
            byte[] page = readPage(data, block);
            if (page.length == 0) {
                return "block " + block + " lies beyond the end of the file\n";
            }
            return describePage(page, block);
        });
    }

    /// As many blocks as the page says that it uses.
    private static byte[] readPage(StoreFile data, long block) throws IOException {
        byte[] page = new byte[PageReference.BLOCK_BYTES];
        long offset = block * PageReference.BLOCK_BYTES;
        if (data.read(offset, page, 0, page.length) < page.length) {
            return new byte[0];
        }
        int used = PageFormat.used(page);
        long rest = data.size() - offset;
        if (used <= page.length || used > rest) {
            return page;
        }
        byte[] whole = new byte[PageReference.blocksFor(used) * PageReference.BLOCK_BYTES];
        data.read(offset, whole, 0, (int) Math.min(whole.length, rest));
        return whole;
    }

    private String describePage(byte[] page, long block) {
        StringBuilder text = new StringBuilder();
        boolean intact = PageFormat.isIntact(page, block);
        foundDamage |= !intact;
        text.append(
                "block %d: %s at level %d, %d entries, made by commit %d, %d of %d bytes used, checksum %s\n"
                        .formatted(
                                block,
                                kindName(PageFormat.kind(page)),
                                PageFormat.level(page),
                                PageFormat.entries(page),
                                PageFormat.birth(page),
                                PageFormat.used(page),
                                page.length,
                                intact ? "right" : "WRONG"));
        String problem = PageCheck.layout(page);
        if (problem != null) {
            foundDamage = true;
            return text.append(problem).append('\n').toString();
        }
        switch (PageFormat.kind(page)) {
            case PageFormat.KIND_LEAF -> describeLeaf(page, text);
            case PageFormat.KIND_INNER -> describeInner(page, text);
            case PageFormat.KIND_VALUE ->
                    text.append(shown(page, PageFormat.HEADER_BYTES, PageFormat.used(page)) + "\n");
            default -> {}
        }
        return text.toString();
    }

    private static String kindName(int kind) {
        return switch (kind) {
            case PageFormat.KIND_LEAF -> "leaf";
            case PageFormat.KIND_INNER -> "inner page";
            case PageFormat.KIND_VALUE -> "large value";
            case PageFormat.KIND_FREE_SPACE -> "list of free space";
            default -> "unknown kind " + kind;
        };
    }

    private static void describeLeaf(byte[] page, StringBuilder text) {
        int prefix = LeafPage.prefixStart(page);
        text.append(
                "prefix %s\n"
                        .formatted(shown(page, prefix, prefix + PageFormat.prefixLength(page))));
        for (int index = 0; index < PageFormat.entries(page); index++) {
            byte[] key = LeafPage.copyKey(page, index);
            int start = LeafPage.valueStart(page, index);
            String value;
            if (LeafPage.isLarge(page, index)) {
                LargeValue large = LargeValue.read(page, start);
                value = "%d bytes at %s".formatted(large.length(), place(large.reference()));
            } else {
                value = shown(page, start, start + LeafPage.storedValueLength(page, index));
            }
            text.append("%5d  %s = %s\n".formatted(index, shown(key, 0, key.length), value));
        }
    }

    private static void describeInner(byte[] page, StringBuilder text) {
        for (int index = 0; index < PageFormat.entries(page); index++) {
            String from = "";
            if (index > 0) {
                byte[] separator = InnerPage.separator(page, index);
                from = " from " + shown(separator, 0, separator.length);
            }
            text.append(
                    "%5d  %s, tags %016x%s\n"
                            .formatted(
                                    index,
                                    place(InnerPage.child(page, index)),
                                    InnerPage.tags(page, index),
                                    from));
        }
    }

    /// Every record of a log segment.
    ///
    /// @throws UnavailableException the files cannot be read
    public String log(long number) {
        return reading(_ -> {
            StringBuilder text = new StringBuilder();
            if (!log.numbers().contains(number)) {
                return "there is no segment " + LogFiles.name(number) + "\n";
            }
            try (StoreFile file = log.open(number)) {
                SegmentReader reader = new SegmentReader(file, LogFiles.name(number));
                foundDamage |= reader.header() == null;
                text.append("%s: %s\n".formatted(LogFiles.name(number), reader.header()));
                long at = reader.position();
                for (LogFormat.FrameHeader frame = reader.next();
                        frame != null;
                        frame = reader.next()) {
                    describe(at, frame, reader, text);
                    at = reader.position();
                }
                text.append(
                        reader.atEnd()
                                ? "offset %d: end\n".formatted(at)
                                : "offset %d: no sound record\n".formatted(at));
            }
            return text.toString();
        });
    }

    private void describe(
            long at, LogFormat.FrameHeader frame, SegmentReader reader, StringBuilder text) {
        text.append(
                "offset %d: commit %d%s, batch %d%s, %d bytes\n"
                        .formatted(
                                at,
                                frame.sequence(),
                                frame.isLastOfCommit() ? "" : " (goes on)",
                                frame.batch(),
                                frame.isLastOfBatch() ? " (its last)" : "",
                                frame.bodyBytes()));
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        try {
            LogFormat.decode(reader.body(), reader.bodyStart(), reader.bodyEnd(), mutations);
        } catch (IndexOutOfBoundsException e) {
            foundDamage = true;
            text.append("    malformed\n");
        }
        for (CommitRequest.Mutation mutation : mutations) {
            text.append("    ").append(describe(mutation)).append('\n');
        }
    }

    private static String describe(CommitRequest.Mutation mutation) {
        return switch (mutation) {
            case CommitRequest.Put(byte[] key, byte[] value) ->
                    "put %s = %s"
                            .formatted(shown(key, 0, key.length), shown(value, 0, value.length));
            case CommitRequest.Delete(byte[] key) -> "delete " + shown(key, 0, key.length);
            case CommitRequest.DeleteRange(byte[] start, byte[] end) ->
                    "delete from %s to %s"
                            .formatted(
                                    shown(start, 0, start.length),
                                    end == null ? "the end" : shown(end, 0, end.length));
        };
    }

    /// Bytes in hexadecimal, and as text where they are printable.
    private static String shown(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SHOWN_BYTES_MAX);
        StringBuilder text = new StringBuilder(HexFormat.of().formatHex(bytes, from, end));
        text.append(" \"");
        for (int index = from; index < end; index++) {
            boolean printable = bytes[index] >= ' ' && bytes[index] < 0x7F;
            text.append(printable ? (char) bytes[index] : '.');
        }
        text.append('"');
        if (end < to) {
            text.append(" … %d bytes".formatted(to - from));
        }
        return text.toString();
    }

    private interface Reading {
        String apply(StoreFile data) throws IOException;
    }

    private String reading(Reading reading) {
        Path path = directory.resolve(DataFile.NAME);
        try {
            if (!fileSystem.exists(path)) {
                throw new UnavailableException("there is no store in " + directory);
            }
            try (StoreFile data = fileSystem.openToRead(path)) {
                return reading.apply(data);
            }
        } catch (CorruptionException e) {
            return e.getMessage() + "\n";
        } catch (IOException e) {
            throw new UnavailableException("cannot read the store in " + directory, e);
        }
    }
}
