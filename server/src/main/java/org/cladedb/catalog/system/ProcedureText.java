package org.cladedb.catalog.system;

import java.util.List;
import java.util.function.IntFunction;
import org.cladedb.catalog.system.Procedures.Procedure;

/// Prints the signature of a function as `pg_get_function_arguments` and its like do.
///
/// @param typeName how to call a type, by OID
record ProcedureText(Procedure procedure, IntFunction<String> typeName) {
    /// As regprocedure shows it.
    String signature() {
        return procedure.name()
                + "("
                + String.join(",", procedure.arguments().stream().map(typeName::apply).toList())
                + ")";
    }

    String result() {
        return (procedure.returnsSet() ? "SETOF " : "") + typeName.apply(procedure.result());
    }

    /// All arguments, with their defaults or without.
    String arguments(boolean withDefaults) {
        StringBuilder text = new StringBuilder();
        List<Integer> types = procedure.all();
        int input = 0;
        int plain = procedure.arguments().size() - procedure.defaults().size();
        for (int i = 0; i < types.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(argument(i));
            if (!mode(i).equals("o")) {
                input++;
                if (withDefaults && input > plain) {
                    text.append(" DEFAULT ").append(procedure.defaults().get(input - plain - 1));
                }
            }
        }
        return text.toString();
    }

    private String mode(int argument) {
        return procedure.modes().isEmpty() ? "i" : procedure.modes().get(argument);
    }

    private String argument(int argument) {
        String mode =
                switch (mode(argument)) {
                    case "o" -> "OUT ";
                    case "b" -> "INOUT ";
                    case "v" -> "VARIADIC ";
                    default -> "";
                };
        String name = procedure.names().isEmpty() ? "" : procedure.names().get(argument);
        return mode
                + (name.isEmpty() ? "" : Definitions.quoted(name) + " ")
                + typeName.apply(procedure.all().get(argument));
    }
}
