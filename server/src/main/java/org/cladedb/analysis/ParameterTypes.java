package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.TypedExpression.Parameter;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// The types of `$n`: declared by the client, or found where the parameter is first used.
final class ParameterTypes {
    private static final int PARAMETERS_MAX = 65535;

    private final List<SqlType> types;
    private final int numberMax;
    private final IdentityHashMap<Parameter, Integer> open = new IdentityHashMap<>();

    /// @param open whether there may be more than the declared ones
    ParameterTypes(List<SqlType> declared, boolean open) {
        types = new ArrayList<>(declared);
        numberMax = open ? PARAMETERS_MAX : declared.size();
    }

    /// The parameter `number` (from 1), of type UNKNOWN while nothing is known.
    Parameter read(int number, int position) {
        if (number < 1 || number > numberMax) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + number)
                    .at(position);
        }
        while (types.size() < number) {
            types.add(SqlType.UNKNOWN);
        }
        Parameter parameter = new Parameter(number - 1, types.get(number - 1));
        if (isOpen(parameter)) {
            open.put(parameter, position);
        }
        return parameter;
    }

    static boolean isOpen(Parameter parameter) {
        return parameter.type().kind() == TypeKind.UNKNOWN;
    }

    /// Gives an open parameter the type its surroundings ask for.
    Parameter resolve(Parameter parameter, SqlType type, int position) {
        SqlType wanted = type.withoutModifier();
        SqlType known = types.get(parameter.index());
        if (known.kind() == TypeKind.UNKNOWN) {
            types.set(parameter.index(), wanted);
        } else if (!known.equals(wanted)) {
            throw new DatabaseException(
                            SqlState.AMBIGUOUS_PARAMETER,
                            "inconsistent types deduced for parameter $" + (parameter.index() + 1))
                    .withDetail(TypeText.of(known) + " versus " + TypeText.of(wanted))
                    .at(position);
        }
        open.remove(parameter);
        return new Parameter(parameter.index(), wanted);
    }

    /// The types at the end of analysis; refuses statements that leave any open.
    List<SqlType> complete() {
        open.forEach((parameter, position) -> {
            if (types.get(parameter.index()).kind() != TypeKind.UNKNOWN) {
                throw new DatabaseException(
                                SqlState.AMBIGUOUS_PARAMETER, undetermined(parameter.index()))
                        .at(position);
            }
        });
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).kind() == TypeKind.UNKNOWN) {
                throw new DatabaseException(SqlState.INDETERMINATE_DATATYPE, undetermined(i));
            }
        }
        return List.copyOf(types);
    }

    private static String undetermined(int index) {
        return "could not determine data type of parameter $" + (index + 1);
    }
}
