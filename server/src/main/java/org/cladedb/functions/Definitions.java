package org.cladedb.functions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionDefinition.Implementation;

/// Collects the definitions of all families while the registry is built. See [Signature] for the
/// form of the lines.
final class Definitions {
    private final Map<String, Integer> objectIds = readObjectIds();
    private final List<String> unlisted = new ArrayList<>();
    private final List<FunctionDefinition> functions = new ArrayList<>();
    private final List<FunctionDefinition> operators = new ArrayList<>();

    /// All functions; each must have its OID in the resource.
    List<FunctionDefinition> functions() {
        if (!unlisted.isEmpty()) {
            throw new IllegalStateException("functions without an OID in oids.tsv: " + unlisted);
        }
        return functions;
    }

    List<FunctionDefinition> operators() {
        return operators;
    }

    /// A function whose code does not depend on the types of the call.
    void function(String line, ScalarFunction function) {
        add(line, (FunctionDefinition.Scalar) (_, _) -> function);
    }

    /// A function specialised for the types of each call, or with scratch space of its own.
    void bound(String line, FunctionDefinition.Scalar binder) {
        add(line, binder);
    }

    void aggregate(String line, FunctionDefinition.Aggregate binder) {
        add(line, binder);
    }

    void set(String line, FunctionDefinition.SetReturning binder) {
        add(line, binder);
    }

    void window(String line, FunctionDefinition.WindowKind kind) {
        add(line, new FunctionDefinition.Window(kind));
    }

    void operator(String line, ScalarFunction function) {
        boundOperator(line, (_, _) -> function);
    }

    void boundOperator(String line, FunctionDefinition.Scalar binder) {
        operators.add(definition(0, line, binder));
    }

    private void add(String line, Implementation implementation) {
        Integer oid = objectIds.get(Signature.key(line));
        if (oid == null) {
            unlisted.add(Signature.key(line));
            return;
        }
        functions.add(definition(oid, line, implementation));
    }

    private static FunctionDefinition definition(
            int oid, String line, Implementation implementation) {
        Signature signature = Signature.parse(line);
        return new FunctionDefinition(
                oid,
                signature.name(),
                signature.arguments(),
                signature.required(),
                signature.result(),
                signature.variadic(),
                signature.strict(),
                signature.volatility(),
                implementation);
    }

    private static Map<String, Integer> readObjectIds() {
        Map<String, Integer> result = new HashMap<>();
        try (InputStream stream = Definitions.class.getResourceAsStream("oids.tsv")) {
            if (stream == null) {
                throw new IllegalStateException("the resource oids.tsv is missing");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                result.put(line.substring(tab + 1), Integer.parseInt(line, 0, tab, 10));
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return result;
    }
}
