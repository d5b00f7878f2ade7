package org.cladedb.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cladedb.common.Cancellation;
import org.cladedb.common.CancelledException;
import org.cladedb.error.DatabaseException;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.ValueForm;
import org.junit.jupiter.api.Test;

/// Every function that goes through a large value asks again and again whether it was stopped.
///
/// All functions and operators of the registry are called with values of a quarter of a megabyte,
/// by a thread that counts how often it is asked and is stopped at the third time. What is not
/// stopped by any of the combinations of values must be among those known to do as much for any
/// value.
class FunctionWorkTest {
    private static final int BYTES = 1 << 18;
    private static final int ELEMENTS = 1 << 16;
    private static final int CHECKS = 3;

    /// Reads a length, a place or one item: the same work for any value.
    private static final Set<String> CONSTANT =
            Set.of(
                    "array_dims(anyarray)",
                    "array_length(anyarray, integer)",
                    "array_lower(anyarray, integer)",
                    "array_ndims(anyarray)",
                    "array_upper(anyarray, integer)",
                    "bit_length(bytea)",
                    "bit_length(text)",
                    "bpcharsend(character)",
                    "byteasend(bytea)",
                    "cardinality(anyarray)",
                    "count(\"any\")",
                    "get_bit(bytea, bigint)",
                    "get_byte(bytea, integer)",
                    "json_send(json)",
                    "jsonb_send(jsonb)",
                    "length(bytea)",
                    "num_nonnulls(\"any\")",
                    "num_nulls(\"any\")",
                    "octet_length(bytea)",
                    "octet_length(character)",
                    "octet_length(text)",
                    "pg_collation_for(\"any\")",
                    "pg_column_size(\"any\")",
                    "pg_relation_size(regclass, text)",
                    "pg_typeof(\"any\")",
                    "substr(bytea, integer)",
                    "substr(bytea, integer, integer)",
                    "substring(bytea, integer)",
                    "substring(bytea, integer, integer)",
                    "textsend(text)",
                    "trim_array(anyarray, integer)",
                    "varcharsend(character varying)",
                    "width_bucket(anycompatible, anycompatiblearray)");

    /// Copies each argument at once, which takes as long as to get the memory for the result.
    private static final Set<String> COPIES =
            Set.of(
                    "array_agg(anyarray)",
                    "array_append(anycompatiblearray, anycompatible)",
                    "array_cat(anycompatiblearray, anycompatiblearray)",
                    "array_prepend(anycompatible, anycompatiblearray)",
                    "concat(\"any\")",
                    "concat_ws(text, \"any\")",
                    "overlay(bytea, bytea, integer)",
                    "overlay(bytea, bytea, integer, integer)",
                    "set_bit(bytea, bigint, integer)",
                    "set_byte(bytea, integer, integer)",
                    "string_agg(bytea, bytea)",
                    "string_agg(text, text)",
                    "||(anycompatible, anycompatiblearray)",
                    "||(anycompatiblearray, anycompatible)",
                    "||(anycompatiblearray, anycompatiblearray)",
                    "||(anynonarray, text)",
                    "||(bytea, bytea)",
                    "||(text, anynonarray)",
                    "||(text, text)");

    private static final FunctionRegistry REGISTRY = BuiltinFunctions.create();

    /// The kinds of large values; each is tried at every place of the arguments.
    private static final List<Shape> SHAPES =
            List.of(
                    Shape.of('a', "[0,0"),
                    Shape.of(' ', "[\"\",0"),
                    Shape.of('4', "[{\"a\":0},0"),
                    Shape.of('%', "[[],[]"),
                    Shape.of('\\', "[null,null"));

    private record Shape(byte[] text, byte[] json) {
        static Shape of(char character, String start) {
            byte[] text = new byte[BYTES];
            Arrays.fill(text, (byte) character);
            String json = start + ",0".repeat(ELEMENTS) + "]";
            return new Shape(text, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A thread that is stopped when it has asked often enough.
    private static final class Worker extends Thread {
        private int checks;

        Worker(Runnable work) {
            super(work);
        }

        @Override
        public boolean isInterrupted() {
            return ++checks >= CHECKS;
        }
    }

    private static final ArrayValue NUMBERS =
            ArrayValue.of(SqlType.INTEGER, Collections.nCopies(ELEMENTS, Datum.ofLong(7)));
    private static final ArrayValue TEXTS =
            ArrayValue.of(SqlType.TEXT, Collections.nCopies(ELEMENTS, Datum.ofText("a")));

    private static SqlType actual(SqlType declared) {
        return switch (declared.kind()) {
            case ANYARRAY, ANYCOMPATIBLEARRAY -> SqlType.arrayOf(SqlType.INTEGER);
            case ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE -> SqlType.INTEGER;
            case ANY -> SqlType.TEXT;
            default -> declared;
        };
    }

    private static boolean isLarge(SqlType type) {
        return (type instanceof SqlType.Array array && array.element().kind() != TypeKind.ACLITEM)
                || switch (type.kind()) {
                    case TEXT, BYTEA, VARCHAR, BPCHAR, JSON, JSONB -> true;
                    default -> false;
                };
    }

    private static Datum value(SqlType type, Shape shape, boolean large) {
        Datum datum = new Datum();
        if (type.isArray()) {
            SqlType element = ((SqlType.Array) type).element();
            ArrayValue elements = element.kind().form() == ValueForm.BYTES ? TEXTS : NUMBERS;
            datum.setObject(
                    large
                            ? elements
                            : ArrayValue.of(elements.elementType(), List.of(Datum.ofLong(8))));
            if (!large && element.kind().form() == ValueForm.BYTES) {
                datum.setObject(ArrayValue.of(SqlType.TEXT, List.of(Datum.ofText("b"))));
            }
            return datum;
        }
        switch (type.kind().form()) {
            case LONG -> datum.setLong(large ? BYTES - 1 : 1);
            case DOUBLE -> datum.setDouble(2);
            case NUMERIC -> datum.setNumeric(2, 0);
            case INTERVAL -> datum.setInterval(0, 1, 1);
            case BYTES -> {
                boolean json = type.kind() == TypeKind.JSON || type.kind() == TypeKind.JSONB;
                datum.setBytes(
                        large
                                ? json ? shape.json() : shape.text()
                                : (json ? "[1]" : "b").getBytes(StandardCharsets.UTF_8));
            }
            default -> datum.setNull();
        }
        return datum;
    }

    private static List<SqlType> actualTypes(FunctionDefinition definition) {
        List<SqlType> types = new ArrayList<>();
        for (SqlType declared : definition.argumentTypes()) {
            types.add(actual(declared));
        }
        if (definition.variadic()) {
            types.add(actual(definition.argumentTypes().getLast()));
        }
        return types;
    }

    private static SqlType resultType(FunctionDefinition definition) {
        return actual(definition.resultType());
    }

    private static void call(FunctionDefinition definition, Datum[] arguments) {
        List<SqlType> types = actualTypes(definition);
        SqlType result = resultType(definition);
        TestContext context = new TestContext();
        switch (definition.implementation()) {
            case FunctionDefinition.Scalar scalar ->
                    scalar.bind(types, result).apply(arguments, new Datum(), context);
            case FunctionDefinition.SetReturning set -> {
                SetFunction.Rows rows = set.bind(types, result).call(arguments, context);
                Datum[] row = Datum.row(8);
                while (rows.next(row)) {
                    // As the operator does that reads them.
                    Cancellation.check();
                }
            }
            case FunctionDefinition.Aggregate aggregate -> {
                AggregateFunction.Accumulator state =
                        aggregate.bind(types, result).newAccumulator();
                state.add(arguments, context);
                state.add(arguments, context);
                state.result(new Datum(), context);
            }
            case FunctionDefinition.Window _ -> {}
        }
    }

    /// Whether the call was stopped; one that failed before was not.
    private static boolean isStopped(FunctionDefinition definition, Datum[] arguments)
            throws InterruptedException {
        boolean[] stopped = {false};
        Worker worker =
                new Worker(() -> {
                    try {
                        call(definition, arguments);
                    } catch (CancelledException _) {
                        stopped[0] = true;
                    } catch (DatabaseException | IllegalStateException _) {
                        // Not a value for this function; another shape is.
                    }
                });
        worker.start();
        worker.join();
        return stopped[0];
    }

    private static boolean isStoppedSomehow(FunctionDefinition definition)
            throws InterruptedException {
        List<SqlType> types = actualTypes(definition);
        for (Shape shape : SHAPES) {
            for (int large = -1; large < types.size(); large++) {
                Datum[] arguments = new Datum[types.size()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = value(types.get(i), shape, large < 0 || i == large);
                }
                if (isStopped(definition, arguments)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<String> notStopped(Iterable<FunctionDefinition> definitions)
            throws InterruptedException {
        Set<String> result = new TreeSet<>();
        for (FunctionDefinition definition : definitions) {
            if (actualTypes(definition).stream().anyMatch(FunctionWorkTest::isLarge)
                    && !isStoppedSomehow(definition)) {
                String name =
                        definition.name() + "(" + TypeText.list(definition.argumentTypes()) + ")";
                if (!CONSTANT.contains(name) && !COPIES.contains(name)) {
                    result.add(name);
                }
            }
        }
        return result;
    }

    @Test
    void functionsAreStopped() throws InterruptedException {
        assertThat(notStopped(REGISTRY.functions())).isEmpty();
    }

    @Test
    void operatorsAreStopped() throws InterruptedException {
        assertThat(notStopped(REGISTRY.operators())).isEmpty();
    }
}
