package org.cladedb.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Column;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.jspecify.annotations.Nullable;

/// FROM with the names of now.
final class DisplayFrom {
    private final DisplayNames queries;
    private final NameLevel level;
    private final RelationNames relations;
    private final DisplayExpressions expressions;

    DisplayFrom(
            DisplayNames queries,
            NameLevel level,
            RelationNames relations,
            DisplayExpressions expressions) {
        this.queries = queries;
        this.level = level;
        this.relations = relations;
        this.expressions = expressions;
    }

    /// Chooses the names of all range variables of FROM.
    void declare(List<TableExpression> tables) {
        tables.forEach(this::add);
        tables.forEach(this::forceMerged);
        for (int number : numbers(tables)) {
            level.range(number).nameColumns();
        }
        tables.forEach(this::hideJoined);
    }

    private void add(TableExpression table) {
        switch (table) {
            case TableExpression.NamedTable named -> add(named);
            case TableExpression.DerivedTable derived ->
                    add(
                            Range.Kind.QUERY,
                            derived.alias(),
                            "unnamed_subquery",
                            DisplayNames.outputs(derived.query().body()));
            case TableExpression.FunctionTable function ->
                    add(
                            Range.Kind.FUNCTION,
                            function.alias(),
                            null,
                            function.alias() == null ? List.of() : function.alias().columns());
            case TableExpression.Join join -> {
                add(join.left());
                add(join.right());
                level.addJoin();
                if (join.usingAlias() != null) {
                    declareMerged(join, join.usingAlias());
                }
            }
        }
    }

    /// Merged columns are written without a range variable.
    private void declareMerged(TableExpression.Join join, String usingAlias) {
        List<@Nullable String> names = new ArrayList<>();
        join.using().forEach(column -> names.add(StoredNames.Using.of(column).name()));
        Range merged =
                new Range(
                        StoredNames.rangeNumber(usingAlias),
                        Range.Kind.MERGED,
                        StoredNames.alias(usingAlias),
                        null,
                        names,
                        List.of());
        merged.nameColumns();
        level.add(merged);
    }

    private void add(TableExpression.NamedTable table) {
        int oid = oid(table.name());
        if (oid == 0) {
            String name = table.name().last();
            add(Range.Kind.COMMON_TABLE, table.alias(), name, level.commonTable(name));
            return;
        }
        List<@Nullable String> columns = new ArrayList<>();
        for (Column column : relations.columns(oid)) {
            columns.add(column.dropped() ? null : column.name());
        }
        add(Range.Kind.RELATION, table.alias(), relations.shown(oid).getLast(), columns);
    }

    private int oid(QualifiedName name) {
        int oid = StoredNames.relationOid(name);
        return oid == 0 && name.isQualified()
                ? relations.systemOid(name.parts().getFirst(), name.last())
                : oid;
    }

    private void add(
            Range.Kind kind,
            @Nullable TableAlias stored,
            @Nullable String ownName,
            List<? extends @Nullable String> columns) {
        if (stored == null) {
            throw new IllegalStateException("every table of a stored query has a number");
        }
        String alias = StoredNames.alias(stored.name());
        Range range =
                new Range(
                        StoredNames.rangeNumber(stored.name()),
                        kind,
                        alias,
                        ownName,
                        new ArrayList<>(columns),
                        stored.columns());
        String wanted = alias != null ? alias : ownName;
        range.name(wanted == null ? null : level.claim(wanted));
        level.add(range);
    }

    /// Both sides of a merged column must have its name.
    private void forceMerged(TableExpression table) {
        if (!(table instanceof TableExpression.Join join)) {
            return;
        }
        for (String spelled : join.using()) {
            StoredNames.Using using = StoredNames.Using.of(spelled);
            force(join.left(), using.leftRange(), using.leftColumn(), using.name());
            force(join.right(), using.rightRange(), using.rightColumn(), using.name());
            for (int number : numbers(List.of(join.left(), join.right()))) {
                level.range(number).reserved.add(using.name());
            }
        }
        forceMerged(join.left());
        forceMerged(join.right());
    }

    private void force(TableExpression side, int range, int column, String name) {
        level.range(range).forced.put(column, name);
        if (side instanceof TableExpression.Join join
                && join.usingAlias() != null
                && StoredNames.rangeNumber(join.usingAlias()) == range) {
            StoredNames.Using inner = StoredNames.Using.of(join.using().get(column - 1));
            force(join.left(), inner.leftRange(), inner.leftColumn(), name);
            force(join.right(), inner.rightRange(), inner.rightColumn(), name);
        }
    }

    /// The range variables of FROM items.
    private static List<Integer> numbers(List<TableExpression> tables) {
        List<Integer> numbers = new ArrayList<>();
        for (TableExpression table : tables) {
            TableAlias alias = alias(table);
            if (table instanceof TableExpression.Join join) {
                numbers.addAll(numbers(List.of(join.left(), join.right())));
            } else if (alias != null) {
                numbers.add(StoredNames.rangeNumber(alias.name()));
            }
        }
        return numbers;
    }

    private static @Nullable TableAlias alias(TableExpression table) {
        return switch (table) {
            case TableExpression.NamedTable named -> named.alias();
            case TableExpression.DerivedTable derived -> derived.alias();
            case TableExpression.FunctionTable function -> function.alias();
            case TableExpression.Join join -> join.alias();
        };
    }

    /// The alias of a join hides what is inside.
    private void hideJoined(TableExpression table) {
        if (!(table instanceof TableExpression.Join join)) {
            return;
        }
        hideJoined(join.left());
        hideJoined(join.right());
        TableAlias alias = join.alias();
        if (alias != null) {
            Map<String, String> columns = new HashMap<>();
            for (String column : alias.columns()) {
                int colon = column.indexOf(':');
                columns.put(column.substring(0, colon), column.substring(colon + 1));
            }
            NameLevel.JoinNames names =
                    new NameLevel.JoinNames(join, level.claim(alias.name()), columns);
            for (int number : numbers(List.of(join.left(), join.right()))) {
                level.hide(number, names);
            }
        }
    }

    List<TableExpression> tables(List<TableExpression> tables) {
        return tables.stream().map(this::table).toList();
    }

    private TableExpression table(TableExpression table) {
        return switch (table) {
            case TableExpression.NamedTable named -> {
                int oid = oid(named.name());
                QualifiedName name =
                        oid == 0 ? named.name() : new QualifiedName(relations.shown(oid), -1);
                yield new TableExpression.NamedTable(
                        name, named.only(), printed(named.alias()), -1);
            }
            case TableExpression.DerivedTable derived ->
                    new TableExpression.DerivedTable(
                            queries.nested(derived.query(), true),
                            derived.lateral(),
                            printed(derived.alias()),
                            -1);
            case TableExpression.FunctionTable function ->
                    new TableExpression.FunctionTable(
                            function.functions().stream()
                                    .map(call ->
                                            new TableExpression.TableFunction(
                                                    expressions.of(call.call()), List.of(), -1))
                                    .toList(),
                            function.rowsFrom(),
                            function.lateral(),
                            function.withOrdinality(),
                            printed(function.alias()),
                            -1);
            case TableExpression.Join join -> join(join);
        };
    }

    /// The alias as it is printed; null where it goes without saying.
    private @Nullable TableAlias printed(@Nullable TableAlias stored) {
        if (stored == null) {
            return null;
        }
        Range range = level.range(StoredNames.rangeNumber(stored.name()));
        String name = range.name();
        List<String> columns = range.printedColumns();
        boolean implied =
                range.alias == null
                        && columns.isEmpty()
                        && (range.kind == Range.Kind.RELATION
                                || range.kind == Range.Kind.COMMON_TABLE)
                        && String.valueOf(name).equals(range.ownName);
        return implied || name == null ? null : new TableAlias(name, columns, -1);
    }

    @SuppressWarnings("ReferenceEquality") // two joins may say the same
    private TableExpression join(TableExpression.Join join) {
        List<Integer> inside = numbers(List.of(join.left(), join.right()));
        NameLevel.JoinNames names = inside.isEmpty() ? null : level.joinOf(inside.getFirst());
        boolean own = names != null && names.join() == join;
        if (own) {
            inside.forEach(level::show);
        }
        TableExpression.Join shown =
                new TableExpression.Join(
                        join.type(),
                        table(join.left()),
                        table(join.right()),
                        false,
                        join.using().stream()
                                .map(column -> StoredNames.Using.of(column).name())
                                .toList(),
                        join.usingAlias() == null ? null : StoredNames.alias(join.usingAlias()),
                        expressions.orNull(join.on()),
                        own && names != null ? joinAlias(names, join) : null,
                        -1);
        if (own && names != null) {
            inside.forEach(number -> level.hide(number, names));
        }
        return shown;
    }

    private static TableAlias joinAlias(NameLevel.JoinNames names, TableExpression.Join join) {
        List<String> columns = new ArrayList<>();
        if (join.alias() != null) {
            join.alias()
                    .columns()
                    .forEach(column -> columns.add(column.substring(column.indexOf(':') + 1)));
        }
        return new TableAlias(names.name(), columns, -1);
    }
}
