package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Function calls of every kind.
final class FunctionAnalyzer {
    private static final int ARGUMENTS_MAX = 100;
    private static final int FRACTION_DIGITS_MAX = 6;

    private final ExpressionAnalyzer expressions;

    FunctionAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression call(Expression.FunctionCall call) {
        String name = name(call.name());
        if (name.equals("pg_collation_for")) {
            expressions.state.noteCollation();
        }
        refuseUnsupported(call);
        List<Operand> arguments = new ArrayList<>();
        for (Expression argument : new NamedArguments(expressions).inOrder(call, name)) {
            arguments.add(expressions.operand(argument).asValue());
        }
        TypedExpression cast = call.variadic() ? null : castLike(call, name, arguments);
        if (cast != null) {
            return cast;
        }
        Resolved resolved =
                call.variadic()
                        ? resolveVariadic(name, arguments, call.position())
                        : resolve(call.name(), arguments, call.position());
        return switch (resolved.definition().implementation()) {
            case FunctionDefinition.Scalar _ -> {
                requirePlain(call, name);
                yield apply(resolved, arguments, call.position());
            }
            case FunctionDefinition.SetReturning _ -> {
                requirePlain(call, name);
                yield expressions.calls.set(
                        apply(resolved, arguments, call.position()), call.position());
            }
            case FunctionDefinition.Aggregate _ ->
                    call.over() == null
                            ? expressions.calls.aggregate(resolved, arguments, call)
                            : new WindowAnalyzer(expressions).window(resolved, arguments, call);
            case FunctionDefinition.Window _ -> {
                if (call.over() == null) {
                    throw new DatabaseException(
                                    SqlState.WRONG_OBJECT_TYPE,
                                    "window function " + name + " requires an OVER clause")
                            .at(call.position());
                }
                yield new WindowAnalyzer(expressions).window(resolved, arguments, call);
            }
        };
    }

    private static void refuseUnsupported(Expression.FunctionCall call) {
        if (call.arguments().size() > ARGUMENTS_MAX) {
            throw new DatabaseException(
                            SqlState.TOO_MANY_ARGUMENTS,
                            "cannot pass more than " + ARGUMENTS_MAX + " arguments to a function")
                    .at(call.position());
        }
        if (call.withinGroup()) {
            throw ExpressionAnalyzer.unsupported("WITHIN GROUP is", call.position());
        }
    }

    private String name(QualifiedName name) {
        List<String> qualifier = name.qualifier();
        boolean known =
                qualifier.isEmpty()
                        || (qualifier.size() == 1
                                && (qualifier.getFirst().equals("pg_catalog")
                                        || qualifier.getFirst().equals("information_schema")));
        if (known) {
            return name.last();
        }
        if (qualifier.size() == 1
                && expressions.state.catalog().schema(qualifier.getFirst()) == null) {
            throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"" + qualifier.getFirst() + "\" does not exist")
                    .at(name.position());
        }
        throw new DatabaseException(
                        SqlState.UNDEFINED_FUNCTION,
                        "function " + name.dotted() + " does not exist")
                .at(name.position());
    }

    /// `text(x)`: the name of a type used as a function.
    private @Nullable TypedExpression castLike(
            Expression.FunctionCall call, String name, List<Operand> arguments) {
        if (arguments.size() != 1 || call.syntax() == Expression.CallSyntax.SQL) {
            return null;
        }
        TypeKind kind = TypeKind.byTypeName(name);
        if (kind == null || kind.category() == 'P') {
            return null;
        }
        SqlType target = SqlType.of(kind);
        Operand argument = arguments.getFirst();
        boolean open = argument.type().kind() == TypeKind.UNKNOWN;
        boolean asFunction = expressions.state.functions().hasFunction(name) && !open;
        boolean record = argument.type().kind() == TypeKind.RECORD && kind.category() == 'S';
        if (asFunction
                || record
                || expressions.state.functions().cast(argument.type(), target) == null) {
            return null;
        }
        requirePlain(call, name);
        return expressions.coercion.explicit(argument, target);
    }

    /// Like the other, with the name in errors as it was written.
    private Resolved resolve(QualifiedName name, List<Operand> arguments, int position) {
        try {
            return resolve(name.last(), arguments, position);
        } catch (DatabaseException e) {
            String wanted = "function " + name.last() + "(";
            if (!name.isQualified() || !e.message().startsWith(wanted)) {
                throw e;
            }
            String rest = e.message().substring(wanted.length());
            DatabaseException named =
                    new DatabaseException(e.state(), "function " + name.dotted() + "(" + rest)
                            .at(position);
            String hint = e.fields().hint();
            throw hint == null ? named : named.withHint(hint);
        }
    }

    private Resolved resolve(String name, List<Operand> arguments, int position) {
        List<SqlType> types = arguments.stream().map(Operand::type).toList();
        try {
            Resolved resolved = expressions.state.functions().resolveFunction(name, types);
            return resolved.resultType().isNestedResult()
                    ? expressions.state.functions().resolveFunction(name, anonymous(types))
                    : resolved;
        } catch (DatabaseException e) {
            // Types that do not go together are found where nobody knows the place any more.
            throw e.state() == SqlState.DATATYPE_MISMATCH ? e : e.at(position);
        }
    }

    private Resolved resolveVariadic(String name, List<Operand> arguments, int position) {
        try {
            return expressions
                    .state
                    .functions()
                    .resolveVariadic(name, arguments.stream().map(Operand::type).toList());
        } catch (DatabaseException e) {
            throw e.at(
                    e.state() == SqlState.DATATYPE_MISMATCH
                            ? arguments.getLast().position()
                            : position);
        }
    }

    /// Arrays are made of anonymous records (see [CompositeAnalyzer]).
    private static List<SqlType> anonymous(List<SqlType> types) {
        SqlType anonymous = SqlType.of(TypeKind.RECORD);
        return types.stream().map(type -> type instanceof SqlType.Row ? anonymous : type).toList();
    }

    private static void requirePlain(Expression.FunctionCall call, String name) {
        String notAggregate = "";
        if (call.star()) {
            throw wrongUse(name + "(*) specified, but " + name, call);
        } else if (call.distinct()) {
            notAggregate = "DISTINCT";
        } else if (!call.orderBy().isEmpty()) {
            notAggregate = "ORDER BY";
        } else if (call.filter() != null) {
            notAggregate = "FILTER";
        }
        if (!notAggregate.isEmpty()) {
            throw wrongUse(notAggregate + " specified, but " + name, call);
        }
        if (call.over() != null) {
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "OVER specified, but "
                                    + name
                                    + " is not a window function nor an aggregate function")
                    .at(call.position());
        }
    }

    private static DatabaseException wrongUse(String what, Expression.FunctionCall call) {
        return new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE, what + " is not an aggregate function")
                .at(call.position());
    }

    /// A call of the scalar function `name`.
    TypedExpression scalar(String name, List<Operand> arguments, int position) {
        return apply(resolve(name, arguments, position), arguments, position);
    }

    private TypedExpression apply(Resolved resolved, List<Operand> arguments, int position) {
        return new TypedExpression.FunctionCall(resolved, convert(resolved, arguments), position);
    }

    /// The arguments as the function wants them.
    List<TypedExpression> convert(Resolved resolved, List<Operand> arguments) {
        List<TypedExpression> converted = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(
                    expressions.coercion.implicit(
                            arguments.get(i), resolved.argumentTypes().get(i)));
        }
        return converted;
    }

    TypedExpression value(Expression.ValueFunction function) {
        int position = function.position();
        Integer precision = function.precision();
        return switch (function.kind()) {
            case CURRENT_DATE -> now(SqlType.DATE, position);
            case CURRENT_TIMESTAMP -> now(precise(TypeKind.TIMESTAMPTZ, precision), position);
            case LOCALTIMESTAMP -> now(precise(TypeKind.TIMESTAMP, precision), position);
            case LOCALTIME -> now(precise(TypeKind.TIME, precision), position);
            case CURRENT_TIME ->
                    throw ExpressionAnalyzer.unsupported("type time with time zone is", position);
            case CURRENT_ROLE, CURRENT_USER, USER -> scalar("current_user", List.of(), position);
            case SESSION_USER, SYSTEM_USER -> scalar("session_user", List.of(), position);
            case CURRENT_CATALOG -> scalar("current_database", List.of(), position);
            case CURRENT_SCHEMA -> scalar("current_schema", List.of(), position);
        };
    }

    private static SqlType precise(TypeKind kind, @Nullable Integer precision) {
        return precision == null
                ? SqlType.of(kind)
                : new SqlType.Scalar(kind, Math.min(precision, FRACTION_DIGITS_MAX));
    }

    private TypedExpression now(SqlType type, int position) {
        TypedExpression now = scalar("now", List.of(), position);
        return expressions.coercion.explicit(new Operand(now, position), type);
    }
}
