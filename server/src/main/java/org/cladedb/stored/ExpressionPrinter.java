package org.cladedb.stored;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TypeFormatter;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Prints expressions as PostgreSQL prints stored ones.
final class ExpressionPrinter {
    private static final int CASE_INDENT = 4;

    private final SqlPrinter queries;
    private final TextBuffer out;
    private final Layout layout;
    private final CallPrinter calls;

    ExpressionPrinter(SqlPrinter queries, TextBuffer out, Layout layout) {
        this.queries = queries;
        this.out = out;
        this.layout = layout;
        this.calls = new CallPrinter(this, out);
    }

    Layout layout() {
        return layout;
    }

    /// An operand of `parent`: in parentheses where `parent` would tear it apart.
    void operand(Expression expression, Expression parent) {
        boolean bare = !layout.fewParentheses() || Precedence.isSimple(expression, parent);
        out.add(bare ? "" : "(");
        print(expression);
        out.add(bare ? "" : ")");
    }

    void list(List<Expression> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            out.add(i == 0 ? "" : ", ");
            print(expressions.get(i));
        }
    }

    private void open() {
        out.add(layout.fewParentheses() ? "" : "(");
    }

    private void close() {
        out.add(layout.fewParentheses() ? "" : ")");
    }

    void print(Expression expression) {
        switch (expression) {
            case Expression.NullLiteral _ -> out.add("NULL");
            case Expression.BooleanLiteral literal -> out.add(literal.value() ? "true" : "false");
            case Expression.IntegerLiteral literal -> out.add(Integer.toString(literal.value()));
            case Expression.DecimalLiteral literal -> out.add(literal.text());
            case Expression.StringLiteral literal -> out.add(SqlText.literal(literal.value()));
            case Expression.BitStringLiteral literal ->
                    out.add((literal.hexadecimal() ? "X'" : "B'") + literal.digits() + "'");
            case Expression.Parameter parameter -> out.add("$" + parameter.number());
            case Expression.ColumnReference reference ->
                    out.add(SqlText.qualified(reference.name().parts()));
            case Expression.Star star -> star(star);
            case Expression.DefaultValue _ -> out.add("DEFAULT");
            case Expression.Cast cast -> cast(cast);
            case Expression.UnaryOperator unary -> {
                open();
                out.add(operator(unary.operator())).add(" ");
                operand(unary.operand(), unary);
                close();
            }
            case Expression.BinaryOperator binary when Precedence.isOfRows(binary) -> {
                out.add("(");
                print(binary.left());
                out.add(" " + operator(binary.operator()) + " ");
                print(binary.right());
                out.add(")");
            }
            case Expression.BinaryOperator binary ->
                    binary(binary.left(), operator(binary.operator()), binary.right(), binary);
            case Expression.And and -> junction(and.operands(), " AND ", and);
            case Expression.Or or -> junction(or.operands(), " OR ", or);
            case Expression.Not not -> {
                open();
                out.add("NOT ");
                operand(not.operand(), not);
                close();
            }
            case Expression.IsNull test ->
                    test(test.operand(), test.negated() ? " IS NOT NULL" : " IS NULL", test);
            case Expression.IsTruth test ->
                    test(
                            test.operand(),
                            (test.negated() ? " IS NOT " : " IS ") + test.value().name(),
                            test);
            case Expression.IsDistinctFrom test ->
                    binary(
                            test.left(),
                            test.negated() ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM",
                            test.right(),
                            test);
            case Expression.Between between -> between(between);
            case Expression.InList in -> in(in);
            case Expression.InSubquery in -> {
                out.add("(");
                row(in.operand(), in);
                out.add(in.negated() ? " NOT IN " : " IN ");
                subquery(in.query());
                out.add(")");
            }
            case Expression.Like like -> like(like);
            case Expression.QuantifiedArray quantified -> quantified(quantified);
            case Expression.QuantifiedSubquery quantified -> {
                out.add("(");
                row(quantified.left(), quantified);
                out.add(" " + operator(quantified.operator()));
                out.add(quantified.quantifier() == Quantifier.ANY ? " ANY " : " ALL ");
                subquery(quantified.query());
                out.add(")");
            }
            case Expression.Exists exists -> {
                out.add("(EXISTS ");
                subquery(exists.query());
                out.add(")");
            }
            case Expression.Subquery subquery -> subquery(subquery.query());
            case Expression.Multiset multiset -> {
                out.add("MULTISET ");
                subquery(multiset.query());
            }
            case Expression.ArraySubquery array -> {
                out.add("ARRAY");
                subquery(array.query());
            }
            case Expression.ArrayConstructor array -> {
                out.add("ARRAY[");
                list(array.elements());
                out.add("]");
            }
            case Expression.RowConstructor row -> {
                out.add("ROW(");
                list(row.fields());
                out.add(")");
            }
            case Expression.Case choice -> choice(choice);
            case Expression.Coalesce coalesce -> call("COALESCE", coalesce.arguments());
            case Expression.NullIf test -> call("NULLIF", List.of(test.left(), test.right()));
            case Expression.GreatestLeast extreme ->
                    call(extreme.greatest() ? "GREATEST" : "LEAST", extreme.arguments());
            case Expression.FunctionCall call -> calls.print(call);
            case Expression.ValueFunction function -> {
                Integer precision = function.precision();
                out.add(function.kind().name());
                out.add(precision == null ? "" : "(" + precision + ")");
            }
            case Expression.Collate collate -> {
                open();
                operand(collate.operand(), collate);
                out.add(" COLLATE ");
                List<String> collation = collate.collation().parts();
                out.add(SqlText.qualified(systemName(collation)));
                close();
            }
            case Expression.Subscripted subscripted -> subscripted(subscripted);
            case Expression.FieldSelection selection -> {
                boolean bare =
                        selection.base() instanceof Expression.Subscripted
                                || selection.base() instanceof Expression.FieldSelection;
                out.add(bare ? "" : "(");
                print(selection.base());
                out.add(bare ? "." : ").").add(SqlText.identifier(selection.field()));
            }
            case Expression.FieldStar star -> {
                out.add("(");
                print(star.base());
                out.add(").*");
            }
        }
    }

    /// Names of `pg_catalog` are shown without it.
    static List<String> systemName(List<String> parts) {
        return parts.size() == 2 && parts.getFirst().equals("pg_catalog")
                ? parts.subList(1, 2)
                : parts;
    }

    private void star(Expression.Star star) {
        QualifiedName qualifier = star.qualifier();
        out.add(qualifier == null ? "" : SqlText.qualified(qualifier.parts()) + ".");
        out.add(star.deep() ? "**" : "*");
    }

    private void cast(Expression.Cast cast) {
        boolean bare =
                isConstant(cast)
                        || cast.operand() instanceof Expression.Star
                        || (cast.operand() instanceof Expression.ArrayConstructor array
                                && array.elements().isEmpty());
        if (bare) {
            print(cast.operand());
        } else {
            open();
            operand(cast.operand(), cast);
            close();
        }
        out.add("::").add(TypeFormatter.format(cast.type()));
    }

    /// Whether it is a constant with its type, and no conversion of one.
    static boolean isConstant(Expression.Cast cast) {
        String type = cast.type().isArray() ? "" : cast.type().name().last();
        return switch (cast.operand()) {
            case Expression.StringLiteral _,
                    Expression.NullLiteral _,
                    Expression.BitStringLiteral _ ->
                    true;
            case Expression.IntegerLiteral _ -> type.equals("int4");
            case Expression.DecimalLiteral _ -> type.equals("numeric");
            case Expression.BooleanLiteral _ -> type.equals("bool");
            default -> false;
        };
    }

    static String operator(OperatorName operator) {
        String schema = operator.schema();
        return schema == null || schema.equals("pg_catalog")
                ? operator.symbol()
                : "OPERATOR(" + SqlText.identifier(schema) + "." + operator.symbol() + ")";
    }

    private void binary(Expression left, String operator, Expression right, Expression whole) {
        open();
        operand(left, whole);
        out.add(" " + operator + " ");
        operand(right, whole);
        close();
    }

    private void junction(List<Expression> operands, String word, Expression whole) {
        open();
        for (int i = 0; i < operands.size(); i++) {
            out.add(i == 0 ? "" : word);
            operand(operands.get(i), whole);
        }
        close();
    }

    private void test(Expression operand, String test, Expression whole) {
        open();
        operand(operand, whole);
        out.add(test);
        close();
    }

    private void between(Expression.Between between) {
        open();
        operand(between.operand(), between);
        out.add(between.negated() ? " NOT BETWEEN " : " BETWEEN ");
        out.add(between.symmetric() ? "SYMMETRIC " : "");
        operand(between.low(), between);
        out.add(" AND ");
        operand(between.high(), between);
        close();
    }

    private void in(Expression.InList in) {
        open();
        row(in.operand(), in);
        out.add(in.negated() ? " NOT IN (" : " IN (");
        for (int i = 0; i < in.values().size(); i++) {
            out.add(i == 0 ? "" : ", ");
            row(in.values().get(i), in);
        }
        out.add(")");
        close();
    }

    /// An operand that may be several values, which are then shown without ROW.
    private void row(Expression expression, Expression parent) {
        if (expression instanceof Expression.RowConstructor row && row.fields().size() > 1) {
            out.add("(");
            list(row.fields());
            out.add(")");
        } else {
            operand(expression, parent);
        }
    }

    private void like(Expression.Like like) {
        String word =
                switch (like.kind()) {
                    case LIKE -> "LIKE";
                    case ILIKE -> "ILIKE";
                    case SIMILAR_TO -> "SIMILAR TO";
                };
        open();
        operand(like.operand(), like);
        out.add((like.negated() ? " NOT " : " ") + word + " ");
        operand(like.pattern(), like);
        if (like.escape() != null) {
            out.add(" ESCAPE ");
            operand(like.escape(), like);
        }
        close();
    }

    private void quantified(Expression.QuantifiedArray quantified) {
        open();
        operand(quantified.left(), quantified);
        out.add(" " + operator(quantified.operator()));
        out.add(quantified.quantifier() == Quantifier.ANY ? " ANY (" : " ALL (");
        operand(quantified.array(), quantified);
        out.add(")");
        close();
    }

    void subquery(SelectStatement query) {
        out.add("(");
        queries.nested(query);
        out.add(")");
    }

    private void call(String name, List<Expression> arguments) {
        out.add(name).add("(");
        list(arguments);
        out.add(")");
    }

    private void choice(Expression.Case choice) {
        boolean lines = layout.indented();
        out.line("CASE", 0, CASE_INDENT, 0);
        if (choice.operand() != null) {
            out.add(" ");
            print(choice.operand());
        }
        for (Expression.WhenClause when : choice.whens()) {
            out.add(lines ? "" : " ");
            out.line("WHEN ", 0, 0, 0);
            print(when.condition());
            out.add(" THEN ");
            print(when.result());
        }
        if (choice.otherwise() != null) {
            out.add(lines ? "" : " ");
            out.line("ELSE ", 0, 0, 0);
            print(choice.otherwise());
        }
        out.add(lines ? "" : " ");
        out.line("END", -CASE_INDENT, 0, 0);
    }

    private void subscripted(Expression.Subscripted subscripted) {
        Expression base = subscripted.base();
        boolean bare =
                base instanceof Expression.ColumnReference
                        || base instanceof Expression.FieldSelection
                        || base instanceof Expression.Parameter;
        out.add(bare ? "" : "(");
        print(base);
        out.add(bare ? "" : ")");
        for (Expression.Subscript subscript : subscripted.subscripts()) {
            out.add("[");
            bound(subscript.lower());
            out.add(subscript.slice() ? ":" : "");
            bound(subscript.upper());
            out.add("]");
        }
    }

    private void bound(@Nullable Expression bound) {
        if (bound != null) {
            print(bound);
        }
    }

    static String names(List<String> names) {
        return names.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    }

    static String words(Enum<?> constant) {
        return constant.name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    SqlPrinter queries() {
        return queries;
    }
}
