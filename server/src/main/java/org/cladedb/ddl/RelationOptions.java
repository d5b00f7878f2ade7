package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;

/// Storage parameters as relations keep them: `name=value`, in the order they were given.
final class RelationOptions {
    private static final String TOAST = "toast.";

    private RelationOptions() {}

    /// Those of a new table: `oids = false` is no parameter, but may be said.
    static List<String> ofNewTable(List<Option> options) {
        List<Option> kept = new ArrayList<>();
        for (Option option : options) {
            if (!option.name().equals("oids")) {
                kept.add(option);
            } else if (!isFalse(value(option))) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "tables declared WITH OIDS are not supported");
            }
        }
        return with(List.of(), kept, Owner.TABLE);
    }

    private static boolean isFalse(String value) {
        return value.equals("false") || value.equals("off") || value.equals("0");
    }

    /// The parameters after WITH or SET.
    static List<String> with(List<String> before, List<Option> given, Owner owner) {
        requireOnce(given);
        List<String> after = without(before, given);
        for (Option option : given) {
            StorageParameters.require(owner(option, owner), plainName(option), value(option));
            if (option.name().equals("layout") && !value(option).equals("interleaved")) {
                throw ConstraintAdder.unsupported("layout = " + value(option), option.position());
            }
            after.add(option.name() + "=" + value(option));
        }
        return after;
    }

    /// The parameters after RESET.
    static List<String> reset(List<String> before, List<Option> given, Owner owner) {
        for (Option option : given) {
            if (!option.values().isEmpty()) {
                throw new DatabaseException(
                        SqlState.SYNTAX_ERROR, "RESET must not include values for parameters");
            }
            owner(option, owner);
        }
        return without(before, given);
    }

    private static List<String> without(List<String> before, List<Option> given) {
        List<String> kept = new ArrayList<>();
        for (String option : before) {
            String name = option.substring(0, option.indexOf('='));
            if (given.stream().noneMatch(other -> other.name().equals(name))) {
                kept.add(option);
            }
        }
        return kept;
    }

    private static void requireOnce(List<Option> given) {
        Set<String> seen = new HashSet<>();
        for (Option option : given) {
            if (!seen.add(option.name())) {
                throw StorageParameters.invalid(
                        "parameter \"" + plainName(option) + "\" specified more than once");
            }
        }
    }

    private static Owner owner(Option option, Owner owner) {
        int dot = option.name().indexOf('.');
        if (dot < 0) {
            return owner;
        }
        if (owner != Owner.TABLE || !option.name().startsWith(TOAST)) {
            throw StorageParameters.invalid(
                    "unrecognized parameter namespace \"%s\""
                            .formatted(option.name().substring(0, dot)));
        }
        return Owner.TOAST;
    }

    private static String plainName(Option option) {
        return option.name().substring(option.name().indexOf('.') + 1);
    }

    private static String value(Option option) {
        return option.values().isEmpty() ? "true" : option.values().getFirst();
    }
}
