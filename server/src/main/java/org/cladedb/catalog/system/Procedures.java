package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The built-in functions, to be found by OID and by name; read when first asked for.
final class Procedures {
    private static final String NULL = "\\N";

    private final Map<Integer, Procedure> byOid = new HashMap<>();
    private final Map<String, List<Procedure>> byName = new HashMap<>();

    /// One function.
    ///
    /// @param arguments the OIDs of the types of its input arguments
    /// @param all the types of all arguments, those of results included
    /// @param modes of all arguments: `i`, `o`, `b`, `v` or `t`; empty when all are input
    /// @param names of all arguments; empty when they have none
    /// @param defaults as SQL, of the last input arguments
    /// @param referenced whether other rows of the catalogs refer to it
    record Procedure(
            int oid,
            String name,
            int result,
            boolean returnsSet,
            List<Integer> arguments,
            List<Integer> all,
            List<String> modes,
            List<String> names,
            List<String> defaults,
            boolean referenced) {}

    private Procedures() {
        FixedRows facts = FixedRows.of("pg_proc");
        int oid = facts.position("oid");
        int name = facts.position("proname");
        int result = facts.position("prorettype");
        int returnsSet = facts.position("proretset");
        int arguments = facts.position("proargtypes");
        int all = facts.position("proallargtypes");
        int modes = facts.position("proargmodes");
        int names = facts.position("proargnames");
        int defaults = facts.position("defaults");
        int referenced = facts.position("referenced");
        for (String[] line : facts.lines()) {
            List<Integer> input = numbers(line[arguments], " ");
            add(
                    new Procedure(
                            number(line[oid]),
                            line[name],
                            number(line[result]),
                            line[returnsSet].equals("t"),
                            input,
                            line[all].equals(NULL) ? input : numbers(inner(line[all]), ","),
                            words(inner(line[modes])),
                            words(inner(line[names])),
                            split(line[defaults]),
                            line[referenced].equals("t")));
        }
    }

    private static final class Holder {
        private static final Procedures ALL = new Procedures();
    }

    static Procedures all() {
        return Holder.ALL;
    }

    private void add(Procedure procedure) {
        byOid.put(procedure.oid(), procedure);
        byName.computeIfAbsent(procedure.name(), _ -> new ArrayList<>()).add(procedure);
    }

    @Nullable Procedure find(int oid) {
        return byOid.get(oid);
    }

    List<Procedure> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static String inner(String array) {
        return array.equals(NULL) ? "" : array.substring(1, array.length() - 1);
    }

    private static List<Integer> numbers(String text, String separator) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(separator, -1)).map(Procedures::number).toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(word -> word.replace("\"", "")).toList();
    }

    private static List<String> split(String defaults) {
        return defaults.equals(NULL) ? List.of() : List.of(defaults.split(", ", -1));
    }
}
