package org.cladedb.exec.explain;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cladedb.common.ByteWriter;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Codecs;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Expressions as EXPLAIN prints them: close to SQL, with all parentheses.
final class ExpressionText {
    private final Function<PlanNode, String> subplans;

    /// @param subplans gives the title of a subquery's plan, such as `SubPlan 1`
    ExpressionText(Function<PlanNode, String> subplans) {
        this.subplans = subplans;
    }

    String list(List<TypedExpression> expressions) {
        return join(expressions, ", ");
    }

    private String join(List<TypedExpression> expressions, String separator) {
        return expressions.stream().map(this::of).collect(Collectors.joining(separator));
    }

    String of(TypedExpression expression) {
        return switch (expression) {
            case TypedExpression.Constant constant -> constant(constant);
            case TypedExpression.Parameter parameter -> "$" + (parameter.index() + 1);
            case TypedExpression.ColumnReference column -> column.name();
            case TypedExpression.FunctionCall call -> call(call);
            case TypedExpression.Cast cast ->
                    "(" + of(cast.operand()) + ")::" + TypeNames.format(cast.type());
            case TypedExpression.And and -> "(" + join(and.operands(), " AND ") + ")";
            case TypedExpression.Or or -> "(" + join(or.operands(), " OR ") + ")";
            case TypedExpression.Not not -> "(NOT " + of(not.operand()) + ")";
            case TypedExpression.IsNull test ->
                    "(" + of(test.operand()) + (test.negated() ? " IS NOT NULL)" : " IS NULL)");
            case TypedExpression.BooleanTest test ->
                    "("
                            + of(test.operand())
                            + (test.negated() ? " IS NOT " : " IS ")
                            + (test.expected() ? "TRUE)" : "FALSE)");
            case TypedExpression.IsDistinct test ->
                    "("
                            + of(test.left())
                            + (test.negated() ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ")
                            + of(test.right())
                            + ")";
            case TypedExpression.Collate collate -> of(collate.operand());
            case TypedExpression.Case choice -> choice(choice);
            case TypedExpression.Coalesce choice -> "COALESCE(" + list(choice.operands()) + ")";
            case TypedExpression.NullIf choice ->
                    "NULLIF(" + of(choice.left()) + ", " + of(choice.right()) + ")";
            case TypedExpression.Extreme choice ->
                    (choice.greatest() ? "GREATEST(" : "LEAST(") + list(choice.operands()) + ")";
            case TypedExpression.InList in ->
                    "(" + of(in.operand()) + " = ANY ({" + list(in.items()) + "}))";
            case TypedExpression.ArrayComparison comparison ->
                    "("
                            + of(comparison.left())
                            + " "
                            + comparison.operator().definition().name()
                            + (comparison.all() ? " ALL (" : " ANY (")
                            + of(comparison.array())
                            + "))";
            case TypedExpression.ArrayConstructor array -> "ARRAY[" + list(array.elements()) + "]";
            case TypedExpression.Subscript subscript -> subscript(subscript);
            case TypedExpression.RowConstructor row -> "ROW(" + list(row.fields()) + ")";
            case TypedExpression.FieldAccess field -> field(field);
            case TypedExpression.ScalarSubquery query -> "(" + title(query.plan()) + ")";
            case TypedExpression.Exists query -> "EXISTS(" + title(query.plan()) + ")";
            case TypedExpression.QuantifiedSubquery query -> quantified(query);
            case TypedExpression.ArraySubquery query -> "ARRAY(" + title(query.plan()) + ")";
            case TypedExpression.NestedSubquery query -> "MULTISET(" + title(query.plan()) + ")";
        };
    }

    private String title(PlanNode plan) {
        return subplans.apply(plan);
    }

    private static String constant(TypedExpression.Constant constant) {
        SqlType type = constant.type();
        if (constant.value().isNull()) {
            return "NULL::" + TypeNames.format(type);
        }
        ByteWriter out = new ByteWriter();
        Codecs.of(type).writeText(constant.value(), TypeContext.DEFAULT, out);
        String text = new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
        if (type.kind() == TypeKind.BOOLEAN) {
            return text.equals("t") ? "true" : "false";
        }
        if (type.kind() == TypeKind.INTEGER) {
            return text.startsWith("-") ? "'" + text + "'::integer" : text;
        }
        return "'" + text.replace("'", "''") + "'::" + TypeNames.format(type);
    }

    private String call(TypedExpression.FunctionCall call) {
        FunctionRegistry.Resolved function = call.function();
        String name = function.definition().name();
        List<TypedExpression> arguments = call.arguments();
        boolean isOperator = !Character.isLetter(name.charAt(0)) && name.charAt(0) != '_';
        if (isOperator && arguments.size() == 2) {
            return "(" + of(arguments.get(0)) + " " + name + " " + of(arguments.get(1)) + ")";
        }
        if (isOperator && arguments.size() == 1) {
            return "(" + name + " " + of(arguments.getFirst()) + ")";
        }
        return name + "(" + list(arguments) + ")";
    }

    private String choice(TypedExpression.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (TypedExpression.When when : choice.whens()) {
            text.append(" WHEN ").append(of(when.condition()));
            text.append(" THEN ").append(of(when.result()));
        }
        if (choice.otherwise() != null) {
            text.append(" ELSE ").append(of(choice.otherwise()));
        }
        return text.append(" END").toString();
    }

    private String subscript(TypedExpression.Subscript subscript) {
        StringBuilder text = new StringBuilder(of(subscript.array()));
        for (TypedExpression.Subscript.Index index : subscript.indexes()) {
            text.append('[').append(optional(index.lower()));
            text.append(index.slice() ? ":" : "").append(optional(index.upper())).append(']');
        }
        return text.toString();
    }

    private String optional(@Nullable TypedExpression expression) {
        return expression == null ? "" : of(expression);
    }

    private String field(TypedExpression.FieldAccess field) {
        String name =
                field.row().type() instanceof SqlType.Row row
                        ? row.fields().get(field.index()).name()
                        : "f" + (field.index() + 1);
        return "(" + of(field.row()) + ")." + name;
    }

    private String quantified(TypedExpression.QuantifiedSubquery query) {
        String left =
                query.left().size() == 1
                        ? of(query.left().getFirst())
                        : "ROW(" + list(query.left()) + ")";
        return "("
                + left
                + " "
                + query.operators().getFirst().definition().name()
                + (query.all() ? " ALL (" : " ANY (")
                + title(query.plan())
                + "))";
    }
}
