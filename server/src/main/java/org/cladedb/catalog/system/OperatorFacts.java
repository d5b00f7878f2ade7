package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Operators by OID and name, and the operator classes of types; read when first asked for.
final class OperatorFacts {
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, List<String[]>> byName = new HashMap<>();

    /// By access method (its OID) and type.
    private final Map<List<Integer>, Integer> defaultClasses = new HashMap<>();

    private final Map<Integer, String> classNames = new HashMap<>();
    private final Map<List<Integer>, Integer> equality = new HashMap<>();

    private OperatorFacts() {
        FixedRows operators = FixedRows.of("pg_operator");
        int oid = operators.position("oid");
        int name = operators.position("oprname");
        for (String[] line : operators.lines()) {
            int number = Integer.parseInt(line[oid]);
            names.put(number, line[name]);
            if (line[name].equals("=")) {
                equality.put(
                        List.of(
                                Integer.valueOf(line[operators.position("oprleft")]),
                                Integer.valueOf(line[operators.position("oprright")])),
                        number);
            }
            byName.computeIfAbsent(line[name], _ -> new ArrayList<>()).add(line);
        }
        FixedRows classes = FixedRows.of("pg_opclass");
        int isDefault = classes.position("opcdefault");
        for (String[] line : classes.lines()) {
            int number = Integer.parseInt(line[classes.position("oid")]);
            classNames.put(number, line[classes.position("opcname")]);
            if (line[isDefault].equals("t")) {
                defaultClasses.put(
                        List.of(
                                Integer.valueOf(line[classes.position("opcmethod")]),
                                Integer.valueOf(line[classes.position("opcintype")])),
                        number);
            }
        }
    }

    private static final class Holder {
        private static final OperatorFacts FACTS = new OperatorFacts();
    }

    /// The symbol of an operator; null when there is none.
    static @Nullable String name(int oid) {
        return Holder.FACTS.names.get(oid);
    }

    /// Whether there is one operator of that name in PostgreSQL.
    static boolean isOnly(String name) {
        return Holder.FACTS.byName.getOrDefault(name, List.of()).size() == 1;
    }

    /// The OIDs of those that can be used.
    static List<Integer> named(String name, Available available) {
        FixedRows facts = FixedRows.of("pg_operator");
        return Holder.FACTS.byName.getOrDefault(name, List.of()).stream()
                .filter(line -> available.has(facts, "pg_operator", line))
                .map(line -> Integer.valueOf(line[facts.position("oid")]))
                .toList();
    }

    /// The OID of `=` between two types; that of the first type when there is none between both, 0
    /// when there is none at all.
    static int equality(SqlType left, SqlType right) {
        int between = Holder.FACTS.equality.getOrDefault(pair(left, right), 0);
        return between != 0 ? between : Holder.FACTS.equality.getOrDefault(pair(left, left), 0);
    }

    private static List<Integer> pair(SqlType left, SqlType right) {
        return List.of(operand(left), operand(right));
    }

    private static int operand(SqlType type) {
        if (type.isArray()) {
            return TypeKind.ANYARRAY.oid();
        }
        return type.kind() == TypeKind.VARCHAR ? TypeKind.TEXT.oid() : type.oid();
    }

    /// The name of an operator class; null when there is none.
    static @Nullable String className(int oid) {
        return Holder.FACTS.classNames.get(oid);
    }

    /// The default operator class of a type; 0 when there is none.
    ///
    /// @param method OID of the access method
    static int defaultClass(SqlType type, int method) {
        return Holder.FACTS.defaultClasses.getOrDefault(List.of(method, operand(type)), 0);
    }
}
