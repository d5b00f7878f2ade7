package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// The select list with the hidden columns that ORDER BY, GROUP BY and DISTINCT ON add, and the
/// rules by which those clauses refer to it.
final class Targets {
    private final ExpressionAnalyzer expressions;
    private final List<TargetItem> all;
    private final int visible;

    Targets(ExpressionAnalyzer expressions, List<TargetItem> items) {
        this.expressions = expressions;
        this.all = new ArrayList<>(items);
        this.visible = items.size();
    }

    List<TargetItem> all() {
        return all;
    }

    List<TargetItem> visible() {
        return all.subList(0, visible);
    }

    boolean hasHidden() {
        return all.size() > visible;
    }

    boolean isHidden(int index) {
        return index >= visible;
    }

    void resolve(int index, SqlType type) {
        TargetItem item = all.get(index);
        all.set(index, item.with(expressions.coercion.implicit(item.operand(), type)));
    }

    /// The number of the item that an ORDER BY or DISTINCT ON entry means; adds a hidden one for an
    /// expression that is not in the list.
    int find(Expression entry, ExpressionKind kind) {
        int index = reference(entry, kind);
        if (index < 0) {
            TypedExpression value = expressions.analyze(entry, kind);
            index = indexOf(value);
            if (index < 0) {
                index = all.size();
                all.add(
                        TargetItem.of(
                                expressions.state,
                                "?column?",
                                value,
                                SourcePositions.start(entry)));
            }
        }
        if (all.get(index).type().kind() == TypeKind.UNKNOWN) {
            resolve(index, SqlType.TEXT);
        }
        if (expressions.state.resolutions() != null && !isHidden(index)) {
            expressions.state.resolutions().target(entry, index);
        }
        return index;
    }

    private int indexOf(TypedExpression value) {
        String fingerprint = Fingerprint.of(value);
        for (int i = 0; i < all.size(); i++) {
            TypedExpression listed = all.get(i).expression();
            if (Fingerprint.of(Coercion.withoutImplicit(listed)).equals(fingerprint)
                    || Fingerprint.of(listed).equals(fingerprint)) {
                return i;
            }
        }
        return -1;
    }

    /// The item that an entry means by name or ordinal, -1 when it is an expression.
    int reference(Expression entry, ExpressionKind kind) {
        return switch (entry) {
            case Expression.IntegerLiteral literal -> ordinal(literal, kind);
            case Expression.ColumnReference reference when !reference.name().isQualified() ->
                    named(reference, kind);
            default -> {
                refuseConstant(entry, kind);
                yield -1;
            }
        };
    }

    /// Refuses what is neither an ordinal nor an expression that can make a difference.
    static void refuseConstant(Expression entry, ExpressionKind kind) {
        switch (entry) {
            case Expression.StringLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.BitStringLiteral _ ->
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR,
                                    "non-integer constant in " + kind.label())
                            .at(entry.position());
            default -> {}
        }
    }

    private int ordinal(Expression.IntegerLiteral literal, ExpressionKind kind) {
        if (literal.value() < 1 || literal.value() > visible) {
            throw new DatabaseException(
                            SqlState.INVALID_COLUMN_REFERENCE,
                            kind.label()
                                    + " position "
                                    + literal.value()
                                    + " is not in select list")
                    .at(literal.position());
        }
        return literal.value() - 1;
    }

    private int named(Expression.ColumnReference reference, ExpressionKind kind) {
        String name = reference.name().last();
        if (kind == ExpressionKind.GROUP_BY
                && expressions.names.findLocalColumn(name, reference.position()) != null) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < visible; i++) {
            if (!all.get(i).name().equals(name)) {
                continue;
            }
            if (found >= 0
                    && !Fingerprint.of(all.get(found).expression())
                            .equals(Fingerprint.of(all.get(i).expression()))) {
                throw new DatabaseException(
                                SqlState.AMBIGUOUS_COLUMN,
                                kind.label() + " \"" + name + "\" is ambiguous")
                        .at(reference.position());
            }
            found = found < 0 ? i : found;
        }
        return found;
    }
}
