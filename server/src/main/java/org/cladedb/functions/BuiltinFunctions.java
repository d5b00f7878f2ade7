package org.cladedb.functions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition.Volatility;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The functions, operators and casts that the server has. Immutable and safe to share.
public final class BuiltinFunctions implements FunctionRegistry {
    private final List<FunctionDefinition> functions;
    private final List<FunctionDefinition> operators;
    private final Map<String, List<FunctionDefinition>> functionsByName;
    private final OperatorTable operatorTable;

    private BuiltinFunctions(Definitions definitions) {
        functions = List.copyOf(definitions.functions());
        operators = List.copyOf(definitions.operators());
        functionsByName = byName(functions);
        operatorTable = new OperatorTable(operators);
    }

    public static FunctionRegistry create() {
        return create("PostgreSQL 18.1 (CladeDB 0.1)");
    }

    /// With the text that `version()` returns.
    public static FunctionRegistry create(String version) {
        Definitions definitions = new Definitions();
        Families.defineAll(definitions, version);
        return new BuiltinFunctions(definitions);
    }

    private static Map<String, List<FunctionDefinition>> byName(
            List<FunctionDefinition> definitions) {
        Map<String, List<FunctionDefinition>> result = new HashMap<>();
        for (FunctionDefinition definition : definitions) {
            result.computeIfAbsent(definition.name(), _ -> new ArrayList<>()).add(definition);
        }
        return result;
    }

    @Override
    public Resolved resolveFunction(String name, List<SqlType> argumentTypes) {
        List<FunctionDefinition> overloads = functionsByName.getOrDefault(name, List.of());
        OverloadResolution.Choice choice = OverloadResolution.choose(overloads, argumentTypes);
        if (choice.candidate() != null) {
            return resolved(choice.candidate(), argumentTypes);
        }
        Resolved asCast = castCall(name, argumentTypes);
        if (asCast != null) {
            return asCast;
        }
        if (choice.matching() == 0) {
            throw noFunction(name, argumentTypes);
        }
        String call = name + "(" + TypeText.list(argumentTypes) + ")";
        throw new DatabaseException(
                        SqlState.AMBIGUOUS_FUNCTION, "function " + call + " is not unique")
                .withHint(
                        "Could not choose a best candidate function. You might need to add"
                                + " explicit type casts.");
    }

    private static DatabaseException noFunction(String name, List<SqlType> argumentTypes) {
        String call = name + "(" + TypeText.list(argumentTypes) + ")";
        return new DatabaseException(
                        SqlState.UNDEFINED_FUNCTION, "function " + call + " does not exist")
                .withHint(
                        "No function matches the given name and argument types. You might need"
                                + " to add explicit type casts.");
    }

    @Override
    public Resolved resolveVariadic(String name, List<SqlType> argumentTypes) {
        for (FunctionDefinition overload : functionsByName.getOrDefault(name, List.of())) {
            if (overload.variadic()
                    && overload.argumentTypes().size() == argumentTypes.size()
                    && overload.implementation() instanceof FunctionDefinition.Scalar scalar
                    && OverloadResolution.accepts(overload.argumentTypes(), argumentTypes)) {
                List<SqlType> types = new ArrayList<>(overload.argumentTypes());
                if (types.getLast().kind() == TypeKind.ANY) {
                    types.set(types.size() - 1, array(argumentTypes.getLast()));
                }
                return new Resolved(
                        SpreadArray.of(overload, scalar, types), types, overload.resultType());
            }
        }
        throw noFunction(name, argumentTypes);
    }

    private static SqlType array(SqlType type) {
        if (!type.isArray()) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH, "VARIADIC argument must be an array");
        }
        return type;
    }

    /// A type's name may be called like a function: `text(1.5)`, `date('2000-01-01')`.
    private @Nullable Resolved castCall(String name, List<SqlType> argumentTypes) {
        TypeKind kind = TypeKind.byTypeName(name);
        if (kind == null || argumentTypes.size() != 1 || kind.category() == 'P') {
            return null;
        }
        SqlType from = argumentTypes.getFirst();
        SqlType to = SqlType.of(kind);
        Cast cast = cast(from, to);
        if (cast == null || (from.kind() == TypeKind.RECORD && kind.category() == 'S')) {
            return null;
        }
        SqlType argument = from.kind() == TypeKind.UNKNOWN ? to : from;
        ScalarFunction function =
                from.kind() == TypeKind.UNKNOWN || cast.function() == null
                        ? (in, out, _) -> out.copyFrom(in[0])
                        : cast.function();
        FunctionDefinition definition =
                new FunctionDefinition(
                        0,
                        name,
                        List.of(argument),
                        1,
                        to,
                        false,
                        true,
                        Volatility.STABLE,
                        (FunctionDefinition.Scalar) (_, _) -> function);
        return new Resolved(definition, List.of(argument), to);
    }

    @Override
    public Resolved resolveOperator(String symbol, List<SqlType> argumentTypes) {
        String name = symbol.equals("!=") ? "<>" : symbol;
        OverloadResolution.Choice choice = operatorTable.choose(name, argumentTypes);
        if (choice.candidate() != null) {
            return resolved(choice.candidate(), argumentTypes);
        }
        throw noOperator(symbol, argumentTypes, choice.matching() > 0);
    }

    private static DatabaseException noOperator(
            String symbol, List<SqlType> types, boolean ambiguous) {
        String call =
                types.size() == 1
                        ? symbol + " " + TypeText.of(types.getFirst())
                        : TypeText.of(types.getFirst())
                                + " "
                                + symbol
                                + " "
                                + TypeText.of(types.getLast());
        if (ambiguous) {
            return new DatabaseException(
                            SqlState.AMBIGUOUS_FUNCTION, "operator is not unique: " + call)
                    .withHint(
                            "Could not choose a best candidate operator. You might need to add"
                                    + " explicit type casts.");
        }
        return new DatabaseException(
                        SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + call)
                .withHint(
                        types.size() == 1
                                ? "No operator matches the given name and argument type. You might"
                                        + " need to add an explicit type cast."
                                : "No operator matches the given name and argument types. You"
                                        + " might need to add explicit type casts.");
    }

    private static Resolved resolved(OverloadResolution.Candidate candidate, List<SqlType> inputs) {
        PolymorphicTypes types = PolymorphicTypes.of(candidate.types(), inputs);
        List<SqlType> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            arguments.add(types.argument(i));
        }
        FunctionDefinition definition = candidate.definition();
        return new Resolved(definition, arguments, types.concrete(definition.resultType()));
    }

    @Override
    public boolean hasFunction(String name) {
        return functionsByName.containsKey(name);
    }

    @Override
    public @Nullable Cast cast(SqlType from, SqlType to) {
        return Casts.of(from, to, true);
    }

    @Override
    public @Nullable Cast assignmentCast(SqlType from, SqlType to) {
        return Casts.of(from, to, false);
    }

    @Override
    public @Nullable SqlType commonType(List<SqlType> types) {
        return CommonTypes.of(types);
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        return functions;
    }

    @Override
    public Collection<FunctionDefinition> operators() {
        return operators;
    }
}
