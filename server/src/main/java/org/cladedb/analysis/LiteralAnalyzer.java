package org.cladedb.analysis;

import java.math.BigInteger;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Literals and casts.
final class LiteralAnalyzer {
    private final ExpressionAnalyzer expressions;

    LiteralAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    static Constant nullLiteral() {
        return new Constant(new Datum(), SqlType.UNKNOWN);
    }

    static Constant of(Expression.BooleanLiteral literal) {
        return new Constant(Datum.ofLong(literal.value() ? 1 : 0), SqlType.BOOLEAN);
    }

    static Constant of(Expression.IntegerLiteral literal) {
        return new Constant(Datum.ofLong(literal.value()), SqlType.INTEGER);
    }

    static Constant of(Expression.StringLiteral literal) {
        return new Constant(Datum.ofText(literal.value()), SqlType.UNKNOWN);
    }

    /// An integer past 32 bits is a bigint if it fits, everything else numeric.
    Constant of(Expression.DecimalLiteral literal) {
        String text = literal.text();
        if (text.matches("-?\\d{1,19}")) {
            BigInteger integer = new BigInteger(text);
            if (integer.bitLength() < Long.SIZE) {
                return new Constant(Datum.ofLong(integer.longValue()), SqlType.BIGINT);
            }
        }
        if (text.matches("-?\\d+")) {
            Datum value = new Datum();
            value.setNumeric(LargeDecimals.parse(text));
            return new Constant(value, SqlType.NUMERIC);
        }
        TypedExpression read =
                expressions.coercion.implicit(
                        new Operand(
                                new Constant(Datum.ofText(text), SqlType.UNKNOWN),
                                literal.position()),
                        SqlType.NUMERIC);
        return (Constant) read;
    }

    TypedExpression cast(Expression.Cast cast) {
        SqlType target = TypeNameResolver.resolve(cast.type());
        if (cast.operand() instanceof Expression.ArrayConstructor array
                && target instanceof SqlType.Array type) {
            return expressions.composites.array(array, type);
        }
        Operand operand = expressions.operand(cast.operand());
        boolean literal = operand.type().equals(SqlType.UNKNOWN);
        return expressions.coercion.explicit(
                new Operand(operand.expression(), literal ? operand.position() : cast.position()),
                target);
    }
}
