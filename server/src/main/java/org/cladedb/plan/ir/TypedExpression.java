package org.cladedb.plan.ir;

import java.util.List;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// An expression with a type. `position` is the 0-based offset in the statement for error reports,
/// -1 where unknown.
public sealed interface TypedExpression {
    SqlType type();

    /// A literal; the cell is never changed.
    record Constant(Datum value, SqlType type) implements TypedExpression {}

    /// `$n`; `index` counts from 0.
    record Parameter(int index, SqlType type) implements TypedExpression {}

    /// A column by its number; `name` is for EXPLAIN only.
    record ColumnReference(int columnId, SqlType type, String name) implements TypedExpression {}

    /// A scalar function or operator; arguments have the resolved argument types.
    record FunctionCall(
            FunctionRegistry.Resolved function, List<TypedExpression> arguments, int position)
            implements TypedExpression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }

        @Override
        public SqlType type() {
            return function.resultType();
        }
    }

    /// A conversion that the registry knows; `explicit` lets varchar(n) truncate silently.
    record Cast(TypedExpression operand, SqlType type, boolean explicit, int position)
            implements TypedExpression {}

    /// `operand COLLATE collation`: the operand itself, but for the rules about collations. There
    /// is none after analysis.
    record Collate(TypedExpression operand, String collation, int position)
            implements TypedExpression {
        @Override
        public SqlType type() {
            return operand.type();
        }
    }

    /// Three-valued AND of two or more operands.
    record And(List<TypedExpression> operands) implements TypedExpression {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// Three-valued OR of two or more operands.
    record Or(List<TypedExpression> operands) implements TypedExpression {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// Three-valued NOT.
    record Not(TypedExpression operand) implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// IS NULL; for rows: all fields NULL. With `negated`, IS NOT NULL (for rows: no field NULL).
    record IsNull(TypedExpression operand, boolean negated) implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// IS TRUE, IS FALSE (`expected`); `negated` for IS NOT. (IS UNKNOWN is [IsNull].)
    record BooleanTest(TypedExpression operand, boolean expected, boolean negated)
            implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// IS DISTINCT FROM; both sides have one type. `negated` for IS NOT DISTINCT FROM.
    record IsDistinct(TypedExpression left, TypedExpression right, boolean negated)
            implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// CASE; every condition is boolean (CASE x WHEN … is rewritten to equalities).
    record Case(List<When> whens, @Nullable TypedExpression otherwise, SqlType type)
            implements TypedExpression {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /// A branch of [Case].
    record When(TypedExpression condition, TypedExpression result) {}

    /// The first operand that is not NULL.
    record Coalesce(List<TypedExpression> operands, SqlType type) implements TypedExpression {
        public Coalesce {
            operands = List.copyOf(operands);
        }
    }

    /// NULLIF; `equality` takes both.
    record NullIf(TypedExpression left, TypedExpression right, FunctionRegistry.Resolved equality)
            implements TypedExpression {
        @Override
        public SqlType type() {
            return left.type();
        }
    }

    /// GREATEST or LEAST: NULLs are ignored.
    record Extreme(List<TypedExpression> operands, boolean greatest, SqlType type)
            implements TypedExpression {
        public Extreme {
            operands = List.copyOf(operands);
        }
    }

    /// `left IN (…)`: `equality` takes left and an item. NOT IN is [Not] around it.
    record InList(
            TypedExpression operand,
            List<TypedExpression> items,
            FunctionRegistry.Resolved equality)
            implements TypedExpression {
        public InList {
            items = List.copyOf(items);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// `left operator ANY (array)` or ALL.
    record ArrayComparison(
            TypedExpression left,
            FunctionRegistry.Resolved operator,
            TypedExpression array,
            boolean all)
            implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// ARRAY[…]; elements that are arrays themselves make a further dimension.
    record ArrayConstructor(List<TypedExpression> elements, SqlType type)
            implements TypedExpression {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }
    }

    /// `array[i][j]` or with slices.
    record Subscript(TypedExpression array, List<Index> indexes, SqlType type)
            implements TypedExpression {
        public Subscript {
            indexes = List.copyOf(indexes);
        }

        /// One subscript; a slice when `slice`, its bounds null where left out.
        public record Index(
                boolean slice, @Nullable TypedExpression lower, @Nullable TypedExpression upper) {}
    }

    /// ROW(…).
    record RowConstructor(List<TypedExpression> fields, SqlType.Row type)
            implements TypedExpression {
        public RowConstructor {
            fields = List.copyOf(fields);
        }
    }

    /// `(row).field`; `index` counts from 0.
    record FieldAccess(TypedExpression row, int index, SqlType type) implements TypedExpression {}

    /// A subquery of one column: NULL for no row, 21000 for more than one.
    record ScalarSubquery(PlanNode plan, SqlType type) implements TypedExpression {}

    /// EXISTS (…).
    record Exists(PlanNode plan) implements TypedExpression {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// `left operator ANY (SELECT …)` or ALL; IN is `=` ANY. `left` has one expression a subquery
    /// column, and `operators` one comparison each (taking left and the column); for several
    /// columns the operator is equality, pairwise.
    record QuantifiedSubquery(
            List<TypedExpression> left,
            List<FunctionRegistry.Resolved> operators,
            PlanNode plan,
            boolean all)
            implements TypedExpression {
        public QuantifiedSubquery {
            left = List.copyOf(left);
            operators = List.copyOf(operators);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /// ARRAY(SELECT …).
    record ArraySubquery(PlanNode plan, SqlType type) implements TypedExpression {}

    /// A nested result: all rows of the subquery. Its type is an array of rows; its value at run
    /// time is JSON text, written as json_agg would, `[]` for no rows.
    record NestedSubquery(PlanNode plan, SqlType.Array type) implements TypedExpression {}
}
