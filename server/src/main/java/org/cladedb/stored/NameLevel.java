package org.cladedb.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// One query level: its range variables with their names, and the levels around it.
final class NameLevel {
    private final @Nullable NameLevel parent;
    private final Map<Integer, Range> ranges = new HashMap<>();
    private final Map<String, List<String>> commonTables = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Integer, JoinNames> joins = new HashMap<>();
    private int rangeTableSize;

    /// A join with an alias.
    ///
    /// @param columns what its columns are called, by what they are (`r1.c2`)
    record JoinNames(TableExpression.Join join, String name, Map<String, String> columns) {}

    NameLevel(@Nullable NameLevel parent) {
        this.parent = parent;
    }

    /// Whether columns are written with their range variable.
    boolean isQualified() {
        return parent != null || rangeTableSize != 1;
    }

    void add(Range range) {
        ranges.put(range.number, range);
        rangeTableSize++;
    }

    void addJoin() {
        rangeTableSize++;
    }

    /// Takes a name that nothing visible here has.
    String claim(String wanted) {
        Set<String> taken = new HashSet<>();
        for (NameLevel level = this; level != null; level = level.parent) {
            taken.addAll(level.names);
        }
        String free = Range.unique(wanted, taken);
        names.add(free);
        return free;
    }

    @Nullable Range local(int number) {
        return ranges.get(number);
    }

    Range range(int number) {
        for (NameLevel level = this; level != null; level = level.parent) {
            Range range = level.ranges.get(number);
            if (range != null) {
                return range;
            }
        }
        throw new IllegalStateException("no range variable " + number);
    }

    void define(String commonTable, List<String> columns) {
        commonTables.put(commonTable, columns);
    }

    List<String> commonTable(String name) {
        for (NameLevel level = this; level != null; level = level.parent) {
            List<String> columns = level.commonTables.get(name);
            if (columns != null) {
                return columns;
            }
        }
        throw new IllegalStateException("no common table " + name);
    }

    /// Says that a range variable is hidden by the alias of a join.
    void hide(int range, JoinNames join) {
        joins.put(range, join);
    }

    void show(int range) {
        joins.remove(range);
    }

    @Nullable JoinNames joinOf(int range) {
        for (NameLevel level = this; level != null; level = level.parent) {
            JoinNames join = level.joins.get(range);
            if (join != null || level.ranges.containsKey(range)) {
                return join;
            }
        }
        return null;
    }
}
