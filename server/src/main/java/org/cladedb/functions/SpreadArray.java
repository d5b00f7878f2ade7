package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Calls a variadic function with the elements of an array: `f(a, VARIADIC array)`.
final class SpreadArray implements ScalarFunction {
    private final FunctionDefinition variadic;
    private final FunctionDefinition.Scalar implementation;
    private final List<SqlType> types;
    private final SqlType result;
    private @Nullable ScalarFunction bound;
    private int boundCount = -1;

    private SpreadArray(
            FunctionDefinition variadic,
            FunctionDefinition.Scalar implementation,
            List<SqlType> types,
            SqlType result) {
        this.variadic = variadic;
        this.implementation = implementation;
        this.types = types;
        this.result = result;
    }

    /// The function that takes an array where `variadic` takes any number of arguments.
    ///
    /// @param types of the arguments, the array last
    static FunctionDefinition of(
            FunctionDefinition variadic,
            FunctionDefinition.Scalar implementation,
            List<SqlType> types) {
        return new FunctionDefinition(
                variadic.oid(),
                variadic.name(),
                types,
                types.size(),
                variadic.resultType(),
                false,
                false,
                variadic.volatility(),
                (FunctionDefinition.Scalar)
                        (_, result) -> new SpreadArray(variadic, implementation, types, result));
    }

    @Override
    public void apply(Datum[] arguments, Datum out, EvaluationContext context) {
        int fixed = arguments.length - 1;
        Datum array = arguments[fixed];
        // To format, no array is an empty one.
        if (array.isNull() && !variadic.name().equals("format")) {
            out.setNull();
            return;
        }
        List<Datum> elements = array.isNull() ? List.of() : array.arrayValue().elements();
        Datum[] spread = new Datum[fixed + elements.size()];
        boolean hasNull = false;
        for (int i = 0; i < spread.length; i++) {
            Cancellation.check();
            spread[i] = i < fixed ? arguments[i] : elements.get(i - fixed);
            hasNull |= spread[i].isNull();
        }
        if (hasNull && variadic.strict()) {
            out.setNull();
        } else {
            function(elements.size()).apply(spread, out, context);
        }
    }

    private ScalarFunction function(int count) {
        ScalarFunction known = bound;
        if (known != null && boundCount == count) {
            return known;
        }
        List<SqlType> all = new ArrayList<>(types.subList(0, types.size() - 1));
        SqlType element = Coercions.elementType(types.getLast());
        for (int i = 0; i < count && element != null; i++) {
            all.add(element);
        }
        ScalarFunction made = implementation.bind(all, result);
        bound = made;
        boundCount = count;
        return made;
    }
}
