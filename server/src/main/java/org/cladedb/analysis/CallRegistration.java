package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.jspecify.annotations.Nullable;

/// Calls whose value comes from another plan node: each is kept with the query level it belongs to,
/// and a column stands for it in the expression.
final class CallRegistration {
    private final ExpressionAnalyzer expressions;

    CallRegistration(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression aggregate(
            Resolved resolved, List<Operand> operands, Expression.FunctionCall call) {
        String name = resolved.definition().name();
        requireArguments(resolved, operands, call);
        List<TypedExpression> arguments = expressions.functions.convert(resolved, operands);
        List<SortKey> order = matchArguments(sortKeys(call.orderBy()), arguments);
        requireDistinct(call, operands, arguments, order);
        TypedExpression filter =
                call.filter() == null
                        ? null
                        : expressions.condition(call.filter(), ExpressionKind.FILTER, "FILTER");
        List<TypedExpression> parts = new ArrayList<>(arguments);
        order.forEach(key -> parts.add(key.expression()));
        if (filter != null) {
            parts.add(filter);
        }
        QueryScope owner = owner(parts);
        checkPlace(owner, call.position());
        checkContents(owner, parts);
        return register(
                owner,
                new AggregateCall(
                        expressions.state.column(name, resolved.resultType()),
                        resolved,
                        arguments,
                        call.distinct(),
                        order,
                        filter),
                call.position());
    }

    /// Refuses `count()`.
    static void requireArguments(
            Resolved resolved, List<Operand> operands, Expression.FunctionCall call) {
        if (operands.isEmpty()
                && !call.star()
                && resolved.definition().implementation() instanceof FunctionDefinition.Aggregate) {
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            resolved.definition().name()
                                    + "(*) must be used to call a parameterless aggregate"
                                    + " function")
                    .at(call.position());
        }
    }

    private TypedExpression register(QueryScope owner, AggregateCall call, int position) {
        AggregateCall kept = owner.aggregate(fingerprint(call), call);
        owner.noteAggregate(position);
        expressions.state.own(
                kept.column().id(),
                new ColumnOwner(owner, ColumnOwner.Kind.AGGREGATE, null, 0, kept.column().name()));
        TypedExpression reference = kept.column().reference();
        expressions.state.locate(reference, position);
        return reference;
    }

    static String fingerprint(AggregateCall call) {
        StringBuilder text = new StringBuilder();
        text.append(call.function().definition().name())
                .append(call.function().argumentTypes())
                .append(call.distinct())
                .append(Fingerprint.of(call.arguments()));
        for (SortKey key : call.orderBy()) {
            text.append('|')
                    .append(Fingerprint.of(key.expression()))
                    .append(key.descending())
                    .append(key.nullsFirst());
        }
        if (call.filter() != null) {
            text.append('?').append(Fingerprint.of(call.filter()));
        }
        for (TypedExpression argument : call.arguments()) {
            if (Expressions.isVolatile(argument)) {
                text.append('@').append(call.column().id());
            }
        }
        return text.toString();
    }

    /// Keys inside a call: expressions only, neither ordinals nor output names.
    List<SortKey> sortKeys(List<OrderItem> items) {
        List<SortKey> keys = new ArrayList<>();
        for (OrderItem item : items) {
            TypedExpression value =
                    expressions.coercion.settle(expressions.operand(item.expression()));
            keys.add(sortKey(item, value));
        }
        return keys;
    }

    /// `value` as a sort key with the directions of `item`.
    static SortKey sortKey(OrderItem item, TypedExpression value) {
        Ordering.requireOrder(value.type(), item.position());
        boolean descending = item.descending();
        boolean nullsFirst = item.nullsFirst();
        if (item.operator() != null) {
            descending = isDescending(item.operator().symbol(), item.position());
            nullsFirst = item.nulls() == OrderItem.NullsOrder.DEFAULT ? descending : nullsFirst;
        }
        return new SortKey(value, descending, nullsFirst);
    }

    private static boolean isDescending(String operator, int position) {
        return switch (operator) {
            case "<" -> false;
            case ">" -> true;
            default ->
                    throw new DatabaseException(
                                    SqlState.WRONG_OBJECT_TYPE,
                                    "operator " + operator + " is not a valid ordering operator")
                            .withHint(
                                    "Ordering operators must be \"<\" or \">\" members of"
                                            + " btree operator families.")
                            .at(position);
        };
    }

    private static void requireDistinct(
            Expression.FunctionCall call,
            List<Operand> operands,
            List<TypedExpression> arguments,
            List<SortKey> order) {
        if (!call.distinct()) {
            return;
        }
        for (int i = 0; i < arguments.size(); i++) {
            Ordering.requireEquality(arguments.get(i).type(), operands.get(i).position());
        }
        for (int i = 0; i < order.size(); i++) {
            if (!arguments.contains(order.get(i).expression())) {
                throw new DatabaseException(
                                SqlState.INVALID_COLUMN_REFERENCE,
                                "in an aggregate with DISTINCT, ORDER BY expressions must appear"
                                        + " in argument list")
                        .at(SourcePositions.start(call.orderBy().get(i).expression()));
            }
        }
    }

    /// Keys that are arguments in another type take the argument's.
    private static List<SortKey> matchArguments(
            List<SortKey> keys, List<TypedExpression> arguments) {
        List<SortKey> matched = new ArrayList<>();
        for (SortKey key : keys) {
            String wanted = Fingerprint.of(key.expression());
            TypedExpression same = key.expression();
            for (TypedExpression argument : arguments) {
                if (Fingerprint.of(Coercion.withoutImplicit(argument)).equals(wanted)
                        || Fingerprint.of(argument).equals(wanted)) {
                    same = argument;
                }
            }
            matched.add(new SortKey(same, key.descending(), key.nullsFirst()));
        }
        return matched;
    }

    /// The innermost level around here that the parts refer to; this one if to none.
    private QueryScope owner(List<TypedExpression> parts) {
        List<QueryScope> referenced = new ArrayList<>();
        forEachColumn(
                parts,
                (owner, _) -> {
                    if (expressions.scope.isWithin(owner.scope())) {
                        referenced.add(owner.scope());
                    }
                });
        for (QueryScope level = expressions.scope; level != null; level = level.parent()) {
            if (referenced.contains(level)) {
                return level;
            }
        }
        return expressions.scope;
    }

    private interface ColumnVisitor {
        void visit(ColumnOwner owner, TypedExpression reference);
    }

    private void forEachColumn(List<TypedExpression> parts, ColumnVisitor visitor) {
        Consumer<TypedExpression> each =
                part -> {
                    if (part instanceof TypedExpression.ColumnReference reference) {
                        ColumnOwner owner = expressions.state.owner(reference.columnId());
                        if (owner != null) {
                            visitor.visit(owner, reference);
                        }
                    }
                };
        parts.forEach(part -> Expressions.forEach(part, each));
    }

    private static void checkPlace(QueryScope owner, int position) {
        if (!owner.kind().allowsAggregates()) {
            throw new DatabaseException(
                            SqlState.GROUPING_ERROR,
                            "aggregate functions are not allowed in " + owner.kind().label())
                    .at(position);
        }
    }

    private void checkContents(QueryScope level, List<TypedExpression> parts) {
        forEachColumn(
                parts,
                (owner, reference) -> {
                    if (owner.scope() == level) {
                        refuseInside(owner.kind(), expressions.state.position(reference));
                    }
                });
    }

    private static void refuseInside(ColumnOwner.Kind kind, int position) {
        switch (kind) {
            case SOURCE -> {}
            case AGGREGATE ->
                    throw new DatabaseException(
                                    SqlState.GROUPING_ERROR,
                                    "aggregate function calls cannot be nested")
                            .at(position);
            case WINDOW ->
                    throw new DatabaseException(
                                    SqlState.GROUPING_ERROR,
                                    "aggregate function calls cannot contain window function"
                                            + " calls")
                            .at(position);
            case SET ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "aggregate function calls cannot contain set-returning"
                                            + " function calls")
                            .withHint(
                                    "You might be able to move the set-returning function into a"
                                            + " LATERAL FROM item.")
                            .at(position);
        }
    }

    /// Refuses calls of the given kind of column inside `parts`.
    @Nullable TypedExpression find(
            List<TypedExpression> parts, QueryScope level, ColumnOwner.Kind kind) {
        List<TypedExpression> found = new ArrayList<>();
        forEachColumn(
                parts,
                (owner, reference) -> {
                    if (owner.scope() == level && owner.kind() == kind) {
                        found.add(reference);
                    }
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    /// A set-returning function: at the top of a FROM item it stays as it is.
    TypedExpression set(TypedExpression call, int position) {
        QueryScope scope = expressions.scope;
        if (!scope.kind().allowsSets()) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "set-returning functions are not allowed in "
                                    + scope.kind().broadLabel())
                    .at(position);
        }
        if (scope.kind() == ExpressionKind.FROM_FUNCTION) {
            return call;
        }
        scope.setCallPositions().add(position);
        SetCall known = knownSet(call);
        if (known != null) {
            TypedExpression same = known.column().reference();
            expressions.state.locate(same, position);
            return same;
        }
        int depth = 0;
        for (SetCall inner : scope.setCalls()) {
            if (Expressions.refersTo(call, List.of(inner.column()))) {
                depth = Math.max(depth, inner.depth() + 1);
            }
        }
        OutputColumn column = expressions.state.column("set", call.type());
        scope.setCalls().add(new SetCall(column, call, position, depth));
        expressions.state.own(
                column.id(), new ColumnOwner(scope, ColumnOwner.Kind.SET, null, 0, column.name()));
        TypedExpression reference = column.reference();
        expressions.state.locate(reference, position);
        return reference;
    }

    /// An equal call that is there already: both would give the same rows side by side.
    private @Nullable SetCall knownSet(TypedExpression call) {
        if (expressions.scope.setCalls().isEmpty() || Expressions.isVolatile(call)) {
            return null;
        }
        String wanted = Fingerprint.of(call);
        for (SetCall known : expressions.scope.setCalls()) {
            if (Fingerprint.of(known.call()).equals(wanted)) {
                return known;
            }
        }
        return null;
    }
}
