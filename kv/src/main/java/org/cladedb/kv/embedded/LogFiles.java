package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.StoreFile;

/// The log's segments as files: `log-` and a number that only rises.
final class LogFiles {
    private static final String PREFIX = "log-";
    private static final int DIGITS = 12;

    private final FileSystem fileSystem;
    private final Path directory;

    LogFiles(FileSystem fileSystem, Path directory) {
        this.fileSystem = fileSystem;
        this.directory = directory;
    }

    /// Twelve digits, whatever the digits of the machine's language are. (A format string would
    /// also load all there is about languages at each start.)
    static String name(long number) {
        String digits = Long.toString(number);
        return PREFIX + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /// The numbers of all segments, ascending.
    List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : fileSystem.list(directory)) {
            if (name.startsWith(PREFIX) && name.length() == PREFIX.length() + DIGITS) {
                String digits = name.substring(PREFIX.length());
                if (digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                    numbers.add(Long.parseLong(digits));
                }
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /// A segment that is there, for reading.
    StoreFile open(long number) throws IOException {
        return fileSystem.openToRead(directory.resolve(name(number)));
    }

    /// Makes an empty segment, durably.
    StoreFile create(LogFormat.SegmentHeader header) throws IOException {
        StoreFile file = fileSystem.open(directory.resolve(name(header.number())));
        boolean made = false;
        try {
            byte[] bytes = LogFormat.segmentHeader(header);
            file.truncate(0);
            file.write(0, bytes, 0, bytes.length);
            file.sync();
            fileSystem.syncDirectory(directory);
            made = true;
            return file;
        } finally {
            if (!made) {
                file.close();
            }
        }
    }

    /// Removes the segments before `number`, durably.
    void deleteBefore(long number) throws IOException {
        for (long old : numbers()) {
            if (old < number) {
                fileSystem.delete(directory.resolve(name(old)));
            }
        }
        fileSystem.syncDirectory(directory);
    }
}
