package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionDefinition.Volatility;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.ConstantFailure;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.Case;
import org.cladedb.plan.ir.TypedExpression.Coalesce;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.Not;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Computes what is constant in a statement before any row is read, as PostgreSQL's planner does:
///
/// ```
///   x > 1 + 1                        =>   x > 2
///   x / 0 = NULL                     =>   NULL
///   cond OR true                     =>   true
///   CASE WHEN false THEN a ELSE b    =>   b
/// ```
///
/// An error of a constant is one of the statement, whether a row would have come to it or not
/// ([ConstantFailure]); not so where another constant decides before.
final class ConstantFolding {
    private final ConstantFolder folder;
    private boolean anyFailure;

    private ConstantFolding(StatementState state) {
        folder = new ConstantFolder(state.context());
    }

    static LogicalNode apply(StatementState state, LogicalNode plan) {
        return new ConstantFolding(state).fold(plan);
    }

    private LogicalNode fold(LogicalNode plan) {
        return LogicalNodes.mapExpressionsDeep(plan, this::fold);
    }

    private PlanNode foldPlan(PlanNode plan) {
        return plan instanceof LogicalNode node ? fold(node) : plan;
    }

    private TypedExpression fold(TypedExpression expression) {
        return switch (expression) {
            case And and -> connected(and, and.operands(), false);
            case Or or -> connected(or, or.operands(), true);
            case Case choice -> choice(choice);
            case Coalesce choice -> coalesce(choice);
            default -> {
                TypedExpression mapped =
                        Expressions.mapChildren(expression, this::fold, this::foldPlan);
                yield switch (mapped) {
                    case FunctionCall call -> call(call);
                    case Not not when not.operand() instanceof Constant constant ->
                            constant.value().isNull() ? constant : bool(!isTrue(constant));
                    default -> mapped;
                };
            }
        };
    }

    private static Constant bool(boolean value) {
        return new Constant(Datum.ofLong(value ? 1 : 0), SqlType.BOOLEAN);
    }

    private static boolean isTrue(Constant constant) {
        return !constant.value().isNull() && constant.value().booleanValue();
    }

    private static boolean isConstant(TypedExpression expression, boolean value) {
        return expression instanceof Constant constant
                && !constant.value().isNull()
                && constant.value().booleanValue() == value;
    }

    /// AND, or OR, which a constant of `deciding` decides; the opposite is left out.
    private TypedExpression connected(
            TypedExpression whole, List<TypedExpression> operands, boolean deciding) {
        List<TypedExpression> folded = new ArrayList<>(operands.size());
        boolean changed = false;
        for (TypedExpression operand : operands) {
            TypedExpression part = fold(operand);
            if (isConstant(part, deciding)) {
                // What stands before it has been computed.
                if (folded.stream().noneMatch(this::fails)) {
                    return part;
                }
                folded.add(part);
                return deciding ? new Or(folded) : new And(folded);
            }
            changed |= !part.equals(operand);
            if (isConstant(part, !deciding)) {
                changed = true;
            } else {
                folded.add(part);
            }
        }
        if (!changed) {
            return whole;
        }
        return switch (folded.size()) {
            case 0 -> bool(!deciding);
            case 1 -> folded.getFirst();
            default -> deciding ? new Or(folded) : new And(folded);
        };
    }

    private TypedExpression choice(Case choice) {
        List<TypedExpression.When> whens = new ArrayList<>();
        for (TypedExpression.When when : choice.whens()) {
            TypedExpression condition = fold(when.condition());
            if (condition instanceof Constant constant) {
                if (isTrue(constant)) {
                    return chosen(choice, whens, fold(when.result()));
                }
            } else {
                whens.add(new TypedExpression.When(condition, fold(when.result())));
            }
        }
        @Nullable TypedExpression otherwise = choice.otherwise();
        return chosen(choice, whens, otherwise == null ? null : fold(otherwise));
    }

    private static TypedExpression chosen(
            Case choice, List<TypedExpression.When> whens, @Nullable TypedExpression otherwise) {
        if (!whens.isEmpty()) {
            return new Case(whens, otherwise, choice.type());
        }
        return otherwise == null ? new Constant(new Datum(), choice.type()) : otherwise;
    }

    private TypedExpression coalesce(Coalesce choice) {
        List<TypedExpression> folded = new ArrayList<>();
        for (TypedExpression operand : choice.operands()) {
            TypedExpression part = fold(operand);
            boolean isConstant = part instanceof Constant;
            if (isConstant && ((Constant) part).value().isNull()) {
                continue;
            }
            folded.add(part);
            if (isConstant) {
                break;
            }
        }
        return switch (folded.size()) {
            case 0 -> new Constant(new Datum(), choice.type());
            case 1 -> folded.getFirst();
            default -> new Coalesce(folded, choice.type());
        };
    }

    private TypedExpression call(FunctionCall call) {
        FunctionDefinition definition = call.function().definition();
        if (!(definition.implementation() instanceof FunctionDefinition.Scalar scalar)) {
            return call;
        }
        boolean allConstant = true;
        for (TypedExpression argument : call.arguments()) {
            boolean isConstant = argument instanceof Constant;
            if (isConstant && definition.strict() && ((Constant) argument).value().isNull()) {
                return call.arguments().stream().anyMatch(this::fails)
                        ? call
                        : new Constant(new Datum(), call.type());
            }
            allConstant &= isConstant && isPlain(argument.type());
        }
        if (!allConstant
                || call.arguments().isEmpty()
                || definition.volatility() != Volatility.IMMUTABLE
                || !isPlain(call.type())) {
            return call;
        }
        Datum[] arguments =
                call.arguments().stream()
                        .map(argument -> ((Constant) argument).value())
                        .toArray(Datum[]::new);
        try {
            Constant value =
                    folder.call(
                            scalar.bind(call.function().argumentTypes(), call.type()),
                            arguments,
                            call.type());
            return value == null ? call : value;
        } catch (DatabaseException e) {
            // Of other failures it is not known what the function needs.
            return e.state().code().startsWith("22") ? failing(call, e) : call;
        }
    }

    private boolean fails(TypedExpression expression) {
        if (!anyFailure) {
            return false;
        }
        boolean[] found = {false};
        Expressions.forEach(
                expression,
                part ->
                        found[0] |=
                                part instanceof FunctionCall call
                                        && call.function().definition().implementation()
                                                instanceof ConstantFailure);
        return found[0];
    }

    private FunctionCall failing(FunctionCall call, DatabaseException failure) {
        anyFailure = true;
        FunctionDefinition definition = call.function().definition();
        FunctionDefinition failing =
                new FunctionDefinition(
                        definition.oid(),
                        definition.name(),
                        definition.argumentTypes(),
                        definition.requiredArguments(),
                        definition.resultType(),
                        definition.variadic(),
                        definition.strict(),
                        definition.volatility(),
                        new ConstantFailure(failure));
        return new FunctionCall(
                new Resolved(failing, call.function().argumentTypes(), call.type()),
                call.arguments(),
                call.position());
    }

    /// Types whose values have the same text in every session.
    private static boolean isPlain(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, NUMERIC, TEXT, VARCHAR -> true;
            default -> false;
        };
    }
}
