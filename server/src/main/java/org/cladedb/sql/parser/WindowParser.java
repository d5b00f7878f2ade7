package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.OrderItem.Direction;
import org.cladedb.sql.ast.OrderItem.NullsOrder;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.ast.WindowSpecification.Exclusion;
import org.cladedb.sql.ast.WindowSpecification.Frame;
import org.cladedb.sql.ast.WindowSpecification.FrameBound;
import org.cladedb.sql.ast.WindowSpecification.FrameBoundKind;
import org.cladedb.sql.ast.WindowSpecification.FrameUnit;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// ORDER BY, and windows.
final class WindowParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    WindowParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<OrderItem> optionalOrderBy() {
        return tokens.at(Keyword.ORDER) ? orderBy() : List.of();
    }

    List<OrderItem> orderBy() {
        tokens.expectAll(Keyword.ORDER, Keyword.BY);
        List<OrderItem> items = new ArrayList<>();
        do {
            items.add(orderItem());
        } while (tokens.accept(","));
        return items;
    }

    private OrderItem orderItem() {
        int position = tokens.position();
        Expression expression = grammar.expressions.parse();
        OperatorName operator =
                tokens.accept(Keyword.USING) ? grammar.expressions.operator() : null;
        Direction direction = operator == null ? direction() : Direction.DEFAULT;
        return new OrderItem(expression, direction, nullsOrder(), operator, position);
    }

    Direction direction() {
        if (tokens.accept(Keyword.ASC)) {
            return Direction.ASCENDING;
        }
        return tokens.accept(Keyword.DESC) ? Direction.DESCENDING : Direction.DEFAULT;
    }

    NullsOrder nullsOrder() {
        if (tokens.acceptAll(Keyword.NULLS, Keyword.FIRST)) {
            return NullsOrder.FIRST;
        }
        return tokens.acceptAll(Keyword.NULLS, Keyword.LAST) ? NullsOrder.LAST : NullsOrder.DEFAULT;
    }

    /// What follows OVER.
    WindowSpecification over() {
        if (tokens.at("(")) {
            return specification();
        }
        int position = tokens.position();
        String name = grammar.names.columnId();
        return new WindowSpecification(name, true, List.of(), List.of(), null, position);
    }

    WindowSpecification specification() {
        int position = tokens.expect("(").start();
        int outer = grammar.nesting.enter(position);
        String name = null;
        if (NameParser.isColumnId(tokens.peek())
                && !tokens.atAny(Keyword.PARTITION, Keyword.RANGE, Keyword.ROWS, Keyword.GROUPS)) {
            name = grammar.names.columnId();
        }
        List<Expression> partition = List.of();
        if (tokens.accept(Keyword.PARTITION)) {
            tokens.expect(Keyword.BY);
            partition = grammar.expressions.parseList();
        }
        List<OrderItem> order = optionalOrderBy();
        Frame frame = optionalFrame();
        tokens.expect(")");
        grammar.nesting.leave(outer, position);
        return new WindowSpecification(name, false, partition, order, frame, position);
    }

    private @Nullable Frame optionalFrame() {
        int position = tokens.position();
        FrameUnit unit;
        if (tokens.accept(Keyword.ROWS)) {
            unit = FrameUnit.ROWS;
        } else if (tokens.accept(Keyword.RANGE)) {
            unit = FrameUnit.RANGE;
        } else if (tokens.accept(Keyword.GROUPS)) {
            unit = FrameUnit.GROUPS;
        } else {
            return null;
        }
        boolean between = tokens.accept(Keyword.BETWEEN);
        FrameBound start = bound();
        FrameBound end = new FrameBound(FrameBoundKind.CURRENT_ROW, null, start.position());
        if (between) {
            tokens.expect(Keyword.AND);
            end = bound();
        }
        checkBounds(start, end, between);
        return new Frame(unit, start, end, exclusion(), position);
    }

    private FrameBound bound() {
        int position = tokens.position();
        if (tokens.acceptAll(Keyword.CURRENT, Keyword.ROW)) {
            return new FrameBound(FrameBoundKind.CURRENT_ROW, null, position);
        }
        if (tokens.acceptAll(Keyword.UNBOUNDED, Keyword.PRECEDING)) {
            return new FrameBound(FrameBoundKind.UNBOUNDED_PRECEDING, null, position);
        }
        if (tokens.acceptAll(Keyword.UNBOUNDED, Keyword.FOLLOWING)) {
            return new FrameBound(FrameBoundKind.UNBOUNDED_FOLLOWING, null, position);
        }
        Expression offset = grammar.expressions.parse();
        if (tokens.accept(Keyword.PRECEDING)) {
            return new FrameBound(FrameBoundKind.OFFSET_PRECEDING, offset, position);
        }
        tokens.expect(Keyword.FOLLOWING);
        return new FrameBound(FrameBoundKind.OFFSET_FOLLOWING, offset, position);
    }

    private static void checkBounds(FrameBound start, FrameBound end, boolean between) {
        if (start.kind() == FrameBoundKind.UNBOUNDED_FOLLOWING) {
            throw frameError("frame start cannot be UNBOUNDED FOLLOWING", start);
        }
        if (!between) {
            if (start.kind() == FrameBoundKind.OFFSET_FOLLOWING) {
                throw frameError(
                        "frame starting from following row cannot end with current row", start);
            }
            return;
        }
        if (end.kind() == FrameBoundKind.UNBOUNDED_PRECEDING) {
            throw frameError("frame end cannot be UNBOUNDED PRECEDING", end);
        }
        if (start.kind() == FrameBoundKind.CURRENT_ROW
                && end.kind() == FrameBoundKind.OFFSET_PRECEDING) {
            throw frameError("frame starting from current row cannot have preceding rows", end);
        }
        if (start.kind() == FrameBoundKind.OFFSET_FOLLOWING
                && (end.kind() == FrameBoundKind.OFFSET_PRECEDING
                        || end.kind() == FrameBoundKind.CURRENT_ROW)) {
            throw frameError("frame starting from following row cannot have preceding rows", end);
        }
    }

    private static DatabaseException frameError(String message, FrameBound bound) {
        return new DatabaseException(SqlState.WINDOWING_ERROR, message).at(bound.position());
    }

    private Exclusion exclusion() {
        if (!tokens.accept(Keyword.EXCLUDE)) {
            return Exclusion.NO_OTHERS;
        }
        if (tokens.acceptAll(Keyword.CURRENT, Keyword.ROW)) {
            return Exclusion.CURRENT_ROW;
        }
        if (tokens.accept(Keyword.GROUP)) {
            return Exclusion.GROUP;
        }
        if (tokens.accept(Keyword.TIES)) {
            return Exclusion.TIES;
        }
        tokens.expectAll(Keyword.NO, Keyword.OTHERS);
        return Exclusion.NO_OTHERS;
    }
}
