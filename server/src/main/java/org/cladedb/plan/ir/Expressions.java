package org.cladedb.plan.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.ArrayComparison;
import org.cladedb.plan.ir.TypedExpression.ArrayConstructor;
import org.cladedb.plan.ir.TypedExpression.ArraySubquery;
import org.cladedb.plan.ir.TypedExpression.BooleanTest;
import org.cladedb.plan.ir.TypedExpression.Case;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.Coalesce;
import org.cladedb.plan.ir.TypedExpression.Collate;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.Exists;
import org.cladedb.plan.ir.TypedExpression.Extreme;
import org.cladedb.plan.ir.TypedExpression.FieldAccess;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.InList;
import org.cladedb.plan.ir.TypedExpression.IsDistinct;
import org.cladedb.plan.ir.TypedExpression.IsNull;
import org.cladedb.plan.ir.TypedExpression.NestedSubquery;
import org.cladedb.plan.ir.TypedExpression.Not;
import org.cladedb.plan.ir.TypedExpression.NullIf;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.plan.ir.TypedExpression.Parameter;
import org.cladedb.plan.ir.TypedExpression.QuantifiedSubquery;
import org.cladedb.plan.ir.TypedExpression.RowConstructor;
import org.cladedb.plan.ir.TypedExpression.ScalarSubquery;
import org.cladedb.plan.ir.TypedExpression.Subscript;
import org.cladedb.plan.ir.TypedExpression.When;
import org.jspecify.annotations.Nullable;

/// Walks and rewrites expressions. Functions return the same instance when nothing changed.
@SuppressWarnings("ReferenceEquality") // by instance: equals would walk whole trees
public final class Expressions {
    private Expressions() {}

    /// Rewrites the direct operands of `expression`. Plans of subqueries are given to `plans`.
    public static TypedExpression mapChildren(
            TypedExpression expression,
            UnaryOperator<TypedExpression> operands,
            UnaryOperator<PlanNode> plans) {
        return switch (expression) {
            case Constant _, Parameter _, ColumnReference _ -> expression;
            case FunctionCall call -> {
                List<TypedExpression> arguments = mapList(call.arguments(), operands);
                yield arguments == call.arguments()
                        ? call
                        : new FunctionCall(call.function(), arguments, call.position());
            }
            case Cast cast -> {
                TypedExpression operand = operands.apply(cast.operand());
                yield operand == cast.operand()
                        ? cast
                        : new Cast(operand, cast.type(), cast.explicit(), cast.position());
            }
            case Collate collate -> {
                TypedExpression operand = operands.apply(collate.operand());
                yield operand == collate.operand()
                        ? collate
                        : new Collate(operand, collate.collation(), collate.position());
            }
            case And and -> {
                List<TypedExpression> mapped = mapList(and.operands(), operands);
                yield mapped == and.operands() ? and : new And(mapped);
            }
            case Or or -> {
                List<TypedExpression> mapped = mapList(or.operands(), operands);
                yield mapped == or.operands() ? or : new Or(mapped);
            }
            case Not not -> {
                TypedExpression operand = operands.apply(not.operand());
                yield operand == not.operand() ? not : new Not(operand);
            }
            case IsNull test -> {
                TypedExpression operand = operands.apply(test.operand());
                yield operand == test.operand() ? test : new IsNull(operand, test.negated());
            }
            case BooleanTest test -> {
                TypedExpression operand = operands.apply(test.operand());
                yield operand == test.operand()
                        ? test
                        : new BooleanTest(operand, test.expected(), test.negated());
            }
            case IsDistinct test ->
                    new IsDistinct(
                            operands.apply(test.left()),
                            operands.apply(test.right()),
                            test.negated());
            case Case choice -> mapCase(choice, operands);
            case Coalesce coalesce -> {
                List<TypedExpression> mapped = mapList(coalesce.operands(), operands);
                yield mapped == coalesce.operands()
                        ? coalesce
                        : new Coalesce(mapped, coalesce.type());
            }
            case NullIf test ->
                    new NullIf(
                            operands.apply(test.left()),
                            operands.apply(test.right()),
                            test.equality());
            case Extreme extreme -> {
                List<TypedExpression> mapped = mapList(extreme.operands(), operands);
                yield mapped == extreme.operands()
                        ? extreme
                        : new Extreme(mapped, extreme.greatest(), extreme.type());
            }
            case InList in ->
                    new InList(
                            operands.apply(in.operand()),
                            mapList(in.items(), operands),
                            in.equality());
            case ArrayComparison comparison ->
                    new ArrayComparison(
                            operands.apply(comparison.left()),
                            comparison.operator(),
                            operands.apply(comparison.array()),
                            comparison.all());
            case ArrayConstructor array -> {
                List<TypedExpression> mapped = mapList(array.elements(), operands);
                yield mapped == array.elements()
                        ? array
                        : new ArrayConstructor(mapped, array.type());
            }
            case Subscript subscript -> mapSubscript(subscript, operands);
            case RowConstructor row -> {
                List<TypedExpression> mapped = mapList(row.fields(), operands);
                yield mapped == row.fields() ? row : new RowConstructor(mapped, row.type());
            }
            case FieldAccess access -> {
                TypedExpression row = operands.apply(access.row());
                yield row == access.row()
                        ? access
                        : new FieldAccess(row, access.index(), access.type());
            }
            case ScalarSubquery query -> {
                PlanNode plan = plans.apply(query.plan());
                yield plan == query.plan() ? query : new ScalarSubquery(plan, query.type());
            }
            case Exists query -> {
                PlanNode plan = plans.apply(query.plan());
                yield plan == query.plan() ? query : new Exists(plan);
            }
            case QuantifiedSubquery query -> {
                PlanNode plan = plans.apply(query.plan());
                List<TypedExpression> left = mapList(query.left(), operands);
                yield plan == query.plan() && left == query.left()
                        ? query
                        : new QuantifiedSubquery(left, query.operators(), plan, query.all());
            }
            case ArraySubquery query -> {
                PlanNode plan = plans.apply(query.plan());
                yield plan == query.plan() ? query : new ArraySubquery(plan, query.type());
            }
            case NestedSubquery query -> {
                PlanNode plan = plans.apply(query.plan());
                yield plan == query.plan() ? query : new NestedSubquery(plan, query.type());
            }
        };
    }

    private static TypedExpression mapCase(Case choice, UnaryOperator<TypedExpression> operands) {
        List<When> whens = new ArrayList<>(choice.whens().size());
        for (When when : choice.whens()) {
            whens.add(new When(operands.apply(when.condition()), operands.apply(when.result())));
        }
        return new Case(whens, mapOptional(choice.otherwise(), operands), choice.type());
    }

    private static TypedExpression mapSubscript(
            Subscript subscript, UnaryOperator<TypedExpression> operands) {
        List<Subscript.Index> indexes = new ArrayList<>(subscript.indexes().size());
        for (Subscript.Index index : subscript.indexes()) {
            indexes.add(
                    new Subscript.Index(
                            index.slice(),
                            mapOptional(index.lower(), operands),
                            mapOptional(index.upper(), operands)));
        }
        return new Subscript(operands.apply(subscript.array()), indexes, subscript.type());
    }

    private static @Nullable TypedExpression mapOptional(
            @Nullable TypedExpression expression, UnaryOperator<TypedExpression> operands) {
        return expression == null ? null : operands.apply(expression);
    }

    /// Maps a list, giving back the same list when no element changed.
    public static List<TypedExpression> mapList(
            List<TypedExpression> list, UnaryOperator<TypedExpression> function) {
        List<TypedExpression> mapped = new ArrayList<>(list.size());
        boolean changed = false;
        for (TypedExpression element : list) {
            TypedExpression result = function.apply(element);
            changed |= result != element;
            mapped.add(result);
        }
        return changed ? mapped : list;
    }

    /// Calls `visitor` for the expression, its operands at any depth, and those inside subqueries.
    public static void forEach(TypedExpression expression, Consumer<TypedExpression> visitor) {
        visitor.accept(expression);
        mapChildren(
                expression,
                operand -> {
                    forEach(operand, visitor);
                    return operand;
                },
                plan -> {
                    if (plan instanceof LogicalNode node) {
                        LogicalNodes.forEachExpression(node, visitor);
                    }
                    return plan;
                });
    }

    /// Calls `visitor` for the plan of every subquery directly inside the expression.
    public static void forEachPlan(TypedExpression expression, Consumer<LogicalNode> visitor) {
        mapChildren(
                expression,
                operand -> {
                    forEachPlan(operand, visitor);
                    return operand;
                },
                plan -> {
                    if (plan instanceof LogicalNode node) {
                        visitor.accept(node);
                    }
                    return plan;
                });
    }

    /// The numbers of all columns mentioned, also inside subqueries (there also the subquery's
    /// own).
    public static Set<Integer> references(TypedExpression expression) {
        Set<Integer> ids = new HashSet<>();
        collectReferences(expression, ids);
        return ids;
    }

    static void collectReferences(TypedExpression expression, Set<Integer> ids) {
        forEach(
                expression,
                part -> {
                    if (part instanceof ColumnReference reference) {
                        ids.add(reference.columnId());
                    }
                });
    }

    /// Whether it mentions any column of `columns`.
    public static boolean refersTo(TypedExpression expression, List<OutputColumn> columns) {
        Set<Integer> ids = references(expression);
        for (OutputColumn column : columns) {
            if (ids.contains(column.id())) {
                return true;
            }
        }
        return false;
    }

    /// The operands of nested ANDs; the expression itself when it is none.
    public static List<TypedExpression> conjuncts(@Nullable TypedExpression expression) {
        List<TypedExpression> result = new ArrayList<>();
        if (expression != null) {
            collectConjuncts(expression, result);
        }
        return result;
    }

    private static void collectConjuncts(TypedExpression expression, List<TypedExpression> result) {
        if (expression instanceof And and) {
            and.operands().forEach(operand -> collectConjuncts(operand, result));
        } else if (!isConstantTrue(expression)) {
            result.add(expression);
        }
    }

    private static boolean isConstantTrue(TypedExpression expression) {
        return expression instanceof Constant constant
                && !constant.value().isNull()
                && constant.value().booleanValue();
    }

    /// The conjunction of `conjuncts`; null for none.
    public static @Nullable TypedExpression and(List<TypedExpression> conjuncts) {
        return switch (conjuncts.size()) {
            case 0 -> null;
            case 1 -> conjuncts.getFirst();
            default -> new And(conjuncts);
        };
    }

    /// Replaces column references bottom-up; `replacement` gives null to keep one. Also inside
    /// subqueries.
    public static TypedExpression replaceColumns(
            TypedExpression expression,
            java.util.function.IntFunction<@Nullable TypedExpression> replacement) {
        if (expression instanceof ColumnReference reference) {
            TypedExpression replaced = replacement.apply(reference.columnId());
            return replaced == null ? expression : replaced;
        }
        return mapChildren(
                expression,
                operand -> replaceColumns(operand, replacement),
                plan ->
                        plan instanceof LogicalNode node
                                ? LogicalNodes.mapExpressionsDeep(
                                        node, inner -> replaceColumns(inner, replacement))
                                : plan);
    }

    /// Whether a call anywhere in it is volatile, or it contains a subquery: such must not be moved
    /// or doubled.
    public static boolean isVolatile(TypedExpression expression) {
        boolean[] found = {false};
        forEach(
                expression,
                part -> {
                    if (part instanceof FunctionCall call
                            && call.function().definition().volatility()
                                    == org.cladedb.functions.FunctionDefinition.Volatility
                                            .VOLATILE) {
                        found[0] = true;
                    }
                });
        return found[0];
    }

    /// Whether it contains a subquery of any kind.
    public static boolean hasSubquery(TypedExpression expression) {
        boolean[] found = {false};
        forEach(
                expression,
                part -> {
                    switch (part) {
                        case ScalarSubquery _,
                                Exists _,
                                QuantifiedSubquery _,
                                ArraySubquery _,
                                NestedSubquery _ ->
                                found[0] = true;
                        case Constant _,
                                Parameter _,
                                ColumnReference _,
                                FunctionCall _,
                                Cast _,
                                Collate _,
                                And _,
                                Or _,
                                Not _,
                                IsNull _,
                                BooleanTest _,
                                IsDistinct _,
                                Case _,
                                Coalesce _,
                                NullIf _,
                                Extreme _,
                                InList _,
                                ArrayComparison _,
                                ArrayConstructor _,
                                Subscript _,
                                RowConstructor _,
                                FieldAccess _ -> {}
                    }
                });
        return found[0];
    }
}
