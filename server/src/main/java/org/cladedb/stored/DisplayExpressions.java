package org.cladedb.stored;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Expressions with the names of now, in the forms in which PostgreSQL keeps them: BETWEEN is two
/// comparisons, IN is `= ANY`, LIKE is `~~`.
final class DisplayExpressions {
    private final DisplayNames queries;
    private final NameLevel level;
    private final RelationNames relations;

    DisplayExpressions(DisplayNames queries, NameLevel level, RelationNames relations) {
        this.queries = queries;
        this.level = level;
        this.relations = relations;
    }

    List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(this::of).toList();
    }

    @Nullable Expression orNull(@Nullable Expression expression) {
        return expression == null ? null : of(expression);
    }

    Expression of(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.Star _,
                    Expression.DefaultValue _,
                    Expression.ValueFunction _ ->
                    expression;
            case Expression.ColumnReference reference -> column(reference, level.isQualified());
            case Expression.Cast cast -> cast(cast);
            case Expression.UnaryOperator operator ->
                    new Expression.UnaryOperator(operator.operator(), of(operator.operand()), -1);
            case Expression.BinaryOperator operator -> binary(operator);
            case Expression.And and -> new Expression.And(all(and.operands()), -1);
            case Expression.Or or -> new Expression.Or(all(or.operands()), -1);
            case Expression.Not not -> new Expression.Not(of(not.operand()), -1);
            case Expression.IsNull test ->
                    new Expression.IsNull(of(test.operand()), test.negated(), -1);
            case Expression.IsTruth test ->
                    new Expression.IsTruth(of(test.operand()), test.value(), test.negated(), -1);
            case Expression.IsDistinctFrom test -> {
                Expression same =
                        new Expression.IsDistinctFrom(of(test.left()), of(test.right()), false, -1);
                yield test.negated() ? new Expression.Not(same, -1) : same;
            }
            case Expression.Between between -> between(between);
            case Expression.InList in -> in(in);
            case Expression.InSubquery in -> {
                Expression found =
                        new Expression.InSubquery(of(in.operand()), query(in.query()), false, -1);
                yield in.negated() ? new Expression.Not(found, -1) : found;
            }
            case Expression.Like like -> like(like);
            case Expression.QuantifiedArray quantified ->
                    new Expression.QuantifiedArray(
                            of(quantified.left()),
                            quantified.operator(),
                            quantified.quantifier(),
                            of(quantified.array()),
                            -1);
            case Expression.QuantifiedSubquery quantified -> quantified(quantified);
            case Expression.Exists exists -> new Expression.Exists(query(exists.query()), -1);
            case Expression.Subquery subquery ->
                    new Expression.Subquery(query(subquery.query()), -1);
            case Expression.Multiset multiset ->
                    new Expression.Multiset(queries.nested(multiset.query(), true), -1);
            case Expression.ArraySubquery array ->
                    new Expression.ArraySubquery(query(array.query()), -1);
            case Expression.ArrayConstructor array ->
                    new Expression.ArrayConstructor(all(array.elements()), -1);
            case Expression.RowConstructor row ->
                    new Expression.RowConstructor(all(row.fields()), true, -1);
            case Expression.Case choice ->
                    new Expression.Case(
                            orNull(choice.operand()),
                            choice.whens().stream()
                                    .map(when ->
                                            new Expression.WhenClause(
                                                    of(when.condition()), of(when.result()), -1))
                                    .toList(),
                            orNull(choice.otherwise()),
                            -1);
            case Expression.Coalesce coalesce ->
                    new Expression.Coalesce(all(coalesce.arguments()), -1);
            case Expression.NullIf test ->
                    new Expression.NullIf(of(test.left()), of(test.right()), -1);
            case Expression.GreatestLeast extreme ->
                    new Expression.GreatestLeast(extreme.greatest(), all(extreme.arguments()), -1);
            case Expression.FunctionCall call -> call(call);
            case Expression.Collate collate ->
                    new Expression.Collate(of(collate.operand()), collate.collation(), -1);
            case Expression.Subscripted subscripted ->
                    new Expression.Subscripted(
                            of(subscripted.base()),
                            subscripted.subscripts().stream()
                                    .map(subscript ->
                                            new Expression.Subscript(
                                                    subscript.slice(),
                                                    orNull(subscript.lower()),
                                                    orNull(subscript.upper())))
                                    .toList(),
                            -1);
            case Expression.FieldSelection selection ->
                    new Expression.FieldSelection(of(selection.base()), selection.field(), -1);
            case Expression.FieldStar star -> new Expression.FieldStar(of(star.base()), -1);
        };
    }

    private SelectStatement query(SelectStatement query) {
        return queries.nested(query, false);
    }

    /// A column with its range variable, even if there is only one.
    Expression qualified(Expression.ColumnReference stored) {
        return column(stored, true);
    }

    private Expression column(Expression.ColumnReference reference, boolean qualified) {
        List<String> parts = reference.name().parts();
        int number = StoredNames.rangeNumber(parts.getFirst());
        Range range = level.range(number);
        NameLevel.JoinNames join = level.joinOf(number);
        String rangeName = join == null ? range.name() : join.name();
        if (parts.size() == 1) {
            return new Expression.Star(
                    new QualifiedName(List.of(String.valueOf(rangeName)), -1), false, -1);
        }
        String column = parts.getLast();
        String name;
        if (column.startsWith("c") && !column.equals("ctid") && isNumber(column)) {
            int columnNumber = StoredNames.columnNumber(column);
            String inJoin = join == null ? null : join.columns().get("r" + number + "." + column);
            name = inJoin != null ? inJoin : range.column(columnNumber);
        } else {
            name = column;
        }
        boolean bare = rangeName == null || !qualified;
        return new Expression.ColumnReference(
                new QualifiedName(bare ? List.of(name) : List.of(rangeName, name), -1), -1);
    }

    private static boolean isNumber(String column) {
        return column.chars().skip(1).allMatch(Character::isDigit);
    }

    private Expression cast(Expression.Cast cast) {
        if (cast.operand() instanceof Expression.StringLiteral literal
                && cast.type().name().last().equals("regclass")
                && literal.value().matches("[0-9]+")) {
            List<String> shown = relations.shown(Integer.parseUnsignedInt(literal.value()));
            if (!shown.isEmpty()) {
                return new Expression.Cast(
                        new Expression.StringLiteral(SqlText.qualified(shown), -1),
                        cast.type(),
                        -1);
            }
        }
        if (cast.operand() instanceof Expression.ArrayConstructor array && isOf(array, cast)) {
            return of(array);
        }
        return new Expression.Cast(of(cast.operand()), cast.type(), -1);
    }

    /// Whether all elements were converted to the type that the array is converted to: PostgreSQL
    /// converts the elements of an array that is written out, and not the array.
    private static boolean isOf(Expression.ArrayConstructor array, Expression.Cast cast) {
        return !array.elements().isEmpty()
                && cast.type().isArray()
                && array.elements().stream()
                        .allMatch(element ->
                                element instanceof Expression.Cast each
                                        && !each.type().isArray()
                                        && each.type()
                                                .name()
                                                .last()
                                                .equals(cast.type().name().last()));
    }

    /// A key to sort or group by. A constant has its type, since alone it would mean something
    /// else.
    static Expression labelled(Expression key) {
        String type =
                switch (key) {
                    case Expression.IntegerLiteral _ -> "int4";
                    case Expression.BooleanLiteral _ -> "bool";
                    case Expression.DecimalLiteral _ -> "numeric";
                    default -> "";
                };
        return type.isEmpty()
                ? key
                : new Expression.Cast(key, TypeName.of(QualifiedName.system(type, -1)), -1);
    }

    private static Expression compare(Expression left, String symbol, Expression right) {
        return new Expression.BinaryOperator(OperatorName.of(symbol), left, right, -1);
    }

    private Expression binary(Expression.BinaryOperator operator) {
        String symbol = operator.operator().symbol();
        if (operator.left() instanceof Expression.RowConstructor left
                && operator.right() instanceof Expression.RowConstructor right
                && (symbol.equals("=") || symbol.equals("<>"))) {
            return pairs(symbol, all(left.fields()), all(right.fields()));
        }
        return new Expression.BinaryOperator(
                operator.operator(), of(operator.left()), of(operator.right()), -1);
    }

    private static Expression pairs(String symbol, List<Expression> left, List<Expression> right) {
        List<Expression> pairs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            pairs.add(compare(left.get(i), symbol, right.get(i)));
        }
        if (pairs.size() == 1) {
            return pairs.getFirst();
        }
        return symbol.equals("=") ? new Expression.And(pairs, -1) : new Expression.Or(pairs, -1);
    }

    private Expression between(Expression.Between between) {
        Expression operand = of(between.operand());
        Expression low = of(between.low());
        Expression high = of(between.high());
        Expression range = range(operand, low, high, between.negated());
        if (!between.symmetric()) {
            return range;
        }
        List<Expression> both = List.of(range, range(operand, high, low, between.negated()));
        return between.negated() ? new Expression.And(both, -1) : new Expression.Or(both, -1);
    }

    private static Expression range(
            Expression operand, Expression low, Expression high, boolean negated) {
        List<Expression> bounds =
                List.of(
                        compare(operand, negated ? "<" : ">=", low),
                        compare(operand, negated ? ">" : "<=", high));
        return negated ? new Expression.Or(bounds, -1) : new Expression.And(bounds, -1);
    }

    private Expression in(Expression.InList in) {
        String symbol = in.negated() ? "<>" : "=";
        if (in.operand() instanceof Expression.RowConstructor row) {
            List<Expression> alternatives = new ArrayList<>();
            for (Expression value : in.values()) {
                if (value instanceof Expression.RowConstructor right) {
                    alternatives.add(pairs(symbol, all(row.fields()), all(right.fields())));
                }
            }
            return joined(alternatives, in.negated());
        }
        Expression operand = of(in.operand());
        List<Expression> constants = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (Expression value : in.values()) {
            (hasColumns(value) ? others : constants).add(of(value));
        }
        List<Expression> alternatives = new ArrayList<>();
        if (constants.size() > 1) {
            alternatives.add(
                    new Expression.QuantifiedArray(
                            operand,
                            OperatorName.of(symbol),
                            in.negated() ? Quantifier.ALL : Quantifier.ANY,
                            array(operand, constants),
                            -1));
        } else {
            others.addAll(0, constants);
        }
        others.forEach(other -> alternatives.add(compare(operand, symbol, other)));
        return joined(alternatives, in.negated());
    }

    /// The list of IN: one beside a varchar is of varchars, which are compared as texts.
    private static Expression array(Expression operand, List<Expression> constants) {
        boolean isVarchar =
                operand instanceof Expression.Cast(Expression.ColumnReference _, var type, _)
                        && type.name().last().equals("text")
                        && constants.stream().allMatch(DisplayExpressions::isText);
        if (!isVarchar) {
            return new Expression.ArrayConstructor(constants, -1);
        }
        TypeName varchar = TypeName.of(QualifiedName.system("varchar", -1));
        TypeName texts =
                new TypeName(QualifiedName.system("text", -1), List.of(), List.of(-1), null, -1);
        List<Expression> items = new ArrayList<>();
        for (Expression constant : constants) {
            if (constant instanceof Expression.Cast cast) {
                items.add(new Expression.Cast(cast.operand(), varchar, -1));
            }
        }
        return new Expression.Cast(new Expression.ArrayConstructor(items, -1), texts, -1);
    }

    private static boolean isText(Expression expression) {
        return expression instanceof Expression.Cast(Expression.StringLiteral _, var type, _)
                && (type.name().last().equals("text") || type.name().last().equals("varchar"))
                && !type.isArray();
    }

    private static Expression joined(List<Expression> alternatives, boolean all) {
        if (alternatives.size() == 1) {
            return alternatives.getFirst();
        }
        return all ? new Expression.And(alternatives, -1) : new Expression.Or(alternatives, -1);
    }

    private static boolean hasColumns(Expression expression) {
        boolean[] found = new boolean[1];
        StoredTree.forEach(
                expression, part -> found[0] |= part instanceof Expression.ColumnReference);
        return found[0];
    }

    private Expression like(Expression.Like like) {
        boolean similar = like.kind() == Expression.LikeKind.SIMILAR_TO;
        Expression pattern = of(like.pattern());
        if (similar || like.escape() != null) {
            List<Expression> arguments = new ArrayList<>(List.of(pattern));
            if (like.escape() != null) {
                arguments.add(of(like.escape()));
            }
            pattern =
                    Expression.FunctionCall.of(
                            QualifiedName.system(similar ? "similar_to_escape" : "like_escape", -1),
                            arguments,
                            Expression.CallSyntax.CALL,
                            -1);
        }
        String symbol =
                switch (like.kind()) {
                    case LIKE -> "~~";
                    case ILIKE -> "~~*";
                    case SIMILAR_TO -> "~";
                };
        return compare(of(like.operand()), like.negated() ? "!" + symbol : symbol, pattern);
    }

    private Expression quantified(Expression.QuantifiedSubquery quantified) {
        Expression left = of(quantified.left());
        SelectStatement query = query(quantified.query());
        if (quantified.quantifier() == Quantifier.ANY
                && quantified.operator().symbol().equals("=")) {
            return new Expression.InSubquery(left, query, false, -1);
        }
        return new Expression.QuantifiedSubquery(
                left, quantified.operator(), quantified.quantifier(), query, -1);
    }

    private Expression call(Expression.FunctionCall call) {
        WindowSpecification over = call.over();
        return new Expression.FunctionCall(
                call.name(),
                call.arguments().stream()
                        .map(argument ->
                                new FunctionArgument(argument.name(), of(argument.value())))
                        .toList(),
                call.star(),
                call.distinct(),
                call.variadic(),
                order(call.orderBy()),
                call.withinGroup(),
                orNull(call.filter()),
                over == null ? null : window(over),
                call.syntax(),
                -1);
    }

    private List<OrderItem> order(List<OrderItem> items) {
        return items.stream()
                .map(item ->
                        new OrderItem(
                                labelled(of(item.expression())),
                                item.direction(),
                                item.nulls(),
                                item.operator(),
                                -1))
                .toList();
    }

    WindowSpecification window(WindowSpecification window) {
        return new WindowSpecification(
                window.name(),
                window.reference(),
                all(window.partitionBy()).stream().map(DisplayExpressions::labelled).toList(),
                order(window.orderBy()),
                window.frame(),
                -1);
    }
}
