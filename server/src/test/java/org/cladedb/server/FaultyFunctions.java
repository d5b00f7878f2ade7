package org.cladedb.server;

import java.util.Collection;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The server's functions, and some that are broken: `analyze_…` when it is resolved, `plan_…` when
/// its value is asked for with constants, `run_…` when it is called; each with the name of a
/// [Fault], and one integer, its value.
final class FaultyFunctions implements FunctionRegistry {
    private final FunctionRegistry sound;

    FaultyFunctions(FunctionRegistry sound) {
        this.sound = sound;
    }

    @Override
    public Resolved resolveFunction(String name, List<SqlType> argumentTypes) {
        for (Fault fault : Fault.values()) {
            if (!fault.isNamedBy(name)) {
                continue;
            }
            if (name.startsWith("analyze_")) {
                fault.happen();
            }
            boolean constant = name.startsWith("plan_");
            if (constant || name.startsWith("run_")) {
                return broken(name, fault, constant);
            }
        }
        return sound.resolveFunction(name, argumentTypes);
    }

    private static Resolved broken(String name, Fault fault, boolean constant) {
        FunctionDefinition definition =
                new FunctionDefinition(
                        0,
                        name,
                        List.of(SqlType.INTEGER),
                        1,
                        SqlType.INTEGER,
                        false,
                        true,
                        constant
                                ? FunctionDefinition.Volatility.IMMUTABLE
                                : FunctionDefinition.Volatility.VOLATILE,
                        (FunctionDefinition.Scalar)
                                (_, _) ->
                                        (in, out, _) -> {
                                            fault.happen();
                                            out.copyFrom(in[0]);
                                        });
        return new Resolved(definition, List.of(SqlType.INTEGER), SqlType.INTEGER);
    }

    @Override
    public Resolved resolveVariadic(String name, List<SqlType> argumentTypes) {
        return sound.resolveVariadic(name, argumentTypes);
    }

    @Override
    public Resolved resolveOperator(String symbol, List<SqlType> argumentTypes) {
        return sound.resolveOperator(symbol, argumentTypes);
    }

    @Override
    public boolean hasFunction(String name) {
        return sound.hasFunction(name);
    }

    @Override
    public @Nullable Cast cast(SqlType from, SqlType to) {
        return sound.cast(from, to);
    }

    @Override
    public @Nullable Cast assignmentCast(SqlType from, SqlType to) {
        return sound.assignmentCast(from, to);
    }

    @Override
    public @Nullable SqlType commonType(List<SqlType> types) {
        return sound.commonType(types);
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        return sound.functions();
    }

    @Override
    public Collection<FunctionDefinition> operators() {
        return sound.operators();
    }
}
