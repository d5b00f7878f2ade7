package org.cladedb.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cladedb.comparison.KnownObjects.Column;
import org.cladedb.comparison.KnownObjects.Constraint;
import org.cladedb.comparison.KnownObjects.Relation;

/// The next statement of a history of definitions: mostly one that makes sense of the objects that
/// are there, sometimes one that does not. What may be a grouping foreign key here is marked by
/// [#GROUPING].
final class RandomDefinition {
    static final String GROUPING = "/*GROUPING*/";

    private static final List<String> SCHEMAS = List.of("public", "public", "s1", "s2");
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e", "f");
    private static final List<String> ACTIONS =
            List.of(
                    "",
                    "",
                    " ON DELETE CASCADE",
                    " ON DELETE SET NULL",
                    " ON UPDATE CASCADE",
                    " ON DELETE CASCADE ON UPDATE CASCADE",
                    " ON DELETE SET DEFAULT",
                    " ON UPDATE RESTRICT");

    private final RandomScalar scalar;
    private final KnownObjects known;

    RandomDefinition(Random random, KnownObjects known) {
        this.scalar = new RandomScalar(random);
        this.known = known;
    }

    String next() {
        int choice = scalar.random().nextInt(100);
        if (known.tables().size() < 2 || choice < 7) {
            return createTable();
        }
        if (choice < 30) {
            return change();
        }
        if (choice < 62) {
            return alterTable(scalar.pick(known.tables()));
        }
        if (choice < 76) {
            return view();
        }
        if (choice < 84) {
            return index();
        }
        if (choice < 89) {
            return rename();
        }
        return other();
    }

    private String fresh(String letter) {
        return scalar.pick(SCHEMAS) + "." + letter + (1 + scalar.random().nextInt(4));
    }

    private String createTable() {
        if (!known.tables().isEmpty() && scalar.chance(12)) {
            return scalar.chance(50)
                    ? "CREATE TABLE "
                            + fresh("t")
                            + " AS "
                            + new RandomViewQuery(scalar, known).next()
                    : "CREATE TABLE %s (LIKE %s%s)"
                            .formatted(
                                    fresh("t"),
                                    scalar.pick(known.tables()).name(),
                                    scalar.pick(
                                            List.of(
                                                    "",
                                                    " INCLUDING DEFAULTS",
                                                    " INCLUDING INDEXES",
                                                    " INCLUDING CONSTRAINTS INCLUDING DEFAULTS",
                                                    " INCLUDING GENERATED")));
        }
        List<String> parts = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        int count = 1 + scalar.random().nextInt(4);
        for (int i = 0; i < count; i++) {
            String type = i == 0 && scalar.chance(70) ? "int" : scalar.type();
            Column column = new Column(COLUMNS.get(i), type);
            parts.add(column(column, columns, i == 0 && scalar.chance(60)));
            columns.add(column);
        }
        if (scalar.chance(35)) {
            parts.add(constraint(columns));
        }
        String options = scalar.pick(List.of("", "", "", "", " WITH (fillfactor = 70)"));
        return "CREATE %sTABLE %s%s (%s)%s"
                .formatted(
                        scalar.chance(4) ? "UNLOGGED " : "",
                        scalar.chance(10) ? "IF NOT EXISTS " : "",
                        fresh("t"),
                        String.join(", ", parts),
                        options);
    }

    /// @param before the columns that stand before it
    private String column(Column column, List<Column> before, boolean primary) {
        String text = column.name() + " " + column.type();
        if (primary) {
            return text + " PRIMARY KEY";
        }
        List<Column> all = new ArrayList<>(before);
        all.add(column);
        switch (scalar.random().nextInt(14)) {
            case 0 -> text += " NOT NULL";
            case 1 -> text += " DEFAULT " + scalar.expression(column.type(), List.of(), 1);
            case 2 -> text += " DEFAULT " + scalar.constant(column.type()) + " NOT NULL";
            case 3 -> text += " CHECK (" + scalar.condition(all, 1) + ")";
            case 4 -> text += " UNIQUE";
            case 5 -> text += reference(column.type());
            case 6 ->
                    text +=
                            " GENERATED ALWAYS AS ("
                                    + scalar.expression(column.type(), before, 1)
                                    + ") STORED";
            case 7 -> {
                if (RandomScalar.kind(column.type()).equals("number")) {
                    text +=
                            scalar.pick(
                                    List.of(
                                            " GENERATED ALWAYS AS IDENTITY",
                                            " GENERATED BY DEFAULT AS IDENTITY (START 5)"));
                }
            }
            default -> {}
        }
        return text;
    }

    private String reference(String type) {
        List<Relation> targets =
                known.tables().stream()
                        .filter(table ->
                                !table.columns().isEmpty()
                                        && RandomScalar.kind(table.columns().getFirst().type())
                                                .equals(RandomScalar.kind(type)))
                        .toList();
        if (targets.isEmpty()) {
            return "";
        }
        Relation target = scalar.pick(targets);
        return " " + GROUPING + "REFERENCES " + target.name() + scalar.pick(ACTIONS);
    }

    private String constraint(List<Column> columns) {
        String name = scalar.chance(40) ? "CONSTRAINT k" + scalar.random().nextInt(4) + " " : "";
        Column column = scalar.pick(columns);
        Column other = scalar.pick(columns);
        String late = scalar.chance(20) ? " NOT VALID" : "";
        return name
                + switch (scalar.random().nextInt(6)) {
                    case 0 -> "UNIQUE (" + column.name() + ")";
                    case 1 -> "UNIQUE (" + column.name() + ", " + other.name() + ")";
                    case 2 -> "PRIMARY KEY (" + column.name() + ")";
                    case 3 -> {
                        String reference = reference(column.type());
                        yield reference.isEmpty()
                                ? "CHECK (" + scalar.condition(columns, 1) + ")" + late
                                : reference.contains("REFERENCES")
                                        ? reference
                                                        .strip()
                                                        .replace(
                                                                "REFERENCES",
                                                                "FOREIGN KEY ("
                                                                        + column.name()
                                                                        + ") REFERENCES")
                                                + late
                                        : "";
                    }
                    case 4 -> "NOT NULL " + column.name() + late;
                    default -> "CHECK (" + scalar.condition(columns, 1) + ")" + late;
                };
    }

    private String alterTable(Relation table) {
        List<Column> columns = table.columns();
        String alter = "ALTER TABLE " + table.name() + " ";
        if (columns.isEmpty()) {
            return alter + "ADD a int";
        }
        Column column = scalar.pick(columns);
        String name = column.name();
        String cascade = scalar.chance(30) ? " CASCADE" : "";
        return alter
                + switch (scalar.random().nextInt(22)) {
                    case 0, 1, 2 ->
                            "ADD COLUMN "
                                    + column(
                                            new Column(scalar.pick(COLUMNS), scalar.type()),
                                            columns,
                                            false);
                    case 3 -> "DROP COLUMN " + name + cascade;
                    case 4, 5 -> "ALTER " + name + " TYPE " + scalar.type();
                    case 6 -> {
                        String type = scalar.type();
                        yield "ALTER %s TYPE %s USING %s"
                                .formatted(name, type, scalar.expression(type, columns, 1));
                    }
                    case 7 ->
                            "ALTER "
                                    + name
                                    + " SET DEFAULT "
                                    + scalar.expression(column.type(), List.of(), 1);
                    case 8 -> "ALTER " + name + " DROP DEFAULT";
                    case 9 -> "ALTER " + name + " SET NOT NULL";
                    case 10 -> "ALTER " + name + " DROP NOT NULL";
                    case 11 ->
                            scalar.pick(
                                            List.of(
                                                    "ALTER %s ADD GENERATED ALWAYS AS IDENTITY",
                                                    "ALTER %s DROP IDENTITY IF EXISTS",
                                                    "ALTER %s SET GENERATED BY DEFAULT",
                                                    "ALTER %s DROP EXPRESSION IF EXISTS"))
                                    .formatted(name);
                    case 12, 13, 14, 15 -> "ADD " + constraint(columns);
                    case 16, 17 -> ofConstraint(table, cascade);
                    case 18 ->
                            scalar.pick(
                                    List.of(
                                            "SET (fillfactor = 50)",
                                            "RESET (fillfactor)",
                                            "SET UNLOGGED",
                                            "SET LOGGED",
                                            "REPLICA IDENTITY FULL",
                                            "ALTER " + name + " SET STATISTICS 10",
                                            "ALTER " + name + " SET STORAGE plain"));
                    case 19 ->
                            "ADD COLUMN IF NOT EXISTS "
                                    + column(
                                            new Column(scalar.pick(COLUMNS), scalar.type()),
                                            columns,
                                            false)
                                    + ", ALTER "
                                    + name
                                    + " SET NOT NULL";
                    case 20 -> "DROP COLUMN IF EXISTS " + scalar.pick(COLUMNS) + cascade;
                    default -> "RENAME " + name + " TO " + scalar.pick(COLUMNS);
                };
    }

    private String ofConstraint(Relation table, String cascade) {
        List<Constraint> constraints = known.constraintsOf(table.name());
        if (constraints.isEmpty()) {
            return "DROP CONSTRAINT IF EXISTS k1";
        }
        Constraint constraint = scalar.pick(constraints);
        return switch (scalar.random().nextInt(5)) {
            case 0, 1 -> "DROP CONSTRAINT " + constraint.name() + cascade;
            case 2 -> "VALIDATE CONSTRAINT " + constraint.name();
            case 3 ->
                    "RENAME CONSTRAINT " + constraint.name() + " TO k" + scalar.random().nextInt(4);
            default -> "ALTER CONSTRAINT " + constraint.name() + " NOT ENFORCED";
        };
    }

    private String view() {
        List<Relation> views = known.views();
        int choice = scalar.random().nextInt(10);
        if (views.isEmpty() || choice < 6) {
            boolean replaces = !views.isEmpty() && scalar.chance(25);
            // A view may not come to read itself.
            String query =
                    new RandomViewQuery(scalar, replaces ? known.withoutViews() : known).next();
            return "CREATE %sVIEW %s AS %s"
                    .formatted(
                            replaces ? "OR REPLACE " : "",
                            replaces ? scalar.pick(views).name() : fresh("v"),
                            query);
        }
        Relation view = scalar.pick(views);
        if (choice == 6 && !view.columns().isEmpty()) {
            return "ALTER VIEW %s RENAME COLUMN %s TO %s"
                    .formatted(
                            view.name(),
                            scalar.pick(view.columns()).name(),
                            scalar.pick(List.of("a", "b", "y", "z")));
        }
        return choice == 7
                ? "ALTER VIEW " + view.name() + " SET SCHEMA " + scalar.pick(SCHEMAS)
                : "DROP VIEW " + view.name() + (scalar.chance(40) ? " CASCADE" : "");
    }

    private String index() {
        Relation table = scalar.pick(known.tables());
        if (table.columns().isEmpty() || (!known.indexes().isEmpty() && scalar.chance(30))) {
            return known.indexes().isEmpty()
                    ? "DROP INDEX IF EXISTS i1"
                    : "DROP INDEX " + scalar.pick(known.indexes());
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i <= scalar.random().nextInt(2); i++) {
            parts.add(
                    scalar.pick(table.columns()).name()
                            + scalar.pick(
                                    List.of("", "", " DESC", " NULLS FIRST", " DESC NULLS LAST")));
        }
        return "CREATE %sINDEX %sON %s (%s)%s"
                .formatted(
                        scalar.chance(30) ? "UNIQUE " : "",
                        scalar.chance(40) ? "i" + scalar.random().nextInt(5) + " " : "",
                        table.name(),
                        String.join(", ", parts),
                        scalar.chance(15)
                                ? " INCLUDE (" + scalar.pick(table.columns()).name() + ")"
                                : "");
    }

    private String rename() {
        Relation relation = scalar.pick(known.relations());
        String kind = relation.view() ? "VIEW" : "TABLE";
        return switch (scalar.random().nextInt(5)) {
            case 0, 1 ->
                    "ALTER %s %s RENAME TO %s%d"
                            .formatted(
                                    kind,
                                    relation.name(),
                                    relation.view() ? "v" : "t",
                                    1 + scalar.random().nextInt(4));
            case 2 ->
                    "ALTER %s %s SET SCHEMA %s"
                            .formatted(kind, relation.name(), scalar.pick(SCHEMAS));
            case 3 ->
                    known.indexes().isEmpty()
                            ? "ALTER INDEX IF EXISTS i1 RENAME TO i2"
                            : "ALTER INDEX %s RENAME TO i%d"
                                    .formatted(
                                            scalar.pick(known.indexes()),
                                            scalar.random().nextInt(5));
            default ->
                    known.sequences().isEmpty()
                            ? "CREATE SEQUENCE " + fresh("q")
                            : "ALTER SEQUENCE %s RENAME TO q%d"
                                    .formatted(
                                            scalar.pick(known.sequences()),
                                            1 + scalar.random().nextInt(4));
        };
    }

    private String other() {
        String sequence = known.sequences().isEmpty() ? null : scalar.pick(known.sequences());
        Relation table = scalar.pick(known.tables());
        return switch (scalar.random().nextInt(13)) {
            case 0 -> "DROP TABLE " + table.name() + (scalar.chance(50) ? " CASCADE" : "");
            case 1 ->
                    "CREATE SEQUENCE "
                            + fresh("q")
                            + scalar.pick(List.of("", " START 10 INCREMENT 5"));
            case 2 ->
                    "DROP SEQUENCE "
                            + (sequence == null ? "q1" : sequence)
                            + (scalar.chance(40) ? " CASCADE" : "");
            case 3, 4 -> sequence == null ? createTable() : "SELECT nextval('" + sequence + "')";
            case 5 -> {
                if (sequence == null || table.columns().isEmpty()) {
                    yield createTable();
                }
                yield "ALTER TABLE %s ALTER %s SET DEFAULT nextval('%s')"
                        .formatted(table.name(), scalar.pick(table.columns()).name(), sequence);
            }
            case 6 -> {
                if (sequence == null || table.columns().isEmpty()) {
                    yield createTable();
                }
                yield "ALTER SEQUENCE %s OWNED BY %s.%s"
                        .formatted(sequence, table.name(), scalar.pick(table.columns()).name());
            }
            case 7 ->
                    "TRUNCATE "
                            + table.name()
                            + scalar.pick(List.of("", " CASCADE", " RESTART IDENTITY CASCADE"));
            case 8 -> "COMMENT ON TABLE " + table.name() + " IS 'about it'";
            case 9 -> "CREATE SCHEMA IF NOT EXISTS " + scalar.pick(List.of("s1", "s2", "s3"));
            case 10 -> scalar.chance(20) ? "DROP SCHEMA s2 CASCADE" : "DROP SCHEMA s2";
            case 11 -> "ALTER SCHEMA " + scalar.pick(List.of("s2 RENAME TO s3", "s3 RENAME TO s2"));
            default ->
                    "SET search_path = "
                            + scalar.pick(List.of("public", "s1, public", "s2", "public, s1"));
        };
    }

    /// A change of rows.
    private String change() {
        Relation table = scalar.pick(known.tables());
        List<Column> columns = table.columns();
        if (columns.isEmpty()) {
            return "INSERT INTO " + table.name() + " DEFAULT VALUES";
        }
        Column column = scalar.pick(columns);
        return switch (scalar.random().nextInt(8)) {
            case 0 -> {
                String where = scalar.chance(60) ? " WHERE " + scalar.condition(columns, 0) : "";
                yield "DELETE FROM " + table.name() + where;
            }
            case 1, 2 ->
                    "UPDATE %s SET %s = %s WHERE %s"
                            .formatted(
                                    table.name(),
                                    column.name(),
                                    scalar.constant(column.type()),
                                    scalar.condition(columns, 0));
            default -> {
                List<String> names = new ArrayList<>();
                List<String> values = new ArrayList<>();
                for (Column each : columns) {
                    if (scalar.chance(85)) {
                        names.add(each.name());
                        values.add(scalar.chance(12) ? "DEFAULT" : scalar.constant(each.type()));
                    }
                }
                yield names.isEmpty()
                        ? "INSERT INTO " + table.name() + " DEFAULT VALUES"
                        : "INSERT INTO %s (%s) VALUES (%s)"
                                .formatted(
                                        table.name(),
                                        String.join(", ", names),
                                        String.join(", ", values));
            }
        };
    }
}
