package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry.CastContext;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.ir.WindowCall.Bound;
import org.cladedb.plan.ir.WindowCall.Frame;
import org.cladedb.plan.ir.WindowCall.Mode;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody.WindowDefinition;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.ast.WindowSpecification.FrameBound;
import org.cladedb.sql.ast.WindowSpecification.FrameBoundKind;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Window function calls and the windows they range over.
final class WindowAnalyzer {
    private final ExpressionAnalyzer expressions;
    private final QueryScope scope;

    WindowAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
        this.scope = expressions.scope;
    }

    TypedExpression window(
            Resolved resolved, List<Operand> operands, Expression.FunctionCall call) {
        String name = resolved.definition().name();
        int position = call.position();
        if (!scope.kind().allowsWindows()) {
            throw windowing(
                    "window functions are not allowed in " + scope.kind().broadLabel(), position);
        }
        CallRegistration.requireArguments(resolved, operands, call);
        refuseModifiers(resolved, call);
        List<TypedExpression> arguments = expressions.functions.convert(resolved, operands);
        TypedExpression filter =
                call.filter() == null
                        ? null
                        : expressions.condition(call.filter(), ExpressionKind.FILTER, "FILTER");
        List<TypedExpression> parts = new ArrayList<>(arguments);
        if (filter != null) {
            parts.add(filter);
        }
        TypedExpression inner = expressions.calls.find(parts, scope, ColumnOwner.Kind.WINDOW);
        if (inner != null) {
            throw windowing(
                    "window function calls cannot be nested", expressions.state.position(inner));
        }
        WindowSpecification written = call.over();
        if (written == null) {
            throw windowing("window function requires an OVER clause", position);
        }
        refuseSets(parts, "window function calls cannot contain set-returning function calls");
        Definition definition = define(written);
        AggregateCall aggregate =
                new AggregateCall(
                        expressions.state.column(name, resolved.resultType()),
                        resolved,
                        arguments,
                        false,
                        List.of(),
                        filter);
        WindowCall known =
                known(
                        new WindowCall(
                                aggregate,
                                definition.partitionBy(),
                                definition.orderBy(),
                                definition.frame()));
        aggregate = known.call();
        expressions.state.own(
                aggregate.column().id(),
                new ColumnOwner(scope, ColumnOwner.Kind.WINDOW, null, 0, name));
        TypedExpression reference = aggregate.column().reference();
        expressions.state.locate(reference, position);
        return reference;
    }

    /// A call already there that means the same, or this one, which is then added.
    private WindowCall known(WindowCall call) {
        String wanted = fingerprint(call);
        for (WindowCall other : scope.windowCalls()) {
            if (fingerprint(other).equals(wanted)) {
                return other;
            }
        }
        scope.windowCalls().add(call);
        return call;
    }

    private static String fingerprint(WindowCall window) {
        Frame frame = window.frame();
        StringBuilder text = new StringBuilder(CallRegistration.fingerprint(window.call()));
        text.append(Fingerprint.of(window.partitionBy()));
        for (SortKey key : window.orderBy()) {
            text.append('|')
                    .append(Fingerprint.of(key.expression()))
                    .append(key.descending())
                    .append(key.nullsFirst());
        }
        text.append(frame.mode()).append(frame.start()).append(frame.end());
        append(text, frame.startOffset());
        append(text, frame.endOffset());
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable TypedExpression offset) {
        text.append('|');
        if (offset != null) {
            text.append(Fingerprint.of(offset));
        }
    }

    private void refuseSets(List<TypedExpression> parts, String message) {
        TypedExpression set = expressions.calls.find(parts, scope, ColumnOwner.Kind.SET);
        if (set != null) {
            throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, message)
                    .withHint(
                            "You might be able to move the set-returning function into a LATERAL"
                                    + " FROM item.")
                    .at(expressions.state.position(set));
        }
    }

    private static DatabaseException windowing(String message, int position) {
        return new DatabaseException(SqlState.WINDOWING_ERROR, message).at(position);
    }

    private static void refuseModifiers(Resolved resolved, Expression.FunctionCall call) {
        String what = null;
        if (call.distinct()) {
            what = "DISTINCT is not implemented for window functions";
        } else if (!call.orderBy().isEmpty()) {
            what = "aggregate ORDER BY is not implemented for window functions";
        } else if (call.filter() != null
                && resolved.definition().implementation() instanceof FunctionDefinition.Window) {
            what = "FILTER is not implemented for non-aggregate window functions";
        }
        if (what != null) {
            throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, what).at(call.position());
        }
    }

    private record Definition(
            List<TypedExpression> partitionBy, List<SortKey> orderBy, Frame frame) {}

    private Definition define(WindowSpecification written) {
        WindowSpecification merged = merge(written, 0);
        ExpressionKind before = scope.kind();
        scope.kind(ExpressionKind.WINDOW_DEFINITION);
        try {
            List<TypedExpression> partition = new ArrayList<>();
            for (Expression expression : merged.partitionBy()) {
                TypedExpression value =
                        expressions.coercion.settle(expressions.operand(expression));
                Ordering.requireEquality(value.type(), expression.position());
                Ordering.requireOrder(value.type(), expression.position());
                partition.add(value);
            }
            List<SortKey> order = expressions.calls.sortKeys(merged.orderBy());
            return new Definition(partition, order, frame(merged, order));
        } finally {
            scope.kind(before);
        }
    }

    /// Refuses windows of the WINDOW clause that have the same name or refine one further on, and
    /// whatever is wrong in those that no call has looked at.
    void checkNamed() {
        Set<String> before = new HashSet<>();
        for (WindowDefinition definition : scope.namedWindows()) {
            if (before.contains(definition.name())) {
                throw windowing(
                        "window \"" + definition.name() + "\" is already defined",
                        definition.specification().position());
            }
            WindowSpecification written = definition.specification();
            if (written.name() != null && !before.contains(written.name())) {
                throw missing(written.name(), written.position());
            }
            before.add(definition.name());
        }
        for (WindowDefinition definition : scope.namedWindows()) {
            if (scope.usedWindows().add(definition.name())) {
                define(definition.specification());
            }
        }
    }

    private static DatabaseException missing(String name, int position) {
        return new DatabaseException(
                        SqlState.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist")
                .at(position);
    }

    /// The window with what it takes over from the named window it refines.
    private WindowSpecification merge(WindowSpecification written, int depth) {
        if (written.name() == null) {
            return written;
        }
        WindowSpecification base =
                merge(named(written.name(), written.position(), depth), depth + 1);
        if (written.reference()) {
            return base;
        }
        String name = written.name();
        if (!written.partitionBy().isEmpty()) {
            throw windowing(
                    "cannot override PARTITION BY clause of window \"" + name + "\"",
                    written.position());
        }
        if (!written.orderBy().isEmpty() && !base.orderBy().isEmpty()) {
            throw windowing(
                    "cannot override ORDER BY clause of window \"" + name + "\"",
                    written.position());
        }
        if (base.frame() != null) {
            DatabaseException copied =
                    windowing(
                            "cannot copy window \"" + name + "\" because it has a frame clause",
                            written.position());
            boolean parenthesesOnly =
                    depth == 0 && written.orderBy().isEmpty() && written.frame() == null;
            throw parenthesesOnly
                    ? copied.withHint("Omit the parentheses in this OVER clause.")
                    : copied;
        }
        List<OrderItem> order = written.orderBy().isEmpty() ? base.orderBy() : written.orderBy();
        return new WindowSpecification(
                null, false, base.partitionBy(), order, written.frame(), written.position());
    }

    private WindowSpecification named(String name, int position, int depth) {
        for (WindowDefinition definition : scope.namedWindows()) {
            if (definition.name().equals(name) && depth <= scope.namedWindows().size()) {
                scope.usedWindows().add(name);
                return definition.specification();
            }
        }
        throw missing(name, position);
    }

    private Frame frame(WindowSpecification window, List<SortKey> order) {
        WindowSpecification.Frame written = window.frame();
        if (written == null) {
            return Frame.DEFAULT;
        }
        if (written.exclusion() != WindowSpecification.Exclusion.NO_OTHERS) {
            throw ExpressionAnalyzer.unsupported("EXCLUDE in window frames is", written.position());
        }
        Mode mode =
                switch (written.unit()) {
                    case ROWS -> Mode.ROWS;
                    case RANGE -> Mode.RANGE;
                    case GROUPS -> Mode.GROUPS;
                };
        if (mode == Mode.GROUPS && order.isEmpty()) {
            throw windowing("GROUPS mode requires an ORDER BY clause", window.position());
        }
        return new Frame(
                mode,
                bound(written.start()),
                offset(written.start(), mode, order, window.position()),
                bound(written.end()),
                offset(written.end(), mode, order, window.position()));
    }

    private static Bound bound(FrameBound bound) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> Bound.UNBOUNDED_PRECEDING;
            case OFFSET_PRECEDING -> Bound.PRECEDING;
            case CURRENT_ROW -> Bound.CURRENT_ROW;
            case OFFSET_FOLLOWING -> Bound.FOLLOWING;
            case UNBOUNDED_FOLLOWING -> Bound.UNBOUNDED_FOLLOWING;
        };
    }

    private @Nullable TypedExpression offset(
            FrameBound bound, Mode mode, List<SortKey> order, int position) {
        Expression offset = bound.offset();
        if (offset == null
                || (bound.kind() != FrameBoundKind.OFFSET_PRECEDING
                        && bound.kind() != FrameBoundKind.OFFSET_FOLLOWING)) {
            return null;
        }
        TypedExpression value =
                mode == Mode.RANGE
                        ? rangeOffset(offset, order, position)
                        : expressions.bigint(
                                offset,
                                mode == Mode.ROWS
                                        ? ExpressionKind.WINDOW_ROWS
                                        : ExpressionKind.WINDOW_GROUPS,
                                mode.name());
        if (org.cladedb.plan.ir.Expressions.references(value).stream()
                .anyMatch(id -> isLocal(id))) {
            throw new DatabaseException(
                            SqlState.INVALID_COLUMN_REFERENCE,
                            "argument of " + mode + " must not contain variables")
                    .at(offset.position());
        }
        return value;
    }

    private boolean isLocal(int columnId) {
        ColumnOwner owner = expressions.state.owner(columnId);
        return owner != null && owner.scope() == scope;
    }

    private TypedExpression rangeOffset(Expression offset, List<SortKey> order, int position) {
        if (order.size() != 1) {
            throw windowing(
                    "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
                    position);
        }
        SqlType ordered = order.getFirst().expression().type().withoutModifier();
        SqlType wanted =
                switch (ordered.kind()) {
                    case SMALLINT, INTEGER, BIGINT -> SqlType.BIGINT;
                    case REAL, DOUBLE -> SqlType.DOUBLE;
                    case NUMERIC -> SqlType.NUMERIC;
                    case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> SqlType.INTERVAL;
                    default ->
                            throw unsupportedRange("column type " + TypeText.of(ordered), offset);
                };
        Operand value =
                new Operand(
                        expressions.analyze(offset, ExpressionKind.WINDOW_RANGE),
                        SourcePositions.start(offset));
        TypedExpression converted =
                expressions.coercion.tryConvert(value, wanted, CastContext.IMPLICIT);
        if (converted == null) {
            throw unsupportedRange(
                            "column type "
                                    + TypeText.of(ordered)
                                    + " and offset type "
                                    + TypeText.of(value.type()),
                            offset)
                    .withHint("Cast the offset value to an appropriate type.");
        }
        return converted;
    }

    private static DatabaseException unsupportedRange(String types, Expression offset) {
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "RANGE with offset PRECEDING/FOLLOWING is not supported for " + types)
                .at(offset.position());
    }
}
