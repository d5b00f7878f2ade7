package org.cladedb.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A range variable while names are chosen for it and its columns.
final class Range {
    /// What stands in FROM.
    enum Kind {
        RELATION,
        QUERY,
        COMMON_TABLE,
        FUNCTION,
        MERGED
    }

    final int number;
    final Kind kind;
    final @Nullable String alias;

    /// What it is called without an alias; null for nothing.
    final @Nullable String ownName;

    /// What the columns are called by themselves, by number; null where there is none now.
    final List<@Nullable String> ownColumns;

    /// What the user called them, by number; shorter where not given.
    final List<String> columnAliases;

    /// Names that joins need, by column number.
    final Map<Integer, String> forced = new HashMap<>();

    /// Names of merged columns of the joins around it, which no other column may have.
    final Set<String> reserved = new HashSet<>();

    private @Nullable String name;
    private List<@Nullable String> columns = List.of();

    Range(
            int number,
            Kind kind,
            @Nullable String alias,
            @Nullable String ownName,
            List<@Nullable String> ownColumns,
            List<String> columnAliases) {
        this.number = number;
        this.kind = kind;
        this.alias = alias;
        this.ownName = ownName;
        this.ownColumns = ownColumns;
        this.columnAliases = columnAliases;
    }

    @Nullable String name() {
        return name;
    }

    void name(@Nullable String newName) {
        name = newName;
    }

    String column(int columnNumber) {
        String column = columns.get(columnNumber - 1);
        if (column == null) {
            throw new IllegalStateException("a column that is gone");
        }
        return column;
    }

    /// Chooses names for the columns: the user's, else their own, made unique.
    void nameColumns() {
        List<@Nullable String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>(reserved);
        taken.addAll(forced.values());
        for (int i = 0; i < ownColumns.size(); i++) {
            String own = ownColumns.get(i);
            String needed = forced.get(i + 1);
            if (own == null) {
                names.add(null);
            } else if (needed != null) {
                names.add(needed);
            } else {
                String wanted = i < columnAliases.size() ? columnAliases.get(i) : own;
                String free = unique(wanted, taken);
                taken.add(free);
                names.add(free);
            }
        }
        columns = names;
    }

    static String unique(String wanted, Set<String> taken) {
        String candidate = wanted;
        for (int i = 1; taken.contains(candidate); i++) {
            candidate = wanted + "_" + i;
        }
        return candidate;
    }

    /// The names to print after the alias; empty when they go without saying.
    List<String> printedColumns() {
        List<String> printed = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (column != null) {
                printed.add(column);
                changed |= !column.equals(ownColumns.get(i));
            }
        }
        boolean always =
                kind == Kind.FUNCTION || (kind != Kind.RELATION && !columnAliases.isEmpty());
        return changed || always ? printed : List.of();
    }
}
