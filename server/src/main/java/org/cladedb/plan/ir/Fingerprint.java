package org.cladedb.plan.ir;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// A text that is equal for expressions that are equal but for their positions and the numbers of
/// columns inside their subqueries: what GROUP BY, DISTINCT and ORDER BY compare expressions by.
public final class Fingerprint {
    private final StringBuilder text = new StringBuilder();
    private final PlanFingerprint plans = new PlanFingerprint(text, this::add);

    private Fingerprint() {}

    public static String of(TypedExpression expression) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(expression);
        return fingerprint.text.toString();
    }

    public static String of(List<TypedExpression> expressions) {
        Fingerprint fingerprint = new Fingerprint();
        expressions.forEach(fingerprint::add);
        return fingerprint.text.toString();
    }

    private void add(TypedExpression expression) {
        text.append(label(expression)).append(':').append(expression.type()).append('(');
        Expressions.mapChildren(
                expression,
                operand -> {
                    add(operand);
                    text.append(',');
                    return operand;
                },
                plan -> {
                    plans.add(plan);
                    return plan;
                });
        text.append(')');
    }

    private String label(TypedExpression expression) {
        String kind = expression.getClass().getSimpleName();
        return switch (expression) {
            case Constant constant -> kind + value(constant.value(), constant.type());
            case TypedExpression.Parameter parameter -> "$" + parameter.index();
            case TypedExpression.ColumnReference reference ->
                    "#" + plans.number(reference.columnId());
            case TypedExpression.FunctionCall call ->
                    call.function().definition().name()
                            // f(a) and f(VARIADIC a) are not the same.
                            + (call.function().definition().variadic() ? "..." : "");
            case TypedExpression.Cast cast -> kind + cast.explicit();
            case TypedExpression.Collate collate -> kind + collate.collation();
            case TypedExpression.IsNull test -> kind + test.negated();
            case TypedExpression.BooleanTest test -> kind + test.expected() + test.negated();
            case TypedExpression.IsDistinct test -> kind + test.negated();
            case TypedExpression.Case choice -> kind + (choice.otherwise() != null);
            case TypedExpression.Extreme extreme -> kind + extreme.greatest();
            case TypedExpression.ArrayComparison comparison ->
                    kind + comparison.operator().definition().name() + comparison.all();
            case TypedExpression.Subscript subscript -> kind + shape(subscript);
            case TypedExpression.FieldAccess access -> kind + access.index();
            case TypedExpression.QuantifiedSubquery query ->
                    kind
                            + query.all()
                            + query.operators().stream()
                                    .map(operator -> operator.definition().name())
                                    .toList();
            case TypedExpression.And _,
                    TypedExpression.Or _,
                    TypedExpression.Not _,
                    TypedExpression.Coalesce _,
                    TypedExpression.NullIf _,
                    TypedExpression.InList _,
                    TypedExpression.ArrayConstructor _,
                    TypedExpression.RowConstructor _,
                    TypedExpression.ScalarSubquery _,
                    TypedExpression.Exists _,
                    TypedExpression.ArraySubquery _,
                    TypedExpression.NestedSubquery _ ->
                    kind;
        };
    }

    private static String shape(TypedExpression.Subscript subscript) {
        StringBuilder shape = new StringBuilder();
        for (TypedExpression.Subscript.Index index : subscript.indexes()) {
            shape.append(index.slice() ? 's' : 'i')
                    .append(index.lower() == null ? '-' : 'l')
                    .append(index.upper() == null ? '-' : 'u');
        }
        return shape.toString();
    }

    private static String value(Datum value, SqlType type) {
        if (value.isNull()) {
            return "null";
        }
        return switch (type.form()) {
            case LONG -> Long.toString(value.longValue());
            case DOUBLE -> Long.toString(Double.doubleToRawLongBits(value.doubleValue()));
            case BYTES ->
                    type.kind() == TypeKind.BYTEA
                            ? new String(value.copyBytes(), StandardCharsets.ISO_8859_1)
                            : value.text();
            case NUMERIC ->
                    value.numericSpecial() != null
                            ? String.valueOf(value.numericSpecial())
                            : value.numericValue().toString();
            case INTERVAL ->
                    value.intervalMonths()
                            + " "
                            + value.intervalDays()
                            + " "
                            + value.intervalMicros();
            case ARRAY -> array(value.arrayValue());
            case ROW -> row(value.rowValue());
            case NONE -> "object " + System.identityHashCode(value.object());
        };
    }

    private static String array(ArrayValue array) {
        StringBuilder text = new StringBuilder();
        text.append(array.dimensions()).append(array.lowerBounds());
        array.elements().forEach(element -> append(text, element, array.elementType()));
        return text.toString();
    }

    private static String row(RowValue row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.values().size(); i++) {
            append(text, row.values().get(i), row.type().fields().get(i).type());
        }
        return text.toString();
    }

    /// With its length before it, so that no two lists of parts read the same.
    private static void append(StringBuilder text, Datum part, SqlType type) {
        String value = value(part, type);
        text.append(part.isNull() ? -1 : value.length()).append(' ').append(value);
    }
}
