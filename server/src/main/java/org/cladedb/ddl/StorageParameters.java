package org.cladedb.ddl;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The storage parameters of relations and columns, and what they may be set to. Nothing here
/// follows them; they are checked so that mistakes are seen, and kept to be shown and dumped.
final class StorageParameters {
    private static final int MOST = Integer.MAX_VALUE;
    private static final Values TRUTH = new Truth();
    private static final Map<Owner, Map<String, Values>> KNOWN = new HashMap<>();

    private StorageParameters() {}

    /// What can have parameters.
    enum Owner {
        TABLE,
        /// What keeps the long values of a table: `toast.name`.
        TOAST,
        BTREE,
        HASH,
        VIEW,
        COLUMN
    }

    private sealed interface Values {}

    private record Truth() implements Values {}

    private record Whole(int least, int most) implements Values {}

    private record Real(double least, double most) implements Values {}

    /// @param shown those of the accepted words that errors name
    private record Word(List<String> accepted, List<String> shown) implements Values {}

    static {
        List<Owner> both = List.of(Owner.TABLE, Owner.TOAST);
        List<Owner> table = List.of(Owner.TABLE);
        List<Owner> filled = List.of(Owner.TABLE, Owner.BTREE, Owner.HASH);
        know("autovacuum_enabled", TRUTH, both);
        know("vacuum_truncate", TRUTH, both);
        know("user_catalog_table", TRUTH, table);
        know("security_barrier", TRUTH, List.of(Owner.VIEW));
        know("security_invoker", TRUTH, List.of(Owner.VIEW));
        know("deduplicate_items", TRUTH, List.of(Owner.BTREE));
        know("fillfactor", new Whole(10, 100), filled);
        know("parallel_workers", new Whole(0, 1024), table);
        know("toast_tuple_target", new Whole(128, 8160), table);
        know("autovacuum_vacuum_threshold", new Whole(0, MOST), both);
        know("autovacuum_vacuum_max_threshold", new Whole(-1, MOST), both);
        know("autovacuum_vacuum_insert_threshold", new Whole(-1, MOST), both);
        know("autovacuum_analyze_threshold", new Whole(0, MOST), table);
        know("autovacuum_vacuum_cost_limit", new Whole(1, 10_000), both);
        know("autovacuum_freeze_min_age", new Whole(0, 1_000_000_000), both);
        know("autovacuum_multixact_freeze_min_age", new Whole(0, 1_000_000_000), both);
        know("autovacuum_freeze_max_age", new Whole(100_000, 2_000_000_000), both);
        know("autovacuum_multixact_freeze_max_age", new Whole(10_000, 2_000_000_000), both);
        know("autovacuum_freeze_table_age", new Whole(0, 2_000_000_000), both);
        know("autovacuum_multixact_freeze_table_age", new Whole(0, 2_000_000_000), both);
        know("log_autovacuum_min_duration", new Whole(-1, MOST), both);
        know("autovacuum_vacuum_cost_delay", new Real(0, 100), both);
        know("autovacuum_vacuum_scale_factor", new Real(0, 100), both);
        know("autovacuum_vacuum_insert_scale_factor", new Real(0, 100), both);
        know("autovacuum_analyze_scale_factor", new Real(0, 100), table);
        know("vacuum_max_eager_freeze_failure_rate", new Real(0, 1), both);
        know("vacuum_cleanup_index_scale_factor", new Real(0, 1e10), List.of(Owner.BTREE));
        know("n_distinct", new Real(-1, Double.MAX_VALUE), List.of(Owner.COLUMN));
        know("n_distinct_inherited", new Real(-1, Double.MAX_VALUE), List.of(Owner.COLUMN));
        know(
                "vacuum_index_cleanup",
                new Word(
                        List.of("on", "off", "auto", "true", "false", "yes", "no", "1", "0"),
                        List.of("on", "off", "auto")),
                both);
        List<String> checks = List.of("local", "cascaded");
        know("check_option", new Word(checks, checks), List.of(Owner.VIEW));
        List<String> layouts = List.of("interleaved", "co_sorted");
        know("layout", new Word(layouts, layouts), table);
    }

    private static void know(String name, Values values, List<Owner> owners) {
        for (Owner owner : owners) {
            KNOWN.computeIfAbsent(owner, _ -> new HashMap<>()).put(name, values);
        }
    }

    /// @throws DatabaseException 22023 when there is no such parameter or it cannot have this value
    static void require(Owner owner, String name, String value) {
        Values values = KNOWN.getOrDefault(owner, Map.of()).get(name);
        switch (values) {
            case null -> throw invalid("unrecognized parameter \"" + name + "\"");
            case Truth _ -> {
                if (!isTruth(value)) {
                    throw invalid("boolean", name, value);
                }
            }
            case Whole whole -> {
                BigDecimal number = number("integer", name, value);
                requireBetween(
                        name,
                        value,
                        number.setScale(0, RoundingMode.HALF_EVEN),
                        List.of(new BigDecimal(whole.least()), new BigDecimal(whole.most())),
                        "%.0f");
            }
            case Real real ->
                    requireBetween(
                            name,
                            value,
                            number("floating point", name, value),
                            List.of(new BigDecimal(real.least()), new BigDecimal(real.most())),
                            "%.6f");
            case Word word -> {
                if (!word.accepted().contains(value.toLowerCase(Locale.ROOT))) {
                    throw invalid("enum", name, value)
                            .withDetail("Valid values are " + listed(word.shown()) + ".");
                }
            }
        }
    }

    private static String listed(List<String> words) {
        String all =
                words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        String separator = words.size() > 2 ? ", and " : " and ";
        return all.substring(0, last) + separator + all.substring(last + 2);
    }

    /// As words for truth are written: their beginnings will do.
    private static boolean isTruth(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        boolean isBeginning =
                !word.isEmpty()
                        && ("true".startsWith(word)
                                || "false".startsWith(word)
                                || "yes".startsWith(word)
                                || "no".startsWith(word));
        return isBeginning
                || word.equals("on")
                || (word.length() > 1 && "off".startsWith(word))
                || word.equals("1")
                || word.equals("0");
    }

    private static BigDecimal number(String kind, String name, String value) {
        try {
            return new BigDecimal(value.strip());
        } catch (NumberFormatException _) {
            throw invalid(kind, name, value);
        }
    }

    private static void requireBetween(
            String name, String value, BigDecimal number, List<BigDecimal> bounds, String format) {
        if (number.compareTo(bounds.getFirst()) < 0 || number.compareTo(bounds.getLast()) > 0) {
            throw invalid("value %s out of bounds for option \"%s\"".formatted(value, name))
                    .withDetail(
                            "Valid values are between \"%s\" and \"%s\"."
                                    .formatted(
                                            format.formatted(bounds.getFirst()),
                                            format.formatted(bounds.getLast())));
        }
    }

    private static DatabaseException invalid(String kind, String name, String value) {
        return invalid("invalid value for %s option \"%s\": %s".formatted(kind, name, value));
    }

    static DatabaseException invalid(String message) {
        return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
