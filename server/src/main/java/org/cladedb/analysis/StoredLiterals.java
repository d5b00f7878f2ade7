package org.cladedb.analysis;

import org.cladedb.common.ByteWriter;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.types.Codecs;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Literals of stored text: they have a type, and mean the same whatever the session's settings.
final class StoredLiterals {
    private final ConstantFolder folder;

    StoredLiterals(StatementState state) {
        this.folder = new ConstantFolder(state.context());
    }

    /// An untyped literal read as a value of `type`, whose modifier is left for a cast to apply.
    Expression read(Constant literal, SqlType type) {
        SqlType plain = type.kind() == TypeKind.INTERVAL ? type : type.withoutModifier();
        return of(folder.read(literal, plain, -1));
    }

    /// The constant as PostgreSQL shows it: numbers bare where they read back as what they are.
    static Expression of(Constant constant) {
        SqlType type = constant.type();
        if (constant.value().isNull()) {
            return cast(new Expression.NullLiteral(-1), type);
        }
        String text = text(constant);
        boolean negative = text.startsWith("-");
        if (type instanceof SqlType.Scalar) {
            switch (type.kind()) {
                case BOOLEAN -> {
                    return new Expression.BooleanLiteral(text.startsWith("t"), -1);
                }
                case INTEGER -> {
                    if (!negative) {
                        return new Expression.IntegerLiteral(Integer.parseInt(text), -1);
                    }
                }
                case NUMERIC -> {
                    if (!negative && text.matches("[0-9]+\\.[0-9]*")) {
                        return new Expression.DecimalLiteral(text, -1);
                    }
                }
                default -> {}
            }
        }
        return cast(new Expression.StringLiteral(text, -1), type);
    }

    private static String text(Constant constant) {
        ByteWriter out = new ByteWriter();
        Codecs.of(constant.type()).writeText(constant.value(), TypeContext.DEFAULT, out);
        return new String(out.toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /// `expression::type`; the expression alone where the type has no name.
    static Expression cast(Expression expression, SqlType type) {
        TypeName name = name(type);
        return name == null ? expression : new Expression.Cast(expression, name, -1);
    }

    static @Nullable TypeName name(SqlType type) {
        SqlType element = type instanceof SqlType.Array array ? array.element() : type;
        if (!(element instanceof SqlType.Scalar) || element.kind().category() == 'P') {
            return null;
        }
        return switch (SqlParser.parseExpression("NULL::" + TypeNames.format(type))) {
            case Expression.Cast cast -> cast.type();
            case Expression other -> throw new IllegalStateException("a type reads as " + other);
        };
    }
}
