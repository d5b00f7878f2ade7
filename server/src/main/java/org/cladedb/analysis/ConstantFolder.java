package org.cladedb.analysis;

import java.util.random.RandomGenerator;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.functions.ScalarFunction;
import org.cladedb.functions.SeededRandom;
import org.cladedb.functions.SessionAccess;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Converts literals while the statement is analysed, so that errors point at the literal and the
/// planner sees values.
final class ConstantFolder {
    /// More than any number or date may take.
    private static final long LITERAL_BYTES_MAX = 1 << 20;

    private static final int FOLDED_BYTES_MAX = 4096;

    private final FunctionRegistry functions;
    private final EvaluationContext evaluation;

    ConstantFolder(AnalysisContext context) {
        this.functions = context.functions();
        this.evaluation = new LiteralContext(context.types());
    }

    /// Reads an untyped literal as a value of `type`.
    Constant read(Constant literal, SqlType type, int position) {
        Datum out = new Datum();
        if (!literal.value().isNull()) {
            byte[] text = literal.value().copyBytes();
            try {
                Codecs.of(type).readText(text, 0, text.length, evaluation.types(), out);
            } catch (DatabaseException e) {
                throw e.at(position);
            }
        }
        return new Constant(out.freeze(type.form()), type);
    }

    /// The converted number; null when this is no conversion between numbers.
    @Nullable Constant convertNumber(Constant number, SqlType type) {
        return isNumber(number.type()) && isNumber(type) && type.modifier() < 0
                ? convert(number, number.type(), type)
                : null;
    }

    /// What the function gives for these values; null when that is too long to be kept in a plan.
    @Nullable Constant call(ScalarFunction function, Datum[] arguments, SqlType type) {
        Datum out = new Datum();
        function.apply(arguments, out, evaluation);
        boolean isLong =
                !out.isNull() && type.form() == ValueForm.BYTES && out.length() > FOLDED_BYTES_MAX;
        return isLong ? null : new Constant(out.freeze(type.form()), type);
    }

    private static boolean isNumber(SqlType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> true;
            default -> false;
        };
    }

    private @Nullable Constant convert(Constant from, SqlType source, SqlType type) {
        Datum out = new Datum();
        if (from.value().isNull()) {
            return new Constant(out, type);
        }
        FunctionRegistry.Cast cast = functions.cast(source, type);
        if (cast == null) {
            return null;
        }
        if (cast.function() == null) {
            return new Constant(from.value(), type);
        }
        try {
            cast.function().apply(new Datum[] {from.value()}, out, evaluation);
        } catch (DatabaseException _) {
            // What cannot be converted is an error only when it is evaluated.
            return null;
        }
        return new Constant(out.freeze(type.form()), type);
    }

    /// All that reading a literal may depend on.
    private record LiteralContext(TypeContext types) implements EvaluationContext {
        @Override
        public long statementMicros() {
            return types.transactionMicros();
        }

        @Override
        public long clockMicros() {
            return types.transactionMicros();
        }

        @Override
        public RandomGenerator random() {
            throw unavailable();
        }

        @Override
        public SeededRandom seededRandom() {
            throw unavailable();
        }

        @Override
        public SessionAccess session() {
            throw unavailable();
        }

        @Override
        public CatalogAccess catalog() {
            throw unavailable();
        }

        @Override
        public MemoryAccount memory() {
            return MemoryAccount.limitedTo(LITERAL_BYTES_MAX);
        }

        @Override
        public void checkCancelled() {
            // Reading one literal is short.
        }

        private static DatabaseException unavailable() {
            return new DatabaseException(
                    SqlState.INTERNAL_ERROR, "a conversion asked for more than its value");
        }
    }
}
