package org.cladedb.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import org.cladedb.error.SqlState;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.KvException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.embedded.StoreBackup;
import org.cladedb.kv.embedded.StoreCheck;
import org.cladedb.kv.embedded.StoreInspector;
import org.cladedb.kv.io.FileLockedException;
import org.cladedb.kv.io.FileSystem;

/// The commands that work on the files of a data directory without a server: `check`, `inspect`,
/// `backup` and `restore`. Of a directory that a server has open, `backup` asks that server.
///
/// Their exit status: 0 all is well, 1 it could not be done, 2 damage was found.
final class StoreCommands {
    private static final int DONE = 0;
    private static final int NOT_DONE = 1;
    private static final int DAMAGED = 2;
    private static final Set<String> NAMES = Set.of("check", "inspect", "backup", "restore");

    private final PrintStream out;
    private final PrintStream errors;
    private final FileSystem files = FileSystem.real();

    StoreCommands(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /// Whether the arguments of the process name one of these commands.
    static boolean handle(String[] arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /// Runs the command and returns the exit status.
    int run(String[] arguments) {
        try {
            return dispatch(arguments);
        } catch (CorruptionException failure) {
            errors.println("clade: " + failure.getMessage());
            return DAMAGED;
        } catch (CommandFailure failure) {
            errors.println("clade: " + failure.getMessage());
            return failure.is(SqlState.DATA_CORRUPTED) ? DAMAGED : NOT_DONE;
        } catch (KvException failure) {
            errors.println("clade: " + failure.getMessage());
            return NOT_DONE;
        }
    }

    private int dispatch(String[] arguments) {
        int count = arguments.length;
        switch (arguments[0]) {
            case "check" -> {
                if (count == 2) {
                    return check(Path.of(arguments[1]));
                }
                if (count == 3 && arguments[1].equals("--data")) {
                    int files = check(Path.of(arguments[2]));
                    return files == DONE ? checkData(Path.of(arguments[2])) : files;
                }
            }
            case "inspect" -> {
                if (count == 2 || count == 4) {
                    return inspect(arguments);
                }
            }
            case "backup" -> {
                if (count == 3) {
                    return backup(Path.of(arguments[1]), Path.of(arguments[2]));
                }
            }
            case "restore" -> {
                if (count == 3) {
                    return restore(Path.of(arguments[1]), Path.of(arguments[2]));
                }
            }
            default -> {}
        }
        errors.println("clade: wrong arguments of \"" + arguments[0] + "\"");
        errors.println(CommandLine.USAGE);
        return NOT_DONE;
    }

    private int check(Path directory) {
        StoreCheck.Report report;
        try {
            report = StoreCheck.run(files, directory);
        } catch (UnavailableException failure) {
            throw isInUse(failure) ? cannotCheck(directory) : failure;
        }
        out.println(report.describe());
        boolean isComplete =
                StoreBackup.claimed(files, directory)
                        .map(content -> isBackup(content, report))
                        .orElse(true);
        return report.isSound() && isComplete ? DONE : DAMAGED;
    }

    private int checkData(Path directory) {
        return new DataVerification(out).run(directory) == 0 ? DONE : DAMAGED;
    }

    private boolean isBackup(StoreBackup.Content content, StoreCheck.Report report) {
        boolean matches =
                report.entries() == content.entries() && report.checksum() == content.checksum();
        String claim =
                "%d entries up to commit %d, checksum %08x"
                        .formatted(content.entries(), content.sequence(), content.checksum());
        out.println(
                matches
                        ? "a complete backup: " + claim
                        : "DAMAGED: not the backup that was made (%s), or opened since"
                                .formatted(claim));
        return matches;
    }

    private static boolean isInUse(UnavailableException failure) {
        return failure.getCause() instanceof FileLockedException;
    }

    private static CommandFailure cannotCheck(Path directory) {
        String user =
                AddressFile.read(directory)
                        .map(AddressFile.Address::toString)
                        .orElse("another process");
        return new CommandFailure(
                """
                the directory %s is in use by %s: stop that first, or check a backup, \
                made with "clade backup %s <target>"\
                """
                        .formatted(directory, user, directory));
    }

    private int inspect(String[] arguments) {
        StoreInspector inspector = new StoreInspector(files, Path.of(arguments[1]));
        if (arguments.length == 2) {
            out.print(inspector.summary());
            return inspector.foundDamage() ? DAMAGED : DONE;
        }
        long number;
        try {
            number = Long.parseLong(arguments[3]);
        } catch (NumberFormatException _) {
            errors.println("clade: not a number: " + arguments[3]);
            return NOT_DONE;
        }
        switch (arguments[2]) {
            case "page" -> out.print(inspector.page(number));
            case "log" -> out.print(inspector.log(number));
            default -> {
                errors.println("clade: inspect shows \"page N\" or \"log N\"");
                return NOT_DONE;
            }
        }
        return inspector.foundDamage() ? DAMAGED : DONE;
    }

    private int backup(Path directory, Path target) {
        StoreCheck.requireStore(files, directory);
        say("backed up", content(directory, target), target);
        return DONE;
    }

    private StoreBackup.Content content(Path directory, Path target) {
        EmbeddedStore opened;
        try {
            opened = EmbeddedStore.open(files, directory, EmbeddedOptions.defaults());
        } catch (UnavailableException failure) {
            if (isInUse(failure)) {
                return ServerBackup.make(directory, target);
            }
            throw failure;
        }
        try (EmbeddedStore store = opened) {
            return store.backup(files, target, () -> {});
        }
    }

    private int restore(Path backup, Path target) {
        say("restored", StoreBackup.restore(files, backup, target), target);
        return DONE;
    }

    private void say(String what, StoreBackup.Content content, Path target) {
        out.println(
                "%s %d entries up to commit %d to %s, checksum %08x"
                        .formatted(
                                what,
                                content.entries(),
                                content.sequence(),
                                target,
                                content.checksum()));
    }
}
