package org.cladedb.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.functions.OverloadResolution.Candidate;
import org.cladedb.functions.OverloadResolution.Choice;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// The operators by symbol and number of operands, and what was chosen among them. Each statement
/// asks for the same few operators with the same few types, while `=` alone has dozens of
/// overloads. Safe to share: what is remembered follows from the operators alone.
final class OperatorTable {
    private static final Choice NONE = new Choice(null, 0);

    private final Map<String, Overloads> unary = new HashMap<>();
    private final Map<String, Overloads> binary = new HashMap<>();

    OperatorTable(List<FunctionDefinition> operators) {
        for (FunctionDefinition operator : operators) {
            (operator.argumentTypes().size() == 1 ? unary : binary)
                    .computeIfAbsent(operator.name(), _ -> new Overloads())
                    .definitions
                    .add(operator);
        }
    }

    /// The operator for operands of these types, one or two.
    Choice choose(String symbol, List<SqlType> operands) {
        Overloads overloads = (operands.size() == 1 ? unary : binary).get(symbol);
        return overloads == null ? NONE : overloads.choose(operands);
    }

    private static final class Overloads {
        private final List<FunctionDefinition> definitions = new ArrayList<>();
        private final Map<Long, Choice> chosen = new ConcurrentHashMap<>();

        Choice choose(List<SqlType> operands) {
            long key = 0;
            for (SqlType operand : operands) {
                // The kind says all about other types that a choice looks at.
                if (operand.isArray() || operand.kind() == TypeKind.RECORD) {
                    return chooseAnew(operands);
                }
                key = key << Integer.SIZE | Integer.toUnsignedLong(operand.oid());
            }
            Choice known = chosen.get(key);
            if (known == null) {
                known = chooseAnew(operands);
                chosen.put(key, known);
            }
            return known;
        }

        private Choice chooseAnew(List<SqlType> operands) {
            if (operands.size() == 2) {
                SqlType left = operands.getFirst();
                SqlType right = operands.getLast();
                boolean leftUnknown = left.kind() == TypeKind.UNKNOWN;
                if (leftUnknown != (right.kind() == TypeKind.UNKNOWN)) {
                    // An unknown literal beside a known type is first tried as that type.
                    SqlType known = leftUnknown ? right : left;
                    Candidate exact = OverloadResolution.exact(definitions, List.of(known, known));
                    if (exact != null) {
                        return new Choice(exact, 1);
                    }
                }
            }
            return OverloadResolution.choose(definitions, operands);
        }
    }
}
