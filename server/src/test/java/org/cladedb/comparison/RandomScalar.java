package org.cladedb.comparison;

import java.util.List;
import java.util.Random;
import org.cladedb.comparison.KnownObjects.Column;

/// Random types, constants and expressions over columns, for definitions.
record RandomScalar(Random random) {
    private static final List<String> TYPES =
            List.of(
                    "int",
                    "int",
                    "bigint",
                    "smallint",
                    "text",
                    "text",
                    "varchar(5)",
                    "varchar(20)",
                    "numeric(8,2)",
                    "boolean",
                    "date",
                    "char(3)",
                    "timestamp");

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String type() {
        return pick(TYPES);
    }

    /// What a type is to expressions: `number`, `text`, `boolean`, `date` or `timestamp`.
    static String kind(String type) {
        String word = type.replaceAll("\\(.*", "");
        return switch (word) {
            case "int", "integer", "bigint", "smallint", "numeric" -> "number";
            case "text", "varchar", "char", "character varying", "character" -> "text";
            case "timestamp", "timestamp without time zone" -> "timestamp";
            default -> word;
        };
    }

    String constant(String type) {
        return switch (kind(type)) {
            case "number" -> String.valueOf(random.nextInt(9) - 1);
            case "text" -> pick(List.of("'a'", "'bb'", "'12'", "'3'", "'xyz'", "''"));
            case "boolean" -> pick(List.of("true", "false"));
            case "date" -> pick(List.of("'2020-01-02'::date", "'1999-12-31'::date"));
            case "timestamp" -> pick(List.of("'2020-01-02 03:04:05'::timestamp"));
            default -> "NULL";
        };
    }

    /// An expression of the kind of the type over some of the columns.
    String expression(String type, List<Column> columns, int depth) {
        List<Column> same =
                columns.stream().filter(column -> kind(column.type()).equals(kind(type))).toList();
        if (depth == 0 || chance(25)) {
            return same.isEmpty() || chance(20) ? constant(type) : name(pick(same));
        }
        String one = expression(type, columns, depth - 1);
        String other = expression(type, columns, depth - 1);
        return switch (kind(type)) {
            case "number" ->
                    pick(List.of(
                                    "%s + %s",
                                    "%s - %s",
                                    "coalesce(%s, %s)",
                                    "greatest(%s, %s)",
                                    "CASE WHEN " + condition(columns, 0) + " THEN %s ELSE %s END",
                                    "nullif(%s, %s)",
                                    "(- %s) * %s"))
                            .formatted(one, other);
            case "text" ->
                    pick(List.of(
                                    "%s || %s",
                                    "coalesce(%s, %s)",
                                    "%s || '-' || %s",
                                    "CASE WHEN " + condition(columns, 0) + " THEN %s ELSE %s END",
                                    "substr(%s, 1, 2) || %s"))
                            .formatted(one, other);
            case "boolean" -> condition(columns, depth - 1);
            case "date" -> pick(List.of("%s + 1", "%s - 3")).formatted(one);
            default -> one;
        };
    }

    String condition(List<Column> columns, int depth) {
        if (columns.isEmpty()) {
            return pick(List.of("1 < 2", "true"));
        }
        Column column = pick(columns);
        String name = name(column);
        String other = expression(column.type(), columns, Math.min(depth, 1));
        String simple =
                switch (kind(column.type())) {
                    case "boolean" ->
                            pick(List.of("%s", "NOT %s", "%s IS NOT TRUE", "%s IS NULL"))
                                    .formatted(name);
                    case "text" ->
                            pick(
                                    List.of(
                                            name + " = " + other,
                                            name + " <> " + other,
                                            name + " LIKE 'a_'",
                                            name + " IN ('a', 'bb')",
                                            "length(" + name + ") < 4",
                                            name + " IS NOT NULL"));
                    default ->
                            pick(
                                    List.of(
                                            name + " = " + other,
                                            name + " < " + other,
                                            name + " >= " + other,
                                            name + " IS NULL",
                                            name
                                                    + " IN ("
                                                    + constant(column.type())
                                                    + ", "
                                                    + constant(column.type())
                                                    + ")",
                                            name
                                                    + " BETWEEN "
                                                    + constant(column.type())
                                                    + " AND "
                                                    + constant(column.type())));
                };
        if (depth == 0) {
            return simple;
        }
        return pick(List.of("%s AND %s", "%s OR %s", "NOT (%s AND %s)", "(%s) IS TRUE OR %s"))
                .formatted(simple, condition(columns, depth - 1));
    }

    private static String name(Column column) {
        return column.name();
    }
}
