package org.cladedb.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file in a data directory that says where the server listens that has it open, for commands.
///
/// It is there as long as the server is, and after a crash until the next start. Who reads it must
/// therefore know that the directory is in use, and ask who answers whether the directory is its.
final class AddressFile {
    /// Where a server listens, and its process.
    record Address(String host, int port, long process) {
        @Override
        public String toString() {
            return "the server at %s port %d (process %d)".formatted(host, port, process);
        }
    }

    private static final String NAME = "server.address";
    private static final String NEW_NAME = "server.address.new";
    private static final long BYTES_MAX = 1_000;
    private static final Pattern FORMAT =
            Pattern.compile("host (\\S{1,255})\nport (\\d{1,5})\nprocess (\\d{1,18})\n");

    private AddressFile() {}

    /// Says that this process has the directory.
    ///
    /// @throws IOException the directory cannot be written, or is full; then no file says anything
    static void write(Path directory, String host, int port) throws IOException {
        String text =
                "host %s\nport %d\nprocess %d\n"
                        .formatted(host, port, ProcessHandle.current().pid());
        Path fresh = directory.resolve(NEW_NAME);
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(
                    fresh,
                    directory.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            Files.deleteIfExists(fresh);
            delete(directory);
            throw failure;
        }
    }

    /// What the file says; empty when there is none that makes sense.
    static Optional<Address> read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                return Optional.empty();
            }
            Matcher matcher = FORMAT.matcher(Files.readString(file, StandardCharsets.UTF_8));
            return matcher.matches()
                    ? Optional.of(
                            new Address(
                                    matcher.group(1),
                                    Integer.parseInt(matcher.group(2)),
                                    Long.parseLong(matcher.group(3))))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The server is about to give up the directory. A file that stays does no harm.
    static void delete(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }
}
