package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.functions.ScalarFunction;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Turns typed expressions into evaluators bound to the cells of a [Scope].
///
/// A column becomes its very cell, functions are bound to their types once, and nothing of an
/// evaluator allocates per row except what makes arrays and rows.
final class ExpressionCompiler {
    private final FunctionRegistry registry;
    private final PlanState state;
    private final SubqueryCompiler subqueries;

    ExpressionCompiler(FunctionRegistry registry, PlanState state, PlanTranslator plans) {
        this.registry = registry;
        this.state = state;
        subqueries = new SubqueryCompiler(this, plans, state);
    }

    FunctionRegistry registry() {
        return registry;
    }

    PlanState state() {
        return state;
    }

    Evaluator[] compileAll(List<TypedExpression> expressions, Scope scope) {
        Evaluator[] evaluators = new Evaluator[expressions.size()];
        for (int i = 0; i < evaluators.length; i++) {
            evaluators[i] = compile(expressions.get(i), scope);
        }
        return evaluators;
    }

    /// Compiles a condition that rows must meet, if there is one.
    @Nullable Evaluator compileOptionalCondition(@Nullable TypedExpression condition, Scope scope) {
        return condition == null ? null : compileCondition(condition, scope);
    }

    /// Compiles a condition that rows must meet. Its parts are tested in the order of their costs,
    /// and none after one that is not true.
    Evaluator compileCondition(TypedExpression condition, Scope scope) {
        if (!(condition instanceof TypedExpression.And)) {
            return compile(condition, scope);
        }
        record Part(Evaluator evaluator, long cost) {}
        List<Part> parts = new ArrayList<>();
        for (TypedExpression conjunct : Expressions.conjuncts(condition)) {
            int before = subqueries.repeated();
            Evaluator evaluator = compile(conjunct, scope);
            int repeated = subqueries.repeated() - before;
            parts.add(
                    new Part(
                            evaluator,
                            ConditionCost.of(conjunct) + repeated * ConditionCost.SUBQUERY));
        }
        return new LogicEvaluators.All(
                parts.stream()
                        .sorted(Comparator.comparingLong(Part::cost))
                        .map(Part::evaluator)
                        .toArray(Evaluator[]::new),
                new Datum());
    }

    /// Compiles an expression that may be absent: then it is null.
    @Nullable Evaluator compileOptional(@Nullable TypedExpression expression, Scope scope) {
        return expression == null ? null : compile(expression, scope);
    }

    /// Compiles to an evaluator whose results are always in one cell.
    CellEvaluator compileToCell(TypedExpression expression, Scope scope) {
        return CellEvaluator.of(compile(expression, scope));
    }

    Evaluator compile(TypedExpression expression, Scope scope) {
        return switch (expression) {
            case TypedExpression.Constant constant -> constant(constant.value());
            case TypedExpression.Parameter parameter -> {
                int index = parameter.index();
                yield context -> context.parameter(index);
            }
            case TypedExpression.ColumnReference column ->
                    new CellEvaluator.Plain(scope.cell(column.columnId()));
            case TypedExpression.FunctionCall call -> compileCall(call, scope);
            case TypedExpression.Cast cast -> compileCast(cast, scope);
            case TypedExpression.Collate collate -> compile(collate.operand(), scope);
            case TypedExpression.And and ->
                    new LogicEvaluators.And(compileAll(and.operands(), scope), new Datum());
            case TypedExpression.Or or ->
                    new LogicEvaluators.Or(compileAll(or.operands(), scope), new Datum());
            case TypedExpression.Not not ->
                    new LogicEvaluators.Not(compile(not.operand(), scope), new Datum());
            case TypedExpression.IsNull test -> compileIsNull(test, scope);
            case TypedExpression.BooleanTest test ->
                    new LogicEvaluators.BooleanTest(
                            compile(test.operand(), scope),
                            test.expected(),
                            test.negated(),
                            new Datum());
            case TypedExpression.IsDistinct test ->
                    new LogicEvaluators.IsDistinct(
                            compile(test.left(), scope),
                            compile(test.right(), scope),
                            DatumComparator.of(test.left().type(), test.right().type()),
                            test.negated(),
                            new Datum());
            case TypedExpression.Case choice -> compileCase(choice, scope);
            case TypedExpression.Coalesce choice ->
                    new ChoiceEvaluators.Coalesce(compileAll(choice.operands(), scope));
            case TypedExpression.NullIf choice -> compileNullIf(choice, scope);
            case TypedExpression.Extreme choice ->
                    new ChoiceEvaluators.Extreme(
                            compileAll(choice.operands(), scope),
                            DatumComparator.of(choice.type()),
                            choice.greatest() ? 1 : -1,
                            new Datum());
            case TypedExpression.InList list -> MembershipCompiler.inList(this, list, scope);
            case TypedExpression.ArrayComparison comparison ->
                    MembershipCompiler.array(this, comparison, scope);
            case TypedExpression.ArrayConstructor array -> compileArray(array, scope);
            case TypedExpression.Subscript subscript -> compileSubscript(subscript, scope);
            case TypedExpression.RowConstructor row ->
                    new CompositeEvaluators.NewRow(
                            compileAll(row.fields(), scope),
                            row.type(),
                            row.fields().stream()
                                    .map(field -> field.type().form())
                                    .toArray(ValueForm[]::new),
                            new Datum());
            case TypedExpression.FieldAccess field ->
                    new CompositeEvaluators.Field(
                            compile(field.row(), scope), field.index(), new Datum());
            case TypedExpression.ScalarSubquery subquery -> subqueries.scalar(subquery, scope);
            case TypedExpression.Exists subquery -> subqueries.exists(subquery, scope);
            case TypedExpression.QuantifiedSubquery subquery ->
                    subqueries.quantified(subquery, scope);
            case TypedExpression.ArraySubquery subquery -> subqueries.array(subquery, scope);
            case TypedExpression.NestedSubquery subquery -> subqueries.nested(subquery, scope);
        };
    }

    /// A cell of this plan's own: it may become one of a row, and rows that were on disk are read
    /// into the cells of an operator's input.
    private static Evaluator constant(Datum value) {
        Datum own = new Datum();
        own.copyFrom(value);
        return new CellEvaluator.Plain(own);
    }

    private Evaluator compileCall(TypedExpression.FunctionCall call, Scope scope) {
        Evaluator[] arguments = compileAll(call.arguments(), scope);
        if (arguments.length == 2) {
            Evaluator comparison = ComparisonEvaluator.find(call, arguments[0], arguments[1]);
            if (comparison != null) {
                return comparison;
            }
        }
        return new FunctionEvaluator(
                bind(call.function()),
                call.function().definition().strict(),
                arguments,
                LargeResults.of(
                        state,
                        call.arguments().stream().map(TypedExpression::type).toList(),
                        call.type()));
    }

    /// Binds a scalar function to the types of a call.
    static ScalarFunction bind(FunctionRegistry.Resolved function) {
        return switch (function.definition().implementation()) {
            case FunctionDefinition.Scalar scalar ->
                    scalar.bind(function.argumentTypes(), function.resultType());
            case FunctionDefinition.Aggregate _ -> throw misplaced("aggregate", function);
            case FunctionDefinition.SetReturning _ -> throw misplaced("set-returning", function);
            case FunctionDefinition.Window _ -> throw misplaced("window", function);
        };
    }

    private static DatabaseException misplaced(String kind, FunctionRegistry.Resolved function) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                kind
                        + " function "
                        + function.definition().name()
                        + " is not supported in this place");
    }

    private Evaluator compileCast(TypedExpression.Cast cast, Scope scope) {
        Evaluator operand = compile(cast.operand(), scope);
        SqlType from = cast.operand().type();
        FunctionRegistry.Cast found =
                cast.explicit()
                        ? registry.cast(from, cast.type())
                        : registry.assignmentCast(from, cast.type());
        if (found == null) {
            throw new DatabaseException(
                            SqlState.CANNOT_COERCE,
                            "cannot cast type "
                                    + from.kind().sqlName()
                                    + " to "
                                    + cast.type().kind().sqlName())
                    .at(cast.position());
        }
        ScalarFunction function = found.function();
        return function == null
                ? operand
                : new FunctionEvaluator(
                        function,
                        true,
                        new Evaluator[] {operand},
                        LargeResults.of(state, List.of(from), cast.type()));
    }

    private Evaluator compileIsNull(TypedExpression.IsNull test, Scope scope) {
        Evaluator operand = compile(test.operand(), scope);
        return test.operand().type().form() == ValueForm.ROW
                ? new LogicEvaluators.IsNullRow(operand, test.negated(), new Datum())
                : new LogicEvaluators.IsNull(operand, test.negated(), new Datum());
    }

    private Evaluator compileCase(TypedExpression.Case choice, Scope scope) {
        Evaluator[] conditions =
                compileAll(
                        choice.whens().stream().map(TypedExpression.When::condition).toList(),
                        scope);
        Evaluator[] results =
                compileAll(
                        choice.whens().stream().map(TypedExpression.When::result).toList(), scope);
        TypedExpression otherwise = choice.otherwise();
        return new ChoiceEvaluators.Case(
                conditions,
                results,
                otherwise == null
                        ? new CellEvaluator.Plain(new Datum())
                        : compile(otherwise, scope));
    }

    private Evaluator compileNullIf(TypedExpression.NullIf choice, Scope scope) {
        CellEvaluator left = compileToCell(choice.left(), scope);
        CellEvaluator right = compileToCell(choice.right(), scope);
        return new ChoiceEvaluators.NullIf(
                left, right, comparison(choice.equality(), left.cell(), right.cell()), new Datum());
    }

    /// A call of a binary operator on two cells.
    Evaluator comparison(FunctionRegistry.Resolved operator, Datum left, Datum right) {
        Evaluator[] operands = {new CellEvaluator.Plain(left), new CellEvaluator.Plain(right)};
        TypedExpression.FunctionCall call =
                new TypedExpression.FunctionCall(operator, List.of(), -1);
        Evaluator quick = ComparisonEvaluator.find(call, operands[0], operands[1]);
        return quick != null
                ? quick
                : new FunctionEvaluator(
                        bind(operator), operator.definition().strict(), operands, null);
    }

    private Evaluator compileArray(TypedExpression.ArrayConstructor array, Scope scope) {
        Evaluator[] elements = compileAll(array.elements(), scope);
        SqlType elementType =
                array.type() instanceof SqlType.Array type ? type.element() : array.type();
        boolean nested =
                !array.elements().isEmpty() && array.elements().getFirst().type().isArray();
        return nested
                ? new CompositeEvaluators.NewNestedArray(elements, elementType, new Datum())
                : new CompositeEvaluators.NewArray(elements, elementType, new Datum());
    }

    private Evaluator compileSubscript(TypedExpression.Subscript subscript, Scope scope) {
        Evaluator array = compile(subscript.array(), scope);
        List<TypedExpression.Subscript.Index> indexes = subscript.indexes();
        boolean slice = indexes.stream().anyMatch(TypedExpression.Subscript.Index::slice);
        @Nullable Evaluator[] lowers = new @Nullable Evaluator[indexes.size()];
        @Nullable Evaluator[] uppers = new @Nullable Evaluator[indexes.size()];
        for (int i = 0; i < lowers.length; i++) {
            TypedExpression.Subscript.Index index = indexes.get(i);
            lowers[i] = compileOptional(index.lower(), scope);
            uppers[i] = compileOptional(index.upper(), scope);
            if (!index.slice()) {
                // One subscript among slices means from 1 to there.
                Evaluator only = uppers[i] == null ? lowers[i] : uppers[i];
                uppers[i] = only;
                lowers[i] = new CellEvaluator.Plain(Datum.ofLong(1));
            }
        }
        return slice
                ? new CompositeEvaluators.Slice(array, lowers, uppers, new Datum())
                : new CompositeEvaluators.Element(array, present(uppers), new Datum());
    }

    private static Evaluator[] present(@Nullable Evaluator[] evaluators) {
        Evaluator[] all = new Evaluator[evaluators.length];
        for (int i = 0; i < all.length; i++) {
            Evaluator evaluator = evaluators[i];
            if (evaluator == null) {
                throw new IllegalStateException("a subscript has no expression");
            }
            all[i] = evaluator;
        }
        return all;
    }
}
