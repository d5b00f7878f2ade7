package org.cladedb.comparison;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.comparison.KnownObjects.Column;
import org.cladedb.comparison.KnownObjects.Relation;

/// Random queries for views, over tables and other views.
record RandomViewQuery(RandomScalar scalar, KnownObjects known) {

    String next() {
        List<Relation> sources =
                known.relations().stream()
                        .filter(relation -> !relation.columns().isEmpty())
                        .toList();
        if (sources.isEmpty()) {
            return "SELECT 1 AS a, 'x'::text AS b";
        }
        Relation one = scalar.pick(sources);
        Relation other = scalar.pick(sources);
        return switch (scalar.random().nextInt(11)) {
            case 0, 1 -> "SELECT * FROM " + one.name();
            case 2 -> simple(one);
            case 3 -> joined(one, other);
            case 4 -> "SELECT * FROM " + one.name() + " NATURAL JOIN " + other.name();
            case 5 -> union(one, other);
            case 6 -> grouped(one);
            case 7 -> nested(one, other);
            case 8 -> "SELECT DISTINCT " + columns(one.columns(), "") + " FROM " + one.name();
            case 9 ->
                    "WITH w AS ("
                            + simple(one)
                            + ") SELECT * FROM w CROSS JOIN (SELECT count(*) AS n FROM "
                            + other.name()
                            + ") s";
            default -> using(one, other);
        };
    }

    private String simple(Relation relation) {
        List<Column> columns = relation.columns();
        Column column = scalar.pick(columns);
        String query =
                "SELECT %s, %s AS x1 FROM %s"
                        .formatted(
                                columns(columns, ""),
                                scalar.expression(column.type(), columns, 2),
                                relation.name());
        if (scalar.chance(60)) {
            query += " WHERE " + scalar.condition(columns, 1);
        }
        if (scalar.chance(25)) {
            query += " ORDER BY " + columns(columns, "") + ", x1";
            if (scalar.chance(40)) {
                query += " LIMIT 2";
            }
        }
        return query;
    }

    private String joined(Relation one, Relation other) {
        Column left = scalar.pick(one.columns());
        Column right = same(other, left.type());
        String kind = scalar.pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        return "SELECT l.*, r.%s AS r1 FROM %s l %s %s r ON l.%s = r.%s"
                .formatted(right.name(), one.name(), kind, other.name(), left.name(), right.name());
    }

    private String using(Relation one, Relation other) {
        Column column = scalar.pick(one.columns());
        if (!other.columns().contains(column)) {
            return simple(one);
        }
        return "SELECT %1$s, count(*) AS n FROM %2$s JOIN %3$s USING (%1$s) GROUP BY %1$s"
                .formatted(column.name(), one.name(), other.name());
    }

    private String union(Relation one, Relation other) {
        Column left = scalar.pick(one.columns());
        Column right = same(other, left.type());
        String kind = scalar.pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT"));
        if (scalar.chance(30)) {
            return "SELECT * FROM %s %s SELECT * FROM %s".formatted(one.name(), kind, one.name());
        }
        return "SELECT %s FROM %s %s SELECT %s FROM %s"
                .formatted(left.name(), one.name(), kind, right.name(), other.name());
    }

    private String grouped(Relation relation) {
        Column key = scalar.pick(relation.columns());
        Column value = scalar.pick(relation.columns());
        return "SELECT %s, count(*) AS n, max(%s) AS m FROM %s GROUP BY %s%s"
                .formatted(
                        key.name(),
                        RandomScalar.kind(value.type()).equals("boolean")
                                ? value.name() + "::int"
                                : value.name(),
                        relation.name(),
                        scalar.chance(80) ? key.name() : "1",
                        scalar.chance(30) ? " HAVING count(*) > 1" : "");
    }

    private String nested(Relation one, Relation other) {
        Column left = scalar.pick(one.columns());
        Column right = same(other, left.type());
        if (scalar.chance(50)) {
            return "SELECT %s, (SELECT count(*) FROM %s i WHERE i.%s = o.%s) AS n FROM %s o"
                    .formatted(
                            columns(one.columns(), "o."),
                            other.name(),
                            right.name(),
                            left.name(),
                            one.name());
        }
        return "SELECT * FROM %s WHERE %s IN (SELECT %s FROM %s)"
                .formatted(one.name(), left.name(), right.name(), other.name());
    }

    /// A column of about that type, or any.
    private Column same(Relation relation, String type) {
        List<Column> fitting =
                relation.columns().stream()
                        .filter(column ->
                                RandomScalar.kind(column.type()).equals(RandomScalar.kind(type)))
                        .toList();
        return scalar.pick(fitting.isEmpty() ? relation.columns() : fitting);
    }

    /// Some of the columns, at least one.
    String columns(List<Column> columns, String prefix) {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            if (scalar.chance(60)) {
                names.add(prefix + column.name());
            }
        }
        return names.isEmpty() ? prefix + columns.getFirst().name() : String.join(", ", names);
    }
}
