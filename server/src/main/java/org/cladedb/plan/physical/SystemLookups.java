package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.catalog.SystemTable;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ArrayComparison;
import org.cladedb.plan.ir.TypedExpression.ArrayConstructor;
import org.cladedb.plan.ir.TypedExpression.ArraySubquery;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.InList;
import org.cladedb.plan.ir.TypedExpression.QuantifiedSubquery;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Finds rows of system tables by OID and name, so that a question about one table does not make
/// the rows of all.
final class SystemLookups {
    /// What a lookup costs, in rows made.
    private static final double LOOKUP_COST = 8;

    /// What psql sends for a name without wildcards.
    private static final Pattern EXACTLY = Pattern.compile("\\^\\(([A-Za-z0-9_]+)\\)\\$");

    private final PhysicalPlanner planner;

    SystemLookups(PhysicalPlanner planner) {
        this.planner = planner;
    }

    /// A system scan, the conditions right above it, and the key that is the best of them.
    private record Found(
            LogicalNode.SystemScan scan, List<TypedExpression> conditions, SystemKey key) {}

    /// The filtered rows of a system table by a key; null when `node` is something else or has no
    /// key among its conditions.
    @Nullable PhysicalNode scan(LogicalNode node) {
        Found found = find(node, List.of());
        return found == null ? null : scan(found);
    }

    private PhysicalNode scan(Found found) {
        LogicalNode.SystemScan scan = found.scan();
        SystemKey key = found.key();
        return planner.filtered(
                new PhysicalNode.SystemScan(
                        scan.table(),
                        scan.slots(),
                        scan.columns(),
                        new SystemKey(key.slot(), planner.physical(key.value()), key.any()),
                        rows(scan.table(), key)),
                found.conditions());
    }

    /// A scan of all rows.
    PhysicalNode full(LogicalNode.SystemScan scan) {
        return new PhysicalNode.SystemScan(
                scan.table(), scan.slots(), scan.columns(), null, planner.systemRows());
    }

    /// The right side of a join by a key out of the left one's rows, to be opened for each of them;
    /// null when that is not possible or `leftRows` are too many for it.
    @Nullable PhysicalNode joined(
            double leftRows, LogicalNode right, List<TypedExpression> conditions) {
        Found found = find(right, conditions);
        if (found == null) {
            return null;
        }
        double each = rows(found.scan().table(), found.key()) + LOOKUP_COST;
        return leftRows * each > planner.systemRows() ? null : scan(found);
    }

    private static double rows(SystemTable table, SystemKey key) {
        double rows = 1;
        for (SystemTable.Lookup lookup : table.lookups()) {
            if (lookup.slot() == key.slot()) {
                rows = lookup.rows();
            }
        }
        return key.any() ? rows * Estimates.LIST_LENGTH : rows;
    }

    private static @Nullable Found find(LogicalNode node, List<TypedExpression> more) {
        List<TypedExpression> conditions = new ArrayList<>(more);
        LogicalNode current = node;
        while (current instanceof LogicalNode.Filter filter) {
            conditions.addAll(Expressions.conjuncts(filter.predicate()));
            current = filter.input();
        }
        if (!(current instanceof LogicalNode.SystemScan scan)) {
            return null;
        }
        SystemKey best = null;
        for (TypedExpression condition : conditions) {
            SystemKey key = key(scan, condition);
            if (key != null
                    && (best == null || rows(scan.table(), key) < rows(scan.table(), best))) {
                best = key;
            }
        }
        return best == null ? null : new Found(scan, conditions, best);
    }

    private static @Nullable SystemKey key(LogicalNode.SystemScan scan, TypedExpression condition) {
        return switch (condition) {
            case FunctionCall call when call.arguments().size() == 2 ->
                    switch (call.function().definition().name()) {
                        case "=" -> {
                            SystemKey key = equal(scan, call, 0, 1);
                            yield key == null ? equal(scan, call, 1, 0) : key;
                        }
                        case "~" -> exactly(scan, call);
                        default -> null;
                    };
            case ArrayComparison any
                    when !any.all() && any.operator().definition().name().equals("=") ->
                    ofArray(scan, any.left(), any.array());
            case InList in when in.equality().definition().name().equals("=") ->
                    ofArray(
                            scan,
                            in.operand(),
                            new ArrayConstructor(
                                    in.items(), SqlType.arrayOf(in.items().getFirst().type())));
            case QuantifiedSubquery any when isMembership(any) ->
                    ofSubquery(scan, any.left().getFirst(), (LogicalNode) any.plan());
            case TypedExpression _ -> null;
        };
    }

    private static boolean isMembership(QuantifiedSubquery any) {
        return !any.all()
                && any.left().size() == 1
                && any.operators().getFirst().definition().name().equals("=")
                && any.plan() instanceof LogicalNode plan
                && !isVolatile(plan)
                && LogicalNodes.outerReferences(plan).isEmpty();
    }

    private static boolean isVolatile(LogicalNode node) {
        boolean[] found = {false};
        LogicalNodes.mapExpressions(
                node,
                expression -> {
                    found[0] |= Expressions.isVolatile(expression);
                    Expressions.forEachPlan(expression, plan -> found[0] |= isVolatile(plan));
                    return expression;
                });
        LogicalNodes.mapChildren(
                node,
                child -> {
                    found[0] |= isVolatile(child);
                    return child;
                });
        return found[0];
    }

    /// The subquery runs once more, for the key; it is the cheaper part of the two.
    private static @Nullable SystemKey ofSubquery(
            LogicalNode.SystemScan scan, TypedExpression operand, LogicalNode plan) {
        int slot = slot(scan, operand);
        SqlType type = plan.columns().getFirst().type();
        return slot > 0 && isSame(scan.table().columns().get(slot - 1).type().kind(), type.kind())
                ? new SystemKey(slot, new ArraySubquery(plan, SqlType.arrayOf(type)), true)
                : null;
    }

    private static @Nullable SystemKey equal(
            LogicalNode.SystemScan scan, FunctionCall call, int side, int other) {
        return key(scan, call.arguments().get(side), call.arguments().get(other), false);
    }

    private static @Nullable SystemKey ofArray(
            LogicalNode.SystemScan scan, TypedExpression operand, TypedExpression array) {
        return array.type() instanceof SqlType.Array ? key(scan, operand, array, true) : null;
    }

    private static @Nullable SystemKey exactly(LogicalNode.SystemScan scan, FunctionCall call) {
        TypedExpression pattern = call.arguments().get(1);
        if (!(pattern instanceof Constant constant) || constant.value().isNull()) {
            return null;
        }
        Matcher matcher = EXACTLY.matcher(constant.value().text());
        return matcher.matches()
                ? key(
                        scan,
                        call.arguments().get(0),
                        new Constant(Datum.ofText(matcher.group(1)), SqlType.TEXT),
                        false)
                : null;
    }

    private static @Nullable SystemKey key(
            LogicalNode.SystemScan scan,
            TypedExpression operand,
            TypedExpression value,
            boolean any) {
        int slot = slot(scan, operand);
        SqlType type = any ? ((SqlType.Array) value.type()).element() : value.type();
        boolean fits =
                slot > 0
                        && isSame(scan.table().columns().get(slot - 1).type().kind(), type.kind())
                        && !Expressions.refersTo(value, scan.columns())
                        && !Expressions.isVolatile(value)
                        && !Expressions.hasSubquery(value);
        return fits ? new SystemKey(slot, value, any) : null;
    }

    /// The column by which rows are found that the expression is, through conversions that keep
    /// what it says; 0 when it is none.
    private static int slot(LogicalNode.SystemScan scan, TypedExpression operand) {
        TypedExpression inner = operand;
        while (inner instanceof Cast cast
                && isSame(cast.operand().type().kind(), cast.type().kind())) {
            inner = cast.operand();
        }
        if (inner instanceof ColumnReference reference) {
            for (int i = 0; i < scan.columns().size(); i++) {
                OutputColumn column = scan.columns().get(i);
                if (column.id() == reference.columnId()) {
                    int slot = scan.slots().get(i);
                    boolean isFound =
                            scan.table().lookups().stream()
                                    .anyMatch(lookup -> lookup.slot() == slot);
                    return isFound ? slot : 0;
                }
            }
        }
        return 0;
    }

    private static boolean isSame(TypeKind one, TypeKind other) {
        return (isText(one) && isText(other)) || (isNumber(one) && isNumber(other));
    }

    private static boolean isText(TypeKind kind) {
        return kind == TypeKind.NAME || kind == TypeKind.TEXT || kind == TypeKind.VARCHAR;
    }

    private static boolean isNumber(TypeKind kind) {
        return switch (kind) {
            case OID, REGCLASS, REGTYPE, REGNAMESPACE, INTEGER, BIGINT -> true;
            default -> false;
        };
    }
}
