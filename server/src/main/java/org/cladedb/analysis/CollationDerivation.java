package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The collations of expressions, from their leaves up.
final class CollationDerivation {
    private final CollationAssignment plans;

    CollationDerivation(CollationAssignment plans) {
        this.plans = plans;
    }

    /// An expression without COLLATE, and its collation.
    record Derived(TypedExpression expression, Collated collated) {}

    Derived derive(TypedExpression expression) {
        return switch (expression) {
            case TypedExpression.Constant _, TypedExpression.Parameter _ ->
                    new Derived(expression, ofType(expression.type(), -1));
            case TypedExpression.ColumnReference reference ->
                    new Derived(reference, reference(reference));
            case TypedExpression.Collate collate -> {
                Derived operand = derive(collate.operand());
                yield new Derived(
                        operand.expression(),
                        Collated.explicit(collate.collation(), collate.position()));
            }
            case TypedExpression.FunctionCall call -> call(call);
            case TypedExpression.InList list -> {
                Parts parts = parts(list);
                TypedExpression.InList in = (TypedExpression.InList) parts.expression();
                yield parts.with(
                        new TypedExpression.InList(
                                in.operand(), in.items(), checked(in.equality(), parts.merged())));
            }
            case TypedExpression.ArrayComparison comparison -> {
                Parts parts = parts(comparison);
                TypedExpression.ArrayComparison any =
                        (TypedExpression.ArrayComparison) parts.expression();
                yield parts.with(
                        new TypedExpression.ArrayComparison(
                                any.left(),
                                checked(any.operator(), parts.merged()),
                                any.array(),
                                any.all()));
            }
            case TypedExpression.NullIf choice -> {
                Parts parts = parts(choice);
                TypedExpression.NullIf test = (TypedExpression.NullIf) parts.expression();
                yield parts.with(
                        new TypedExpression.NullIf(
                                test.left(),
                                test.right(),
                                checked(test.equality(), parts.merged())));
            }
            case TypedExpression.Extreme choice -> {
                Parts parts = parts(choice);
                yield parts.isUnknown(choice.type())
                        ? parts.with(
                                IndeterminateCollation.extreme(
                                        (TypedExpression.Extreme) parts.expression()))
                        : parts.derived();
            }
            case TypedExpression.IsDistinct test -> {
                Parts parts = parts(test);
                yield parts.isUnknown(test.left().type())
                        ? parts.with(
                                IndeterminateCollation.distinct(
                                        (TypedExpression.IsDistinct) parts.expression()))
                        : parts.derived();
            }
            case TypedExpression.Case choice -> choice(choice);
            case TypedExpression.Coalesce _,
                    TypedExpression.Cast _,
                    TypedExpression.ArrayConstructor _,
                    TypedExpression.Subscript _ ->
                    parts(expression).derived();
            case TypedExpression.ScalarSubquery query -> {
                LogicalNode plan = plan(query.plan());
                yield new Derived(
                        new TypedExpression.ScalarSubquery(plan, query.type()), first(plan));
            }
            case TypedExpression.ArraySubquery query -> {
                LogicalNode plan = plan(query.plan());
                yield new Derived(
                        new TypedExpression.ArraySubquery(plan, query.type()), first(plan));
            }
            case TypedExpression.QuantifiedSubquery query -> quantified(query);
            case TypedExpression.And _,
                    TypedExpression.Or _,
                    TypedExpression.Not _,
                    TypedExpression.IsNull _,
                    TypedExpression.BooleanTest _,
                    TypedExpression.RowConstructor _,
                    TypedExpression.Exists _,
                    TypedExpression.NestedSubquery _ ->
                    new Derived(apart(expression), Collated.NONE);
            case TypedExpression.FieldAccess access ->
                    new Derived(apart(access), ofType(access.type(), -1));
        };
    }

    private static Collated ofType(SqlType type, int position) {
        return Collations.isCollatable(type)
                ? Collated.implicit(Collations.ofType(type), position)
                : Collated.NONE;
    }

    /// References that were written have what a column has; those that the analysis made stand for
    /// the expression itself.
    private Collated reference(TypedExpression.ColumnReference reference) {
        Collated column = plans.column(reference.columnId(), reference.type());
        int position = plans.state().position(reference);
        return position < 0 ? column : column.referenced(position);
    }

    /// An expression whose operands have been derived, and the collation of all of them together.
    private record Parts(TypedExpression expression, Collated merged) {
        Derived derived() {
            return with(expression);
        }

        Derived with(TypedExpression other) {
            return new Derived(other, result(merged, other.type(), -1));
        }

        boolean isUnknown(SqlType type) {
            return Collations.isCollatable(type) && !merged.isKnown();
        }
    }

    private Parts parts(TypedExpression expression) {
        Collated[] merged = {Collated.NONE};
        TypedExpression mapped =
                Expressions.mapChildren(
                        expression,
                        operand -> {
                            Derived derived = derive(operand);
                            merged[0] = merged[0].with(derived.collated());
                            return derived.expression();
                        },
                        this::plan);
        return new Parts(mapped, merged[0]);
    }

    /// Derives operands that have nothing to do with each other.
    private TypedExpression apart(TypedExpression expression) {
        return Expressions.mapChildren(
                expression, operand -> derive(operand).expression(), this::plan);
    }

    /// The collation of a result of this type over operands with that collation.
    static Collated result(Collated operands, SqlType type, int position) {
        if (!Collations.isCollatable(type)) {
            return Collated.NONE;
        }
        return operands.strength() == Collated.Strength.NONE ? ofType(type, position) : operands;
    }

    /// The function, or one that fails where it needs a collation and has none.
    static Resolved checked(Resolved function, Collated operands) {
        String need = operands.isKnown() ? null : IndeterminateCollation.need(function);
        return need == null ? function : IndeterminateCollation.failing(function, need);
    }

    private Derived call(TypedExpression.FunctionCall call) {
        Parts parts = parts(call);
        if (call.function().definition().name().equals("pg_collation_for")) {
            return parts.with(collationFor(call.arguments().getFirst(), parts.merged()));
        }
        TypedExpression.FunctionCall mapped = (TypedExpression.FunctionCall) parts.expression();
        Collated collated = result(parts.merged(), call.type(), call.position());
        return new Derived(
                new TypedExpression.FunctionCall(
                        checked(call.function(), parts.merged()),
                        mapped.arguments(),
                        call.position()),
                collated);
    }

    private static TypedExpression collationFor(TypedExpression argument, Collated collated) {
        Datum name = new Datum();
        if (!Collations.isCollatable(argument.type())
                && argument.type().kind() != TypeKind.UNKNOWN) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "collations are not supported by type " + TypeText.of(argument.type()));
        }
        if (collated.isKnown() && argument.type().kind() != TypeKind.UNKNOWN) {
            name = Datum.ofText("\"" + collated.name() + "\"");
        }
        return new TypedExpression.Constant(name, SqlType.TEXT);
    }

    private Derived choice(TypedExpression.Case choice) {
        Collated merged = Collated.NONE;
        List<TypedExpression.When> whens = new ArrayList<>();
        for (TypedExpression.When when : choice.whens()) {
            TypedExpression condition = derive(when.condition()).expression();
            Derived result = derive(when.result());
            merged = merged.with(result.collated());
            whens.add(new TypedExpression.When(condition, result.expression()));
        }
        @Nullable TypedExpression otherwise = null;
        if (choice.otherwise() != null) {
            Derived last = derive(choice.otherwise());
            merged = merged.with(last.collated());
            otherwise = last.expression();
        }
        return new Derived(
                new TypedExpression.Case(whens, otherwise, choice.type()),
                result(merged, choice.type(), -1));
    }

    private Derived quantified(TypedExpression.QuantifiedSubquery query) {
        LogicalNode plan = plan(query.plan());
        List<TypedExpression> left = new ArrayList<>();
        List<Resolved> operators = new ArrayList<>();
        List<Collated> columns = plans.of(plan.columns());
        for (int i = 0; i < query.left().size(); i++) {
            Derived operand = derive(query.left().get(i));
            left.add(operand.expression());
            operators.add(
                    checked(
                            query.operators().get(i),
                            operand.collated().with(columns.get(i).referenced(-1))));
        }
        return new Derived(
                new TypedExpression.QuantifiedSubquery(left, operators, plan, query.all()),
                Collated.NONE);
    }

    private Collated first(LogicalNode plan) {
        Collated column = plans.of(plan.columns()).getFirst();
        boolean lost =
                !column.isKnown() && Collations.isCollatable(plan.columns().getFirst().type());
        return lost ? Collated.LOST : column.referenced(column.position());
    }

    private LogicalNode plan(PlanNode plan) {
        return plans.assign((LogicalNode) plan);
    }
}
