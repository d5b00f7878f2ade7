package org.cladedb.ddl;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.analysis.TypeNameResolver;
import org.cladedb.catalog.Sequence;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Makes and changes sequences by their options, with PostgreSQL's defaults and checks.
final class SequenceFactory {
    private SequenceFactory() {}

    /// A new sequence that belongs to no column.
    static Sequence create(
            int oid,
            String schema,
            String name,
            SqlType type,
            List<SequenceOption> options,
            boolean unlogged) {
        Settings settings = new Settings(type);
        settings.unlogged = unlogged;
        settings.apply(options);
        return settings.build(oid, schema, name, 0, 0, false);
    }

    /// The sequence with some options changed.
    static Sequence alter(Sequence sequence, List<SequenceOption> options) {
        Settings settings = new Settings(sequence.type());
        settings.increment = sequence.increment();
        settings.minimum = sequence.minimum();
        settings.maximum = sequence.maximum();
        settings.start = sequence.start();
        settings.cache = sequence.cache();
        settings.cycle = sequence.cycle();
        settings.unlogged = sequence.unlogged();
        settings.apply(options);
        return settings.build(
                sequence.oid(),
                sequence.schema(),
                sequence.name(),
                sequence.ownerTableOid(),
                sequence.ownerColumn(),
                sequence.identity());
    }

    static Sequence ownedBy(Sequence sequence, int tableOid, int column, boolean identity) {
        return copy(sequence, sequence.schema(), sequence.name(), tableOid, column, identity);
    }

    static Sequence renamed(Sequence sequence, String schema, String name) {
        return copy(
                sequence,
                schema,
                name,
                sequence.ownerTableOid(),
                sequence.ownerColumn(),
                sequence.identity());
    }

    private static Sequence copy(
            Sequence sequence,
            String schema,
            String name,
            int tableOid,
            int column,
            boolean identity) {
        return new Sequence(
                sequence.oid(),
                schema,
                name,
                sequence.type(),
                sequence.start(),
                sequence.increment(),
                sequence.minimum(),
                sequence.maximum(),
                sequence.cache(),
                sequence.cycle(),
                tableOid,
                column,
                identity,
                sequence.unlogged());
    }

    static Sequence withUnlogged(Sequence sequence, boolean unlogged) {
        return alter(sequence, List.of(new SequenceOption.Logged(!unlogged, -1)));
    }

    /// Options being gathered; null means not given.
    private static final class Settings {
        private SqlType type;
        private long increment = 1;
        private @Nullable Long minimum;
        private @Nullable Long maximum;
        private @Nullable Long start;
        private long cache = 1;
        private boolean cycle;
        private boolean unlogged;

        Settings(SqlType type) {
            this.type = type;
        }

        void apply(List<SequenceOption> options) {
            requireOnce(options);
            for (SequenceOption option : options) {
                switch (option) {
                    case SequenceOption.DataType given -> setType(given);
                    case SequenceOption.IncrementBy given -> setIncrement(given);
                    case SequenceOption.MinValue given -> minimum = optional(given.value());
                    case SequenceOption.MaxValue given -> maximum = optional(given.value());
                    case SequenceOption.StartWith given -> start = number(given.value());
                    case SequenceOption.Cache given -> setCache(given);
                    case SequenceOption.Cycle given -> cycle = given.cycle();
                    case SequenceOption.Restart _,
                            SequenceOption.OwnedBy _,
                            SequenceOption.SequenceName _ -> {}
                    case SequenceOption.Logged given -> unlogged = !given.logged();
                }
            }
        }

        private static void requireOnce(List<SequenceOption> options) {
            Set<Class<?>> seen = new HashSet<>();
            for (SequenceOption option : options) {
                if (!seen.add(option.getClass())) {
                    throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, "conflicting or redundant options");
                }
            }
        }

        private void setType(SequenceOption.DataType given) {
            SqlType wanted = TypeNameResolver.resolve(given.type());
            TypeKind kind = wanted.kind();
            if (kind != TypeKind.SMALLINT && kind != TypeKind.INTEGER && kind != TypeKind.BIGINT) {
                throw invalid("sequence type must be smallint, integer, or bigint");
            }
            if (maximum != null && maximum == highest(type)) {
                maximum = null;
            }
            if (minimum != null && minimum == lowest(type)) {
                minimum = null;
            }
            type = wanted;
        }

        private void setIncrement(SequenceOption.IncrementBy given) {
            increment = number(given.value());
            if (increment == 0) {
                throw invalid("INCREMENT must not be zero");
            }
        }

        private void setCache(SequenceOption.Cache given) {
            cache = number(given.value());
            if (cache <= 0) {
                throw invalid("CACHE (" + cache + ") must be greater than zero");
            }
        }

        Sequence build(
                int oid,
                String schema,
                String name,
                int ownerTable,
                int ownerColumn,
                boolean identity) {
            long low = minimum != null ? minimum : increment > 0 ? 1 : lowest(type);
            long high = maximum != null ? maximum : increment > 0 ? highest(type) : -1;
            checkRange("MINVALUE", low);
            checkRange("MAXVALUE", high);
            if (low >= high) {
                throw invalid("MINVALUE (" + low + ") must be less than MAXVALUE (" + high + ")");
            }
            long first = start != null ? start : increment > 0 ? low : high;
            if (first < low) {
                throw invalid(
                        "START value (" + first + ") cannot be less than MINVALUE (" + low + ")");
            }
            if (first > high) {
                throw invalid(
                        "START value ("
                                + first
                                + ") cannot be greater than MAXVALUE ("
                                + high
                                + ")");
            }
            return new Sequence(
                    oid,
                    schema,
                    name,
                    type,
                    first,
                    increment,
                    low,
                    high,
                    cache,
                    cycle,
                    ownerTable,
                    ownerColumn,
                    identity,
                    unlogged);
        }

        private void checkRange(String what, long value) {
            if (value < lowest(type) || value > highest(type)) {
                throw invalid(
                        what
                                + " ("
                                + value
                                + ") is out of range for sequence data type "
                                + type.kind().sqlName());
            }
        }

        private static long highest(SqlType type) {
            return switch (type.kind().length()) {
                case 2 -> Short.MAX_VALUE;
                case 4 -> Integer.MAX_VALUE;
                default -> Long.MAX_VALUE;
            };
        }

        private static long lowest(SqlType type) {
            return -highest(type) - 1;
        }

        private static @Nullable Long optional(@Nullable BigInteger value) {
            return value == null ? null : number(value);
        }

        private static DatabaseException invalid(String message) {
            return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message);
        }
    }

    static long number(BigInteger value) {
        if (value.bitLength() >= Long.SIZE) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value \"" + value + "\" is out of range for type bigint");
        }
        return value.longValue();
    }
}
