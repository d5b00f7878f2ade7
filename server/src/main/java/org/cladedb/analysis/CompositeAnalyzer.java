package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Subscript.Index;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Arrays and rows: constructors, subscripts and fields.
final class CompositeAnalyzer {
    private final ExpressionAnalyzer expressions;

    CompositeAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression array(Expression.ArrayConstructor array) {
        if (array.elements().isEmpty()) {
            throw new DatabaseException(
                            SqlState.INDETERMINATE_DATATYPE, "cannot determine type of empty array")
                    .withHint(
                            "Explicitly cast to the desired type, for example ARRAY[]::integer[].")
                    .at(array.position());
        }
        List<Operand> elements =
                expressions.operands(array.elements()).stream().map(Operand::asValue).toList();
        SqlType common = arrayElement(elements);
        SqlType type = common.isArray() ? common : SqlType.arrayOf(common);
        return new TypedExpression.ArrayConstructor(
                expressions.coercion.unify(elements, common, "ARRAY"), type);
    }

    /// Rows in arrays are anonymous records, which tells such arrays from nested results.
    private SqlType arrayElement(List<Operand> elements) {
        boolean rows = elements.stream().allMatch(e -> e.type() instanceof SqlType.Row);
        return rows
                ? SqlType.of(TypeKind.RECORD)
                : expressions.coercion.commonType(elements, "ARRAY");
    }

    /// `ARRAY[…]::type[]`: the cast reaches the elements.
    TypedExpression array(Expression.ArrayConstructor array, SqlType.Array type) {
        List<TypedExpression> elements = new ArrayList<>();
        for (Expression element : array.elements()) {
            if (element instanceof Expression.ArrayConstructor inner) {
                elements.add(array(inner, type));
            } else {
                Operand operand = expressions.operand(element);
                SqlType wanted = operand.type().isArray() ? type : type.element();
                elements.add(expressions.coercion.explicit(operand, wanted));
            }
        }
        return new TypedExpression.ArrayConstructor(elements, type);
    }

    TypedExpression row(Expression.RowConstructor row) {
        List<TypedExpression> fields = new ArrayList<>();
        for (Expression field : row.fields()) {
            fields.addAll(fieldValues(field));
        }
        return rowOf(fields);
    }

    static TypedExpression rowOf(List<TypedExpression> fields) {
        List<SqlType.Field> types = new ArrayList<>();
        for (TypedExpression field : fields) {
            types.add(new SqlType.Field("f" + (types.size() + 1), TypeText.asValue(field.type())));
        }
        return new TypedExpression.RowConstructor(fields, new SqlType.Row(types));
    }

    /// The values of one entry of ROW(…): several for `t.*`.
    private List<TypedExpression> fieldValues(Expression field) {
        if (field instanceof Expression.Star star && !star.deep()) {
            return TargetList.expand(expressions, star).stream()
                    .map(TargetItem::expression)
                    .toList();
        }
        if (field instanceof Expression.FieldStar star) {
            return TargetList.expand(expressions, star).stream()
                    .map(TargetItem::expression)
                    .toList();
        }
        return List.of(expressions.operand(field).expression());
    }

    TypedExpression subscript(Expression.Subscripted subscripted) {
        Operand base = expressions.operand(subscripted.base());
        if (base.type().kind() == TypeKind.NAME && subscripted.subscripts().size() == 1) {
            return character(base, subscripted.subscripts().getFirst());
        }
        if (base.type().kind() == TypeKind.JSONB) {
            return member(base, subscripted.subscripts());
        }
        boolean slice = subscripted.subscripts().stream().anyMatch(Expression.Subscript::slice);
        SqlType type = subscriptedType(base, slice);
        if (subscripted.subscripts().size() > ArrayValue.DIMENSIONS_MAX) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)"
                            .formatted(subscripted.subscripts().size(), ArrayValue.DIMENSIONS_MAX));
        }
        List<Index> indexes = new ArrayList<>();
        for (Expression.Subscript subscript : subscripted.subscripts()) {
            indexes.add(
                    new Index(
                            subscript.slice(), bound(subscript.lower()), bound(subscript.upper())));
        }
        return new TypedExpression.Subscript(base.expression(), indexes, type);
    }

    /// `jsonb['key'][0]` is `jsonb #> '{key,0}'`.
    private TypedExpression member(Operand base, List<Expression.Subscript> subscripts) {
        List<TypedExpression> path = new ArrayList<>();
        for (Expression.Subscript subscript : subscripts) {
            if (subscript.slice() || subscript.upper() == null) {
                throw new DatabaseException(
                                SqlState.DATATYPE_MISMATCH,
                                "jsonb subscript does not support slices")
                        .at(base.position());
            }
            Operand step = expressions.operand(subscript.upper());
            path.add(step(step));
        }
        SqlType type = SqlType.arrayOf(SqlType.TEXT);
        Operand keys =
                new Operand(new TypedExpression.ArrayConstructor(path, type), base.position());
        return expressions.operators.binary("#>", base, keys, base.position());
    }

    private TypedExpression step(Operand step) {
        TypeKind kind = step.type().kind();
        if (kind == TypeKind.UNKNOWN || kind == TypeKind.TEXT) {
            return expressions.coercion.implicit(step, SqlType.TEXT);
        }
        TypedExpression index =
                expressions.coercion.tryConvert(
                        step,
                        SqlType.INTEGER,
                        org.cladedb.functions.FunctionRegistry.CastContext.IMPLICIT);
        if (index == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "subscript type " + TypeText.of(step.type()) + " is not supported")
                    .withHint("jsonb subscript must be coercible to either integer or text.")
                    .at(step.position());
        }
        return expressions.coercion.explicit(new Operand(index, step.position()), SqlType.TEXT);
    }

    /// `name[0]`: names are arrays of characters, counted from 0.
    private TypedExpression character(Operand base, Expression.Subscript subscript) {
        TypedExpression index = bound(subscript.upper());
        if (subscript.slice() || index == null) {
            throw ExpressionAnalyzer.unsupported("slices of names are", base.position());
        }
        int position = base.position();
        Operand one =
                new Operand(
                        new TypedExpression.Constant(Datum.ofLong(1), SqlType.INTEGER), position);
        TypedExpression first =
                expressions.operators.binary("+", new Operand(index, position), one, position);
        Operand text = new Operand(expressions.coercion.implicit(base, SqlType.TEXT), position);
        TypedExpression letter =
                expressions.functions.scalar(
                        "substr", List.of(text, new Operand(first, position), one), position);
        return expressions.coercion.explicit(new Operand(letter, position), SqlType.CHAR);
    }

    private static SqlType subscriptedType(Operand base, boolean slice) {
        return switch (TypeText.asValue(base.type())) {
            case SqlType.Array array -> slice ? array : array.element();
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.INT2VECTOR && !slice ->
                    SqlType.SMALLINT;
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.OIDVECTOR && !slice ->
                    SqlType.OID;
            case SqlType.Scalar _, SqlType.Row _ ->
                    throw new DatabaseException(
                                    SqlState.DATATYPE_MISMATCH,
                                    "cannot subscript type "
                                            + TypeText.of(base.type())
                                            + " because it does not support subscripting")
                            .at(base.position());
        };
    }

    private @Nullable TypedExpression bound(@Nullable Expression bound) {
        if (bound == null) {
            return null;
        }
        Operand operand = expressions.operand(bound);
        TypedExpression converted =
                expressions.coercion.tryConvert(
                        operand,
                        SqlType.INTEGER,
                        org.cladedb.functions.FunctionRegistry.CastContext.ASSIGNMENT);
        if (converted == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH, "array subscript must have type integer")
                    .at(operand.position());
        }
        return converted;
    }

    TypedExpression field(Expression.FieldSelection selection) {
        Operand base = expressions.operand(selection.base());
        if (!(base.type() instanceof SqlType.Row row)) {
            throw notComposite(base, selection.field(), base.position());
        }
        for (int i = 0; i < row.fields().size(); i++) {
            if (row.fields().get(i).name().equals(selection.field())) {
                return field(base.expression(), i, row.fields().get(i).type());
            }
        }
        if (selection.base() instanceof Expression.ColumnReference reference) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_COLUMN,
                            "column "
                                    + reference.name().last()
                                    + "."
                                    + selection.field()
                                    + " does not exist")
                    .at(base.position());
        }
        throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "could not identify column \""
                                + selection.field()
                                + "\" in record data type")
                .at(base.position());
    }

    /// A field of a row. One of a whole-row reference is the column itself, which an outer join
    /// makes NULL together with the row.
    static TypedExpression field(TypedExpression row, int index, SqlType type) {
        if (row instanceof TypedExpression.RowConstructor constructor) {
            return constructor.fields().get(index);
        }
        if (row instanceof TypedExpression.Case choice
                && choice.whens().size() == 1
                && choice.otherwise() == null
                && choice.whens().getFirst().result()
                        instanceof TypedExpression.RowConstructor constructor) {
            return choice.type() instanceof SqlType.Row
                            && isPresence(choice.whens().getFirst().condition())
                    ? constructor.fields().get(index)
                    : new TypedExpression.FieldAccess(row, index, type);
        }
        return new TypedExpression.FieldAccess(row, index, type);
    }

    private static boolean isPresence(TypedExpression condition) {
        return condition instanceof TypedExpression.IsNull test
                && test.negated()
                && test.operand() instanceof TypedExpression.ColumnReference;
    }

    private static DatabaseException notComposite(Operand base, String field, int position) {
        if (base.type().kind() == TypeKind.RECORD) {
            return new DatabaseException(
                            SqlState.UNDEFINED_COLUMN,
                            "could not identify column \"" + field + "\" in record data type")
                    .at(position);
        }
        return new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE,
                        "column notation ."
                                + field
                                + " applied to type "
                                + TypeText.of(base.type())
                                + ", which is not a composite type")
                .at(position);
    }
}
