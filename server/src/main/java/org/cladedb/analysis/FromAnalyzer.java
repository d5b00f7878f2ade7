package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.jspecify.annotations.Nullable;

/// The FROM clause of one query level: what it reads, and the names it makes visible.
final class FromAnalyzer {
    private final ExpressionAnalyzer expressions;
    private final QueryScope scope;
    private final StatementState state;
    private boolean nullableSide;

    FromAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
        this.scope = expressions.scope;
        this.state = expressions.state;
    }

    /// A FROM item together with the range variables it brings.
    record Item(FromSource source, List<RangeItem> names) {}

    /// Analyses all items after what is in FROM already; null when there is nothing in FROM.
    @Nullable FromSource analyze(@Nullable FromSource before, List<TableExpression> items) {
        FromSource source = before;
        for (TableExpression expression : items) {
            Item item = item(expression);
            checkNames(scope.items(), item.names());
            for (RangeItem name : item.names()) {
                name.lateral(true, true);
                scope.items().add(name);
            }
            source =
                    source == null
                            ? item.source()
                            : new JoinSource(JoinKind.INNER, source, item.source(), null);
        }
        scope.items().forEach(name -> name.lateral(false, true));
        return source;
    }

    /// Like [#item(TableExpression)], for a side of a join.
    ///
    /// @param nullable whether the join may fill the item with NULLs
    Item item(TableExpression expression, boolean nullable) {
        boolean before = nullableSide;
        nullableSide |= nullable;
        try {
            return item(expression);
        } finally {
            nullableSide = before;
        }
    }

    Item item(TableExpression expression) {
        return switch (expression) {
            case TableExpression.NamedTable table -> noted(table, named(table));
            case TableExpression.DerivedTable table -> noted(table, derived(table));
            case TableExpression.FunctionTable table ->
                    noted(table, new FunctionTableAnalyzer(expressions, this).analyze(table));
            case TableExpression.Join join -> new JoinAnalyzer(expressions, this).analyze(join);
        };
    }

    private Item noted(TableExpression table, Item item) {
        if (state.resolutions() != null) {
            state.resolutions().table(table, item.names().getFirst());
        }
        return item;
    }

    private Item named(TableExpression.NamedTable table) {
        if (!table.name().isQualified()) {
            CommonTableDefinition common = scope.commonTable(table.name().last());
            if (common != null && !common.hasRows()) {
                throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "WITH query \""
                                        + common.name()
                                        + "\" does not have a RETURNING clause")
                        .at(table.position());
            }
            if (common != null) {
                return commonTable(common, table.alias());
            }
        }
        return switch (relation(table)) {
            case Table base -> stored(base, table.alias());
            case SystemTable system -> stored(system, table.alias());
            case View view -> view(view, table);
        };
    }

    private Relation relation(TableExpression.NamedTable table) {
        try {
            return new RelationLookup(state.context(), scope.searchPath()).find(table.name());
        } catch (DatabaseException e) {
            String name = table.name().last();
            if (table.name().isQualified() || !scope.isLaterCommonTable(name)) {
                throw e;
            }
            throw e.withDetail(
                            "There is a WITH item named \""
                                    + name
                                    + "\", but it cannot be referenced from this part of the"
                                    + " query.")
                    .withHint(
                            "Use WITH RECURSIVE, or re-order the WITH items to remove forward"
                                    + " references.");
        }
    }

    private Item stored(Relation relation, @Nullable TableAlias alias) {
        TableSource source = new TableSource(state, relation);
        RangeItem item = table(source, relation, alias);
        return new Item(source, List.of(item));
    }

    /// The range variable of a table.
    RangeItem table(TableSource source, Relation relation, @Nullable TableAlias alias) {
        RangeItem item = register(relation.name(), relation, alias, source.scopeColumns());
        source.own(scope, item);
        item.presence(source::presence);
        return item;
    }

    private RangeItem register(
            @Nullable String name,
            @Nullable Relation relation,
            @Nullable TableAlias alias,
            List<ScopeColumn> columns) {
        String visible = alias == null ? name : alias.name();
        RangeItem item =
                state.context().storedText()
                        ? StoredText.range(visible, relation, alias, columns)
                        : new RangeItem(
                                visible, relation, alias != null, aliased(visible, alias, columns));
        if (state.resolutions() != null) {
            state.resolutions().range(item);
        }
        scope.rangeTable().add(item);
        return item;
    }

    /// The columns under the names that a column alias list gives.
    static List<ScopeColumn> aliased(
            @Nullable String name, @Nullable TableAlias alias, List<ScopeColumn> columns) {
        if (alias == null || alias.columns().isEmpty()) {
            return columns;
        }
        if (alias.columns().size() > columns.size()) {
            throw new DatabaseException(
                    SqlState.INVALID_COLUMN_REFERENCE,
                    "table \""
                            + name
                            + "\" has "
                            + columns.size()
                            + " columns available but "
                            + alias.columns().size()
                            + " columns specified");
        }
        List<ScopeColumn> renamed = new ArrayList<>(columns);
        for (int i = 0; i < alias.columns().size(); i++) {
            renamed.set(i, columns.get(i).named(alias.columns().get(i)));
        }
        return renamed;
    }

    private Item commonTable(CommonTableDefinition table, @Nullable TableAlias alias) {
        if (table.inside()) {
            scope.noteSelfReference();
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (OutputColumn column : table.columns()) {
            columns.add(
                    state.column(
                            column.name(),
                            column.type(),
                            column.tableOid(),
                            column.columnNumber()));
        }
        return planned(
                new LogicalNode.CommonTableScan(table.id(), table.name(), columns),
                table.name(),
                null,
                alias,
                columns.stream().map(OutputColumn::name).toList());
    }

    private Item view(View view, TableExpression.NamedTable table) {
        LogicalNode plan = StoredText.viewPlan(state, view, table.position());
        List<String> names = new ArrayList<>();
        List<Column> live = view.columns().stream().filter(column -> !column.dropped()).toList();
        for (int i = 0; i < live.size(); i++) {
            names.add(live.get(i).name());
            state.originate(
                    plan.columns().get(i).id(),
                    live.get(i).name(),
                    view.oid(),
                    live.get(i).number());
        }
        return planned(plan, view.name(), view, table.alias(), names);
    }

    private Item derived(TableExpression.DerivedTable table) {
        boolean before = scope.lateralActive();
        scope.lateralActive(table.lateral());
        LogicalNode plan;
        try {
            plan = new SelectAnalyzer(scope.child()).analyze(table.query()).buildSettled();
        } finally {
            scope.lateralActive(before);
        }
        TableAlias alias = table.alias();
        List<String> names = plan.columns().stream().map(OutputColumn::name).toList();
        return planned(plan, null, null, alias, names);
    }

    /// A FROM item with a plan of its own.
    ///
    /// @param name what it is called without an alias; null for nothing
    Item planned(
            LogicalNode given,
            @Nullable String name,
            @Nullable Relation relation,
            @Nullable TableAlias alias,
            List<String> columnNames) {
        LogicalNode plan = nullableSide ? projected(given) : given;
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < columnNames.size(); i++) {
            OutputColumn column = plan.columns().get(i);
            columns.add(
                    new ScopeColumn(
                            columnNames.get(i),
                            column.type(),
                            column.tableOid(),
                            column.columnNumber(),
                            column::reference));
        }
        PlanSource source = new PlanSource(state, plan);
        RangeItem item = register(name, relation, alias, columns);
        item.presence(() -> source.presence(-1));
        own(item, plan.columns());
        return new Item(source, List.of(item));
    }

    /// The plan under a Project, to which a witness of a row's presence can be added.
    private LogicalNode projected(LogicalNode plan) {
        if (plan instanceof LogicalNode.Project) {
            return plan;
        }
        List<Assignment> assignments = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            assignments.add(
                    new Assignment(
                            state.column(
                                    column.name(),
                                    column.type(),
                                    column.tableOid(),
                                    column.columnNumber()),
                            column.reference()));
        }
        return new LogicalNode.Project(plan, assignments);
    }

    private void own(RangeItem item, List<OutputColumn> columns) {
        for (int i = 0; i < item.columns().size(); i++) {
            state.own(
                    columns.get(i).id(),
                    new ColumnOwner(
                            scope, ColumnOwner.Kind.SOURCE, item, 0, item.columns().get(i).name()));
        }
    }

    /// Refuses two range variables of one name.
    static void checkNames(List<RangeItem> left, List<RangeItem> right) {
        for (RangeItem second : right) {
            if (!second.relationVisible()) {
                continue;
            }
            for (RangeItem first : left) {
                if (first.relationVisible()
                        && String.valueOf(first.alias()).equals(second.alias())
                        && !areDistinctRelations(first, second)) {
                    throw new DatabaseException(
                            SqlState.DUPLICATE_ALIAS,
                            "table name \"" + second.alias() + "\" specified more than once");
                }
            }
        }
    }

    /// Tables of different schemas may share their name.
    private static boolean areDistinctRelations(RangeItem first, RangeItem second) {
        Relation left = first.relation();
        Relation right = second.relation();
        return first.isNamedAsRelation()
                && second.isNamedAsRelation()
                && left != null
                && right != null
                && left.oid() != right.oid();
    }
}
