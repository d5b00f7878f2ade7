package org.cladedb.plan.ir;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.ScalarFunction;
import org.cladedb.types.SqlType;

/// What a call of a function with constants has come to that fails: `1 / 0`. A plan that has one
/// left in it when all that nobody reads is gone cannot be made.
public record ConstantFailure(DatabaseException failure) implements FunctionDefinition.Scalar {
    @Override
    public ScalarFunction bind(List<SqlType> argumentTypes, SqlType resultType) {
        return (_, _, _) -> {
            throw failure;
        };
    }

    /// Throws the first failure in the plan.
    public static void check(LogicalNode plan) {
        LogicalNodes.forEachExpression(
                plan,
                part -> {
                    if (part instanceof TypedExpression.FunctionCall call
                            && call.function().definition().implementation()
                                    instanceof ConstantFailure constant) {
                        throw constant.failure();
                    }
                });
    }
}
