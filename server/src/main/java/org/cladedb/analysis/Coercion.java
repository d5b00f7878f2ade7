package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.functions.FunctionRegistry.CastContext;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.Collate;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.Parameter;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Converts expressions to the types their surroundings ask for: PostgreSQL manual, chapter 10.
final class Coercion {
    private final StatementState state;
    private final FunctionRegistry functions;
    private final ConstantFolder folder;

    Coercion(StatementState state) {
        this.state = state;
        this.functions = state.functions();
        this.folder = new ConstantFolder(state.context());
    }

    /// The expression as a value of `target`; null when `context` allows no such conversion.
    @Nullable TypedExpression tryConvert(Operand operand, SqlType target, CastContext context) {
        TypedExpression converted = convert(operand, target, context);
        Resolutions resolutions = state.resolutions();
        if (resolutions != null && converted != null) {
            resolutions.conversion(operand.expression(), converted);
        }
        return converted;
    }

    private @Nullable TypedExpression convert(
            Operand operand, SqlType target, CastContext context) {
        TypedExpression expression = operand.expression();
        SqlType source = expression.type();
        if (source.equals(target) && source.kind() != TypeKind.UNKNOWN) {
            return expression;
        }
        if (source.kind() == TypeKind.UNKNOWN) {
            return convertUnknown(operand, target, context);
        }
        if (isPseudo(target) || (source instanceof SqlType.Row && isAnonymousRecord(target))) {
            return expression;
        }
        if (target.modifier() < 0 && source.withoutModifier().equals(target)) {
            return expression;
        }
        if (source instanceof SqlType.Row from && target instanceof SqlType.Row to) {
            return sameShape(from, to) ? expression : null;
        }
        FunctionRegistry.Cast cast = functions.cast(source, target);
        if (cast == null || cast.context().compareTo(context) > 0) {
            return null;
        }
        if (expression instanceof Constant number) {
            Constant folded = folder.convertNumber(number, target);
            if (folded != null) {
                return folded;
            }
        }
        return new Cast(expression, target, context == CastContext.EXPLICIT, operand.position());
    }

    private static boolean isPseudo(SqlType type) {
        return type.kind() == TypeKind.ANY || type.kind() == TypeKind.UNKNOWN;
    }

    private static boolean isAnonymousRecord(SqlType type) {
        return type.kind() == TypeKind.RECORD && !(type instanceof SqlType.Row);
    }

    private static boolean sameShape(SqlType.Row from, SqlType.Row to) {
        if (from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < from.fields().size(); i++) {
            SqlType left = from.fields().get(i).type().withoutModifier();
            if (!left.equals(to.fields().get(i).type().withoutModifier())) {
                return false;
            }
        }
        return true;
    }

    private @Nullable TypedExpression convertUnknown(
            Operand operand, SqlType target, CastContext context) {
        TypedExpression expression = operand.expression();
        SqlType wanted = isPseudo(target) ? SqlType.TEXT : target;
        // The modifier is applied by a cast of its own: an explicit one may cut.
        SqlType plain = wanted.kind() == TypeKind.INTERVAL ? wanted : wanted.withoutModifier();
        TypedExpression converted;
        switch (expression) {
            case Constant literal -> {
                if (isAnonymousRecord(wanted) || wanted instanceof SqlType.Row) {
                    if (literal.value().isNull()) {
                        return new Constant(literal.value(), wanted);
                    }
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "input of anonymous composite types is not implemented")
                            .at(operand.position());
                }
                converted = folder.read(literal, plain, operand.position());
                if (!wanted.equals(plain) && context != CastContext.EXPLICIT) {
                    return folder.read(literal, wanted, -1);
                }
            }
            case Collate collate -> {
                TypedExpression inner =
                        tryConvert(
                                new Operand(collate.operand(), operand.position()),
                                wanted,
                                context);
                return inner == null || !Collations.isCollatable(wanted)
                        ? inner
                        : new Collate(inner, collate.collation(), collate.position());
            }
            case Parameter parameter when isPseudo(target) -> {
                return parameter;
            }
            case Parameter parameter ->
                    converted = state.parameters().resolve(parameter, plain, operand.position());
            default -> converted = new Cast(expression, plain, true, operand.position());
        }
        return wanted.equals(plain)
                ? converted
                : new Cast(converted, wanted, context == CastContext.EXPLICIT, operand.position());
    }

    /// For arguments of a function that was chosen because this works.
    TypedExpression implicit(Operand operand, SqlType target) {
        TypedExpression converted = tryConvert(operand, target, CastContext.IMPLICIT);
        if (converted == null) {
            throw cannotCast(operand, target);
        }
        return converted;
    }

    TypedExpression explicit(Operand operand, SqlType target) {
        TypedExpression converted = tryConvert(operand, target, CastContext.EXPLICIT);
        if (converted == null) {
            throw cannotCast(operand, target);
        }
        return converted;
    }

    private static DatabaseException cannotCast(Operand operand, SqlType target) {
        return new DatabaseException(
                        SqlState.CANNOT_COERCE,
                        "cannot cast type "
                                + TypeText.of(operand.type())
                                + " to "
                                + TypeText.of(target))
                .at(operand.position());
    }

    /// The value of a column of type `target`, as in INSERT and UPDATE.
    TypedExpression assignment(Operand operand, SqlType target, String columnName) {
        TypedExpression converted = tryConvert(operand, target, CastContext.ASSIGNMENT);
        if (converted == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "column \""
                                    + columnName
                                    + "\" is of type "
                                    + TypeText.of(target)
                                    + " but expression is of type "
                                    + TypeText.of(operand.type()))
                    .withHint("You will need to rewrite or cast the expression.")
                    .withRoutine("transformAssignedExpr")
                    .at(operand.position());
        }
        return converted;
    }

    /// The expression as a boolean, for `construct` such as WHERE.
    TypedExpression toBoolean(Operand operand, String construct) {
        return toType(operand, SqlType.BOOLEAN, construct);
    }

    /// Refuses a set-returning call in the operand, which is for `construct`.
    private void refuseSet(Operand operand, String construct) {
        if (state.hasSetCalls() && holdsSetCall(operand.expression())) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "argument of " + construct + " must not return a set")
                    .at(operand.position());
        }
    }

    /// Whether a set-returning call is in the expression itself; subqueries may have their own.
    private boolean holdsSetCall(TypedExpression expression) {
        if (expression instanceof TypedExpression.ColumnReference reference) {
            return state.isSetCall(reference.columnId());
        }
        boolean[] found = {false};
        Expressions.mapChildren(
                expression,
                operand -> {
                    found[0] |= holdsSetCall(operand);
                    return operand;
                },
                plan -> plan);
        return found[0];
    }

    /// The expression as a value of exactly `target`, by assignment rules.
    TypedExpression toType(Operand operand, SqlType target, String construct) {
        TypedExpression converted = tryConvert(operand, target, CastContext.ASSIGNMENT);
        if (converted == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "argument of "
                                    + construct
                                    + " must be type "
                                    + TypeText.of(target)
                                    + ", not type "
                                    + TypeText.of(operand.type()))
                    .at(operand.position());
        }
        refuseSet(operand, construct);
        return converted;
    }

    /// The expression without the conversions that nobody wrote.
    static TypedExpression withoutImplicit(TypedExpression expression) {
        return expression instanceof Cast cast && !cast.explicit()
                ? withoutImplicit(cast.operand())
                : expression;
    }

    /// An expression whose type is still open becomes text.
    TypedExpression settle(Operand operand) {
        return operand.type().kind() == TypeKind.UNKNOWN
                ? implicit(operand, SqlType.TEXT)
                : operand.expression();
    }

    /// The one type for all operands of `construct` (CASE, UNION, …).
    SqlType commonType(List<Operand> operands, String construct) {
        SqlType common = tryCommonType(operands);
        if (common != null) {
            return common;
        }
        List<SqlType> types = new ArrayList<>();
        SqlType soFar = operands.getFirst().type();
        for (Operand operand : operands) {
            types.add(TypeText.asValue(operand.type()));
            SqlType next = functions.commonType(types);
            if (next == null) {
                throw new DatabaseException(
                                SqlState.DATATYPE_MISMATCH,
                                construct
                                        + " types "
                                        + TypeText.of(soFar)
                                        + " and "
                                        + TypeText.of(operand.type())
                                        + " cannot be matched")
                        .at(operand.position());
            }
            soFar = next;
        }
        return soFar;
    }

    @Nullable SqlType tryCommonType(List<Operand> operands) {
        List<SqlType> types = operands.stream().map(Operand::type).toList();
        SqlType first = types.getFirst();
        List<SqlType> known =
                types.stream().filter(type -> type.kind() != TypeKind.UNKNOWN).toList();
        if (!known.isEmpty()
                && known.getFirst() instanceof SqlType.Row row
                && known.stream().allMatch(type -> type.kind() == TypeKind.RECORD)) {
            boolean same =
                    known.stream()
                            .allMatch(type -> type instanceof SqlType.Row r && sameShape(row, r));
            // Records of different types have only that in common.
            return same ? row : SqlType.of(TypeKind.RECORD);
        }
        boolean different = types.stream().anyMatch(type -> !type.equals(first));
        return functions.commonType(
                different ? types.stream().map(TypeText::asValue).toList() : types);
    }

    /// Each operand as a value of the common type.
    List<TypedExpression> unify(List<Operand> operands, SqlType common, String construct) {
        List<TypedExpression> converted = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            converted.add(unify(operand, common, construct));
        }
        return converted;
    }

    TypedExpression unify(Operand operand, SqlType common, String construct) {
        TypedExpression result = tryConvert(operand, common, CastContext.IMPLICIT);
        if (result == null) {
            throw new DatabaseException(
                            SqlState.CANNOT_COERCE,
                            construct
                                    + " could not convert type "
                                    + TypeText.of(operand.type())
                                    + " to "
                                    + TypeText.of(common))
                    .at(operand.position());
        }
        return result;
    }
}
