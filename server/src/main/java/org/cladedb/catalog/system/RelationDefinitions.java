package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The names and columns of all system relations. Immutable once loaded.
final class RelationDefinitions {
    private final Map<String, SystemTable> byName = new LinkedHashMap<>();
    private final Map<Integer, SystemTable> byOid = new LinkedHashMap<>();
    private final Map<String, List<SystemTable>> byPlainName = new LinkedHashMap<>();
    private final Map<Integer, Character> kinds = new LinkedHashMap<>();

    private final Available available;

    RelationDefinitions(FunctionRegistry functions) {
        available = new Available(functions);
        for (String[] line : TabSeparated.read("relations.tsv")) {
            int oid = Integer.parseInt(line[0]);
            List<Column> columns = columns(line[4]);
            SystemTable table =
                    new SystemTable(oid, line[1], line[2], columns, lookups(line[2], columns));
            byName.put(line[1] + "." + line[2], table);
            byOid.put(oid, table);
            byPlainName.computeIfAbsent(line[2], _ -> new ArrayList<>()).add(table);
            kinds.put(oid, line[3].charAt(0));
        }
    }

    /// What can be called.
    Available available() {
        return available;
    }

    private static List<SystemTable.Lookup> lookups(String relation, List<Column> columns) {
        List<SystemTable.Lookup> lookups = new ArrayList<>();
        for (Column column : columns) {
            Lookups.Way way = Lookups.of(relation, column.name());
            if (way != null) {
                lookups.add(new SystemTable.Lookup(column.number(), way.rows));
            }
        }
        return lookups;
    }

    private static List<Column> columns(String text) {
        List<Column> columns = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] nameAndType = part.split(" ", -1);
            boolean notNull = nameAndType[1].endsWith("!");
            String typeName = notNull ? nameAndType[1].replace("!", "") : nameAndType[1];
            columns.add(
                    new Column(
                            columns.size() + 1,
                            nameAndType[0],
                            type(typeName),
                            notNull,
                            null,
                            Column.Generation.NONE,
                            false,
                            null,
                            null));
        }
        return columns;
    }

    private static SqlType type(String name) {
        boolean isArray = name.startsWith("_");
        TypeKind kind = TypeKind.byTypeName(isArray ? name.substring(1) : name);
        if (kind == null) {
            throw new IllegalStateException("unknown type " + name);
        }
        return isArray ? SqlType.arrayOf(SqlType.of(kind)) : SqlType.of(kind);
    }

    @Nullable SystemTable find(String schema, String name) {
        return byName.get(schema + "." + name);
    }

    @Nullable SystemTable find(int oid) {
        return byOid.get(oid);
    }

    /// Those of that name in any schema.
    List<SystemTable> named(String name) {
        return byPlainName.getOrDefault(name, List.of());
    }

    List<SystemTable> all() {
        return List.copyOf(byName.values());
    }

    /// `r` for tables, `v` for views, as in `pg_class.relkind`.
    char kind(int oid) {
        return kinds.getOrDefault(oid, 'r');
    }

    /// All names, for tests that every relation can be read.
    Set<String> names() {
        return byName.keySet();
    }
}
