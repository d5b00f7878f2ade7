package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.Coercions.Pathway;
import org.cladedb.functions.FunctionRegistry.Cast;
import org.cladedb.functions.FunctionRegistry.CastContext;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeModifiers;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Builds the code of conversions: from type to type, then to the target's modifier.
final class Casts {
    private Casts() {}

    static @Nullable Cast of(SqlType from, SqlType to, boolean explicit) {
        if (from.isNestedResult()) {
            // Its values are JSON text already.
            return to.kind() == TypeKind.JSON
                    ? new Cast(CastContext.IMPLICIT, null)
                    : of(SqlType.JSON, to, explicit);
        }
        Pathway pathway = Coercions.pathway(from, to);
        if (pathway == null) {
            return null;
        }
        ScalarFunction convert = conversion(from, to, pathway, explicit);
        ScalarFunction fit =
                pathway.method() == Coercions.Method.ELEMENTS ? null : fitting(from, to, explicit);
        return new Cast(pathway.context(), chain(convert, fit));
    }

    private static @Nullable ScalarFunction conversion(
            SqlType from, SqlType to, Pathway pathway, boolean explicit) {
        return switch (pathway.method()) {
            case BINARY -> null;
            case FUNCTION -> CastFunctions.of(from.kind(), to.kind());
            case TEXT -> TextConversions.of(from, to);
            case ELEMENTS -> elements(from, to, explicit);
        };
    }

    /// Null when a value of the source type fits already.
    private static @Nullable ScalarFunction fitting(SqlType from, SqlType to, boolean explicit) {
        if (to.modifier() < 0 || from.equals(to)) {
            return null;
        }
        return (in, out, _) -> {
            out.copyFrom(in[0]);
            TypeModifiers.apply(out, to, explicit);
        };
    }

    private static @Nullable ScalarFunction chain(
            @Nullable ScalarFunction first, @Nullable ScalarFunction second) {
        if (first == null) {
            return second;
        }
        if (second == null) {
            return first;
        }
        Datum between = new Datum();
        Datum[] row = {between};
        return (in, out, context) -> {
            first.apply(in, between, context);
            if (between.isNull()) {
                out.setNull();
            } else {
                second.apply(row, out, context);
            }
        };
    }

    private static @Nullable ScalarFunction elements(SqlType from, SqlType to, boolean explicit) {
        SqlType source = Coercions.elementType(from);
        if (source == null || !(to instanceof SqlType.Array array)) {
            throw new IllegalStateException("not an array");
        }
        Cast cast = of(source, array.element(), explicit);
        if (cast == null) {
            return null;
        }
        ScalarFunction convert = cast.function();
        return eachElement(
                to,
                array.element(),
                convert == null ? (in, out, _) -> out.copyFrom(in[0]) : convert);
    }

    private static ScalarFunction eachElement(SqlType to, SqlType element, ScalarFunction convert) {
        ValueForm form = to.kind() == TypeKind.ARRAY ? element.form() : to.form();
        return (in, out, context) -> {
            ArrayValue source = in[0].arrayValue();
            List<Datum> converted = new ArrayList<>(source.elements().size());
            Datum[] row = new Datum[1];
            Datum result = new Datum();
            for (Datum item : source.elements()) {
                if (item.isNull()) {
                    converted.add(new Datum());
                } else {
                    row[0] = item;
                    convert.apply(row, result, context);
                    converted.add(result.freeze(form));
                }
            }
            out.setObject(
                    new ArrayValue(
                            element.withoutModifier(),
                            source.dimensions(),
                            source.lowerBounds(),
                            converted));
        };
    }
}
