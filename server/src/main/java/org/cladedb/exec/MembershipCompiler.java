package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;

/// Chooses between hashing and comparing one by one for IN lists and arrays.
final class MembershipCompiler {
    /// With fewer items, comparing is as fast as hashing.
    private static final int HASHED_ITEMS_MIN = 9;

    private MembershipCompiler() {}

    static Evaluator inList(ExpressionCompiler compiler, TypedExpression.InList list, Scope scope) {
        Evaluator[] items = compiler.compileAll(list.items(), scope);
        if (items.length >= HASHED_ITEMS_MIN
                && isHashable(list.equality())
                && list.items().stream().allMatch(MembershipCompiler::isFixed)) {
            return new MembershipEvaluators.HashedInList(
                    compiler.compile(list.operand(), scope),
                    items,
                    list.equality().argumentTypes().getFirst(),
                    compiler.state());
        }
        CellEvaluator operand = compiler.compileToCell(list.operand(), scope);
        Datum item = new Datum();
        return new MembershipEvaluators.InList(
                operand,
                items,
                item,
                compiler.comparison(list.equality(), operand.cell(), item),
                new Datum());
    }

    static Evaluator array(
            ExpressionCompiler compiler, TypedExpression.ArrayComparison comparison, Scope scope) {
        Evaluator left = compiler.compile(comparison.left(), scope);
        Evaluator array = compiler.compile(comparison.array(), scope);
        FunctionRegistry.Resolved operator = comparison.operator();
        if (isMembership(operator, comparison.all())
                && isHashable(operator)
                && (isFixed(comparison.array()) || isUncorrelated(array))) {
            return new MembershipEvaluators.HashedArray(
                    left,
                    array,
                    operator.argumentTypes().getFirst(),
                    comparison.all(),
                    compiler.state());
        }
        return new MembershipEvaluators.ArrayComparison(
                left,
                array,
                ExpressionCompiler.bind(operator),
                operator.definition().strict(),
                comparison.all());
    }

    /// Whether this is `= ANY`, or its opposite `<> ALL`.
    static boolean isMembership(FunctionRegistry.Resolved operator, boolean all) {
        return operator.definition().name().equals(all ? "<>" : "=");
    }

    /// Whether both sides hash alike and compare by one type's comparator.
    static boolean isHashable(FunctionRegistry.Resolved operator) {
        List<SqlType> types = operator.argumentTypes();
        return types.size() == 2
                && ComparisonEvaluator.isHashable(types.get(0), types.get(1))
                && DatumComparator.isComparable(types.get(0));
    }

    private static boolean isUncorrelated(Evaluator evaluator) {
        return evaluator instanceof SubqueryEvaluators.Single subquery && !subquery.isCorrelated();
    }

    /// Whether the expression has one value for a whole execution.
    private static boolean isFixed(TypedExpression expression) {
        return switch (expression) {
            case TypedExpression.Constant _, TypedExpression.Parameter _ -> true;
            case TypedExpression.Cast cast -> isFixed(cast.operand());
            case TypedExpression.ArrayConstructor array ->
                    array.elements().stream().allMatch(MembershipCompiler::isFixed);
            default -> false;
        };
    }
}
