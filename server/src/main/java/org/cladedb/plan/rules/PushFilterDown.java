package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Aggregate;
import org.cladedb.plan.ir.LogicalNode.Distinct;
import org.cladedb.plan.ir.LogicalNode.Filter;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNode.SetOperation;
import org.cladedb.plan.ir.LogicalNode.Sort;
import org.cladedb.plan.ir.LogicalNode.Window;
import org.cladedb.plan.ir.LogicalNode.With;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// Moves conditions towards the tables they are about, and turns outer joins whose NULL-extended
/// rows a condition above drops into inner joins.
///
/// ```
///   Filter a.x = 1 AND a.id = b.id          Join a.id = b.id
///     Join (cross)                    =>       Filter a.x = 1
///       a                                        a
///       b                                      b
/// ```
final class PushFilterDown implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        return push(plan, List.of());
    }

    private LogicalNode push(LogicalNode node, List<TypedExpression> conditions) {
        return switch (node) {
            case Filter filter -> {
                List<TypedExpression> all = Expressions.conjuncts(filter.predicate());
                all.addAll(conditions);
                yield push(filter.input(), all);
            }
            case Join join -> pushIntoJoin(join, conditions);
            case Project project -> pushIntoProject(project, conditions);
            case Aggregate aggregate -> pushIntoAggregate(aggregate, conditions);
            case Sort sort -> new Sort(push(sort.input(), conditions), sort.keys());
            case Distinct distinct when distinct.on().isEmpty() ->
                    new Distinct(push(distinct.input(), conditions), distinct.on());
            case SetOperation operation -> pushIntoSetOperation(operation, conditions);
            case Window window -> pushIntoWindow(window, conditions);
            case With with ->
                    new With(
                            with.tables().stream().map(this::pushIntoTable).toList(),
                            push(with.body(), conditions));
            case LogicalNode other ->
                    filtered(
                            LogicalNodes.mapChildren(other, input -> push(input, List.of())),
                            conditions);
        };
    }

    private LogicalNode.CommonTable pushIntoTable(LogicalNode.CommonTable table) {
        LogicalNode recursive = table.recursive();
        return new LogicalNode.CommonTable(
                table.id(),
                table.name(),
                push(table.plan(), List.of()),
                recursive == null ? null : push(recursive, List.of()),
                table.unionAll(),
                table.materialized());
    }

    private static LogicalNode filtered(LogicalNode node, List<TypedExpression> conditions) {
        TypedExpression predicate = Expressions.and(conditions);
        return predicate == null ? node : new Filter(node, predicate);
    }

    private LogicalNode pushIntoJoin(Join join, List<TypedExpression> conditions) {
        JoinKind kind = simplify(join, conditions);
        List<OutputColumn> leftColumns = join.left().columns();
        List<OutputColumn> rightColumns = join.right().columns();
        List<TypedExpression> left = new ArrayList<>();
        List<TypedExpression> right = new ArrayList<>();
        List<TypedExpression> on = new ArrayList<>();
        List<TypedExpression> above = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            boolean usesLeft = Expressions.refersTo(condition, leftColumns);
            boolean usesRight = Expressions.refersTo(condition, rightColumns);
            boolean toLeft = !usesRight && kind != JoinKind.RIGHT && kind != JoinKind.FULL;
            boolean toRight = !usesLeft && usesRight && canFilterRight(kind);
            if (Expressions.isVolatile(condition)) {
                above.add(condition);
            } else if (toLeft) {
                left.add(condition);
            } else if (toRight) {
                right.add(condition);
            } else if (kind == JoinKind.INNER && !isExists(condition)) {
                on.add(condition);
            } else {
                above.add(condition);
            }
        }
        for (TypedExpression condition : Expressions.conjuncts(join.condition())) {
            boolean usesLeft = Expressions.refersTo(condition, leftColumns);
            boolean usesRight = Expressions.refersTo(condition, rightColumns);
            boolean rightOnly = usesRight && !usesLeft && !Expressions.isVolatile(condition);
            boolean leftOnly = usesLeft && !usesRight && !Expressions.isVolatile(condition);
            if (rightOnly && kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
                right.add(condition);
            } else if (leftOnly
                    && (kind == JoinKind.INNER
                            || kind == JoinKind.RIGHT
                            || kind == JoinKind.SEMI)) {
                left.add(condition);
            } else {
                on.add(condition);
            }
        }
        if (kind == JoinKind.INNER) {
            addImplied(on, leftColumns, rightColumns, left);
            addImplied(on, rightColumns, leftColumns, right);
        }
        LogicalNode pushed =
                new Join(
                        kind,
                        push(join.left(), left),
                        push(join.right(), right),
                        Expressions.and(on),
                        join.lateral());
        return filtered(pushed, above);
    }

    /// Such become joins themselves, when they stay above this one.
    private static boolean isExists(TypedExpression condition) {
        return condition instanceof TypedExpression.Exists
                || (condition instanceof TypedExpression.Not not
                        && not.operand() instanceof TypedExpression.Exists);
    }

    /// Where each alternative of a condition says something about one side alone, one of these must
    /// hold there.
    private static void addImplied(
            List<TypedExpression> conditions,
            List<OutputColumn> own,
            List<OutputColumn> other,
            List<TypedExpression> implied) {
        for (TypedExpression condition : conditions) {
            if (!(condition instanceof TypedExpression.Or or)
                    || Expressions.isVolatile(or)
                    || Expressions.hasSubquery(or)) {
                continue;
            }
            List<TypedExpression> arms = new ArrayList<>();
            for (TypedExpression arm : or.operands()) {
                List<TypedExpression> parts = Expressions.conjuncts(arm);
                parts.removeIf(part ->
                        !Expressions.refersTo(part, own) || Expressions.refersTo(part, other));
                TypedExpression part = Expressions.and(parts);
                if (part != null) {
                    arms.add(part);
                }
            }
            if (arms.size() == or.operands().size()) {
                implied.add(new TypedExpression.Or(arms));
            }
        }
    }

    private static boolean canFilterRight(JoinKind kind) {
        return kind == JoinKind.INNER || kind == JoinKind.RIGHT;
    }

    /// LEFT, RIGHT and FULL joins whose NULL-extended rows `conditions` reject become stricter
    /// ones.
    private static JoinKind simplify(Join join, List<TypedExpression> conditions) {
        boolean leftKept = rejectsNulls(conditions, join.left().columns());
        boolean rightKept = rejectsNulls(conditions, join.right().columns());
        return switch (join.kind()) {
            case LEFT -> rightKept ? JoinKind.INNER : JoinKind.LEFT;
            case RIGHT -> leftKept ? JoinKind.INNER : JoinKind.RIGHT;
            case FULL -> {
                if (leftKept && rightKept) {
                    yield JoinKind.INNER;
                }
                if (leftKept) {
                    yield JoinKind.LEFT;
                }
                yield rightKept ? JoinKind.RIGHT : JoinKind.FULL;
            }
            case INNER, SEMI, ANTI -> join.kind();
        };
    }

    private static boolean rejectsNulls(
            List<TypedExpression> conditions, List<OutputColumn> columns) {
        return conditions.stream().anyMatch(condition -> isNullWhenNull(condition, columns, true));
    }

    /// Whether the expression is NULL (or, at the top, not true) when all `columns` are NULL.
    private static boolean isNullWhenNull(
            TypedExpression expression, List<OutputColumn> columns, boolean top) {
        return switch (expression) {
            case TypedExpression.ColumnReference reference ->
                    columns.stream().anyMatch(column -> column.id() == reference.columnId());
            case TypedExpression.FunctionCall call ->
                    call.function().definition().strict()
                            && call.arguments().stream()
                                    .anyMatch(argument -> isNullWhenNull(argument, columns, false));
            case TypedExpression.Cast cast -> isNullWhenNull(cast.operand(), columns, false);
            case TypedExpression.InList in -> isNullWhenNull(in.operand(), columns, false);
            case TypedExpression.IsNull test ->
                    top && test.negated() && isNullWhenNull(test.operand(), columns, false);
            case TypedExpression _ -> false;
        };
    }

    private LogicalNode pushIntoProject(Project project, List<TypedExpression> conditions) {
        Map<Integer, TypedExpression> definitions = new HashMap<>();
        for (Assignment assignment : project.assignments()) {
            definitions.put(assignment.column().id(), assignment.expression());
        }
        List<TypedExpression> below = new ArrayList<>();
        List<TypedExpression> above = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            TypedExpression moved = substitute(condition, definitions);
            if (moved == null) {
                above.add(condition);
            } else {
                below.add(moved);
            }
        }
        return filtered(new Project(push(project.input(), below), project.assignments()), above);
    }

    /// The condition in terms of the input; null when a definition must not be moved or doubled.
    private static @Nullable TypedExpression substitute(
            TypedExpression condition, Map<Integer, TypedExpression> definitions) {
        if (Expressions.isVolatile(condition)) {
            return null;
        }
        for (int id : Expressions.references(condition)) {
            TypedExpression definition = definitions.get(id);
            if (definition != null
                    && (Expressions.isVolatile(definition)
                            || Expressions.hasSubquery(definition))) {
                return null;
            }
        }
        return Expressions.replaceColumns(condition, definitions::get);
    }

    private LogicalNode pushIntoSetOperation(
            SetOperation operation, List<TypedExpression> conditions) {
        List<TypedExpression> below = new ArrayList<>();
        List<TypedExpression> above = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            boolean movable =
                    !Expressions.isVolatile(condition) && !Expressions.hasSubquery(condition);
            (movable ? below : above).add(condition);
        }
        LogicalNode left = push(operation.left(), onSide(operation, operation.left(), below));
        LogicalNode right = push(operation.right(), onSide(operation, operation.right(), below));
        return filtered(
                new SetOperation(
                        operation.kind(), operation.all(), left, right, operation.columns()),
                above);
    }

    private static List<TypedExpression> onSide(
            SetOperation operation, LogicalNode side, List<TypedExpression> conditions) {
        Map<Integer, TypedExpression> columns = new HashMap<>();
        for (int i = 0; i < operation.columns().size(); i++) {
            columns.put(operation.columns().get(i).id(), side.columns().get(i).reference());
        }
        return conditions.stream()
                .map(condition -> Expressions.replaceColumns(condition, columns::get))
                .toList();
    }

    /// Conditions on what every window is partitioned by drop whole partitions.
    private LogicalNode pushIntoWindow(Window window, List<TypedExpression> conditions) {
        Set<Integer> other = new HashSet<>();
        window.columns().forEach(column -> other.add(column.id()));
        other.removeIf(id ->
                window.calls().stream().allMatch(call -> isPartitionedBy(call.partitionBy(), id)));
        List<TypedExpression> below = new ArrayList<>();
        List<TypedExpression> above = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            boolean movable =
                    !Expressions.isVolatile(condition)
                            && !Expressions.hasSubquery(condition)
                            && Expressions.references(condition).stream()
                                    .noneMatch(other::contains);
            (movable ? below : above).add(condition);
        }
        return filtered(new Window(push(window.input(), below), window.calls()), above);
    }

    private static boolean isPartitionedBy(List<TypedExpression> partition, int id) {
        return partition.stream()
                .anyMatch(key ->
                        key instanceof TypedExpression.ColumnReference reference
                                && reference.columnId() == id);
    }

    private LogicalNode pushIntoAggregate(Aggregate aggregate, List<TypedExpression> conditions) {
        Map<Integer, TypedExpression> groups = new HashMap<>();
        for (Assignment group : aggregate.groups()) {
            groups.put(group.column().id(), group.expression());
        }
        List<OutputColumn> results = aggregate.calls().stream().map(call -> call.column()).toList();
        List<TypedExpression> below = new ArrayList<>();
        List<TypedExpression> above = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            TypedExpression moved =
                    aggregate.groups().isEmpty() || Expressions.refersTo(condition, results)
                            ? null
                            : substitute(condition, groups);
            if (moved == null) {
                above.add(condition);
            } else {
                below.add(moved);
            }
        }
        return filtered(
                new Aggregate(
                        push(aggregate.input(), below), aggregate.groups(), aggregate.calls()),
                above);
    }
}
