package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that has a value. `position` is where PostgreSQL would point for an error in it.
public sealed interface Expression {
    int position();

    record NullLiteral(int position) implements Expression {}

    record BooleanLiteral(boolean value, int position) implements Expression {}

    /// A number without point or exponent that fits 32 bits.
    record IntegerLiteral(int value, int position) implements Expression {}

    /// Any other number, decimal text as written without underscores: `1.5`, `1e9`, and integers
    /// past 32 bits (a bigint if it fits 64 bits).
    record DecimalLiteral(String text, int position) implements Expression {}

    /// A string of any notation, escapes already resolved; its type is open (`unknown`).
    record StringLiteral(String value, int position) implements Expression {}

    /// `B'101'` or `X'1F'`: the digits, and whether they are hexadecimal.
    record BitStringLiteral(String digits, boolean hexadecimal, int position)
            implements Expression {}

    /// `$1`; numbers start at 1.
    record Parameter(int number, int position) implements Expression {}

    /// A column, or a whole row if the name is a range variable.
    record ColumnReference(QualifiedName name, int position) implements Expression {
        public static ColumnReference of(QualifiedName name) {
            return new ColumnReference(name, name.position());
        }
    }

    /// `*`, `t.*`, or `**` (all columns and the tables below, nested), in select lists, RETURNING
    /// and row constructors.
    ///
    /// @param qualifier what stands before the star, null for none
    record Star(@Nullable QualifiedName qualifier, boolean deep, int position)
            implements Expression {}

    /// DEFAULT as a value in INSERT and UPDATE.
    record DefaultValue(int position) implements Expression {}

    /// `CAST(x AS t)`, `x::t`, and typed literals: `date '2012-10-05'` is a cast of a
    /// [StringLiteral].
    record Cast(Expression operand, TypeName type, int position) implements Expression {}

    /// A prefix operator. Minus signs before numbers are already part of the literal.
    record UnaryOperator(OperatorName operator, Expression operand, int position)
            implements Expression {}

    record BinaryOperator(OperatorName operator, Expression left, Expression right, int position)
            implements Expression {}

    /// At least two operands; chains are flat.
    record And(List<Expression> operands, int position) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// At least two operands; chains are flat.
    record Or(List<Expression> operands, int position) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Expression operand, int position) implements Expression {}

    record IsNull(Expression operand, boolean negated, int position) implements Expression {}

    /// `IS [NOT] TRUE | FALSE | UNKNOWN`.
    record IsTruth(Expression operand, TruthValue value, boolean negated, int position)
            implements Expression {}

    enum TruthValue {
        TRUE,
        FALSE,
        UNKNOWN
    }

    record IsDistinctFrom(Expression left, Expression right, boolean negated, int position)
            implements Expression {}

    record Between(
            Expression operand,
            Expression low,
            Expression high,
            boolean symmetric,
            boolean negated,
            int position)
            implements Expression {}

    record InList(Expression operand, List<Expression> values, boolean negated, int position)
            implements Expression {
        public InList {
            values = List.copyOf(values);
        }
    }

    record InSubquery(Expression operand, SelectStatement query, boolean negated, int position)
            implements Expression {}

    /// @param escape null for the default backslash
    record Like(
            Expression operand,
            Expression pattern,
            @Nullable Expression escape,
            LikeKind kind,
            boolean negated,
            int position)
            implements Expression {}

    enum LikeKind {
        LIKE,
        ILIKE,
        SIMILAR_TO
    }

    /// `left operator ANY|ALL (array)`. `LIKE ANY` has the operator `~~`, and so on.
    record QuantifiedArray(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            Expression array,
            int position)
            implements Expression {}

    /// `left operator ANY|ALL (SELECT …)`.
    record QuantifiedSubquery(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            SelectStatement query,
            int position)
            implements Expression {}

    enum Quantifier {
        ANY,
        ALL
    }

    record Exists(SelectStatement query, int position) implements Expression {}

    /// A parenthesised query as a value; a nested result where the rule of nested results says so.
    record Subquery(SelectStatement query, int position) implements Expression {}

    /// `MULTISET (SELECT …)`: always a nested result.
    record Multiset(SelectStatement query, int position) implements Expression {}

    record ArrayConstructor(List<Expression> elements, int position) implements Expression {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }
    }

    /// `ARRAY (SELECT …)`.
    record ArraySubquery(SelectStatement query, int position) implements Expression {}

    /// `ROW(…)`, or `(a, b)` without the word.
    record RowConstructor(List<Expression> fields, boolean explicit, int position)
            implements Expression {
        public RowConstructor {
            fields = List.copyOf(fields);
        }
    }

    /// @param operand null for a searched CASE
    /// @param otherwise null without ELSE
    record Case(
            @Nullable Expression operand,
            List<WhenClause> whens,
            @Nullable Expression otherwise,
            int position)
            implements Expression {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    record WhenClause(Expression condition, Expression result, int position) {}

    record Coalesce(List<Expression> arguments, int position) implements Expression {
        public Coalesce {
            arguments = List.copyOf(arguments);
        }
    }

    record NullIf(Expression left, Expression right, int position) implements Expression {}

    record GreatestLeast(boolean greatest, List<Expression> arguments, int position)
            implements Expression {
        public GreatestLeast {
            arguments = List.copyOf(arguments);
        }
    }

    /// A call of a function, aggregate or window function. EXTRACT, SUBSTRING … FROM, POSITION,
    /// OVERLAY, TRIM and AT TIME ZONE are calls of the `pg_catalog` function behind them, arguments
    /// in that function's order, with [CallSyntax#SQL].
    ///
    /// @param star `f(*)`
    /// @param variadic whether VARIADIC stands before the last argument
    /// @param orderBy inside the parentheses, or of WITHIN GROUP
    /// @param filter null without FILTER
    /// @param over null unless a window call
    record FunctionCall(
            QualifiedName name,
            List<FunctionArgument> arguments,
            boolean star,
            boolean distinct,
            boolean variadic,
            List<OrderItem> orderBy,
            boolean withinGroup,
            @Nullable Expression filter,
            @Nullable WindowSpecification over,
            CallSyntax syntax,
            int position)
            implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }

        /// A plain call with positional arguments.
        public static FunctionCall of(
                QualifiedName name, List<Expression> arguments, CallSyntax syntax, int position) {
            List<FunctionArgument> wrapped =
                    arguments.stream().map(value -> new FunctionArgument(null, value)).toList();
            return new FunctionCall(
                    name, wrapped, false, false, false, List.of(), false, null, null, syntax,
                    position);
        }
    }

    /// @param name of `name => value`, null for a positional argument
    record FunctionArgument(@Nullable String name, Expression value) {}

    enum CallSyntax {
        /// `f(a, b)`
        CALL,
        /// Special syntax, to be printed again as such.
        SQL
    }

    /// CURRENT_DATE and the other functions without parentheses.
    ///
    /// @param precision null if not given
    record ValueFunction(ValueFunctionKind kind, @Nullable Integer precision, int position)
            implements Expression {}

    enum ValueFunctionKind {
        CURRENT_DATE,
        CURRENT_TIME,
        CURRENT_TIMESTAMP,
        LOCALTIME,
        LOCALTIMESTAMP,
        CURRENT_ROLE,
        CURRENT_USER,
        USER,
        SESSION_USER,
        SYSTEM_USER,
        CURRENT_CATALOG,
        CURRENT_SCHEMA
    }

    record Collate(Expression operand, QualifiedName collation, int position)
            implements Expression {}

    /// `base[1]`, `base[1:2]`, `base[1][2]`: one or more subscripts.
    record Subscripted(Expression base, List<Subscript> subscripts, int position)
            implements Expression {
        public Subscripted {
            subscripts = List.copyOf(subscripts);
        }
    }

    /// One subscript; of a slice both bounds may be missing, of an index only `upper` is given.
    record Subscript(boolean slice, @Nullable Expression lower, @Nullable Expression upper) {}

    /// `(base).field`.
    record FieldSelection(Expression base, String field, int position) implements Expression {}

    /// `(base).*`.
    record FieldStar(Expression base, int position) implements Expression {}
}
