package org.cladedb.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The arguments of the process.
///
/// @param command `start`, `demo`, `version`, `help`, or `train`, which the launcher uses
/// @param exit for demo: whether to stop after printing
record CommandLine(String command, ServerConfig config, boolean exit) {
    static final String USAGE =
            """
            usage: clade <command> [options]

              start     start the server
                --port <n>       port to listen on (default 5432)
                --host <name>    address to listen on (default 127.0.0.1)
                --data <dir>     data directory, made if missing (default ./data)
                --memory         keep everything in memory instead
                --cache-mb <n>   memory for pages
                --memory-limit-mb <n>  memory that statements may hold together
                --checkpoint-kb <n>  log that may grow before a checkpoint (default 262144)
              demo      start a server in memory with a small shop in it and show a nested result
                --port, --host   as above
                --exit           stop after the result was shown
              check <dir>              verify all files of a data directory that is not in use
              check --data <dir>       and all rows, constraints and indexes of its databases
              inspect <dir>            show its headers and log segments
              inspect <dir> page <n>   show the page that begins at block n
              inspect <dir> log <n>    show the records of log segment n
              backup <dir> <target>    copy a data directory, verified; a server may be using it
              restore <backup> <dir>   make a data directory of a backup
              test      run all tests
              sql       open psql on the running server
              version   print the version\
            """;

    private static final long KILOBYTE = 1024L;
    private static final long MEGABYTE = 1024L * 1024;

    /// What is being parsed. Owned by one thread.
    private static final class Parser {
        private final String[] arguments;
        private int next;
        private String host = ServerConfig.DEFAULT_HOST;
        private int port = ServerConfig.DEFAULT_PORT;
        private @Nullable Path directory;
        private boolean memory;
        private long cacheBytes;
        private long memoryBytes;
        private long checkpointLogBytes;
        private boolean exit;

        Parser(String[] arguments) {
            this.arguments = arguments;
        }

        CommandLine parse() {
            String command = arguments.length == 0 ? "help" : arguments[next++];
            boolean demo = command.equals("demo");
            switch (command) {
                case "start", "demo", "train" -> options(demo);
                case "version", "--version", "help", "--help", "-h" -> {}
                default -> throw new StartupFailure("unknown command \"" + command + "\"", null);
            }
            String known =
                    switch (command) {
                        case "--version" -> "version";
                        case "--help", "-h" -> "help";
                        default -> command;
                    };
            return new CommandLine(
                    known,
                    new ServerConfig(
                            host,
                            port,
                            memory || demo ? null : orDefault(directory),
                            cacheBytes,
                            memoryBytes,
                            checkpointLogBytes,
                            ServerConfig.DEFAULT_CONNECTIONS_MAX),
                    exit);
        }

        private void options(boolean demo) {
            while (next < arguments.length) {
                String option = arguments[next++];
                switch (option) {
                    case "--port" -> port = (int) number(option, 0, 65_535);
                    case "--host" -> host = value(option);
                    case "--data" -> directory = demo ? none(option) : Path.of(value(option));
                    case "--memory" -> memory = true;
                    case "--cache-mb" -> cacheBytes = number(option, 1, 1L << 30) * MEGABYTE;
                    case "--memory-limit-mb" ->
                            memoryBytes = number(option, 1, 1L << 30) * MEGABYTE;
                    case "--checkpoint-kb" ->
                            checkpointLogBytes = number(option, 1, 1L << 30) * KILOBYTE;
                    case "--exit" -> exit = true;
                    default -> throw new StartupFailure("unknown option \"" + option + "\"", null);
                }
            }
            if (memory && directory != null) {
                throw new StartupFailure("--memory and --data exclude each other", null);
            }
        }

        private static Path orDefault(@Nullable Path given) {
            return given == null ? Path.of("data") : given;
        }

        private static Path none(String option) {
            throw new StartupFailure("the demo has no option " + option, null);
        }

        private String value(String option) {
            if (next == arguments.length) {
                throw new StartupFailure("option " + option + " needs a value", null);
            }
            return arguments[next++];
        }

        private long number(String option, long minimum, long maximum) {
            String text = value(option);
            try {
                long number = Long.parseLong(text);
                if (number >= minimum && number <= maximum) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Reported below, together with numbers out of range.
            }
            throw new StartupFailure(
                    "option %s needs a number from %d to %d, not \"%s\""
                            .formatted(option, minimum, maximum, text),
                    null);
        }
    }

    /// @throws StartupFailure with a message for the user
    static CommandLine parse(String[] arguments) {
        return new Parser(arguments).parse();
    }
}
