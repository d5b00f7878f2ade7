package org.cladedb.catalog.system;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.SqlType;

/// Which of PostgreSQL's functions, operators and casts can be used here. Immutable.
final class Available {
    private final FunctionRegistry registry;
    private final Set<Integer> functions = new HashSet<>();
    private final Set<String> operators = new HashSet<>();

    Available(FunctionRegistry registry) {
        this.registry = registry;
        for (FunctionDefinition function : registry.functions()) {
            functions.add(function.oid());
        }
        for (FunctionDefinition operator : registry.operators()) {
            List<Integer> types = operator.argumentTypes().stream().map(SqlType::oid).toList();
            operators.add(
                    types.size() == 1
                            ? key(operator.name(), 0, types.getFirst())
                            : key(operator.name(), types.getFirst(), types.getLast()));
        }
    }

    private static String key(String symbol, int left, int right) {
        return symbol + " " + left + " " + right;
    }

    boolean hasFunction(int oid) {
        return functions.contains(oid);
    }

    boolean hasOperator(String symbol, int left, int right) {
        return operators.contains(key(symbol, left, right));
    }

    boolean hasCast(int source, int target) {
        SqlType from = SqlType.byOid(source);
        SqlType to = SqlType.byOid(target);
        return from != null && to != null && registry.cast(from, to) != null;
    }

    /// Whether a line of facts is about something that can be used, or that other rows refer to.
    boolean has(FixedRows facts, String relation, String[] line) {
        return switch (relation) {
            case "pg_proc" ->
                    line[facts.position("referenced")].equals("t")
                            || hasFunction(number(facts, line, "oid"));
            case "pg_aggregate" -> hasFunction(number(facts, line, "aggfnoid"));
            case "pg_operator" ->
                    hasOperator(
                            line[facts.position("oprname")],
                            number(facts, line, "oprleft"),
                            number(facts, line, "oprright"));
            case "pg_cast" ->
                    hasCast(number(facts, line, "castsource"), number(facts, line, "casttarget"));
            default -> true;
        };
    }

    private static int number(FixedRows facts, String[] line, String column) {
        return Integer.parseInt(line[facts.position(column)]);
    }
}
