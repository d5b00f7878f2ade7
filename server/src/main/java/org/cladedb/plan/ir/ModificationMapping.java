package org.cladedb.plan.ir;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rewrites the expressions of data modifications; for logical and physical plans alike.
public final class ModificationMapping {
    private ModificationMapping() {}

    public static Modification.Insert map(
            Modification.Insert insert, UnaryOperator<TypedExpression> expressions) {
        Modification.OnConflict conflict = insert.onConflict();
        return new Modification.Insert(
                insert.table(),
                Expressions.mapList(insert.values(), expressions),
                insert.rowColumns(),
                generated(insert.generated(), expressions),
                checks(insert.checks(), expressions),
                conflict == null ? null : map(conflict, expressions),
                LogicalNodes.mapAssignments(insert.returning(), expressions));
    }

    public static Modification.Update map(
            Modification.Update update, UnaryOperator<TypedExpression> expressions) {
        return new Modification.Update(
                update.table(),
                update.locator(),
                update.oldColumns(),
                update.sets().stream()
                        .map(set ->
                                new Modification.SetSlot(
                                        set.slot(), expressions.apply(set.expression())))
                        .toList(),
                mapOptional(update.condition(), expressions),
                update.rowColumns(),
                generated(update.generated(), expressions),
                checks(update.checks(), expressions),
                LogicalNodes.mapAssignments(update.returning(), expressions));
    }

    public static Modification.Delete map(
            Modification.Delete delete, UnaryOperator<TypedExpression> expressions) {
        return new Modification.Delete(
                delete.table(),
                delete.locator(),
                delete.rowColumns(),
                LogicalNodes.mapAssignments(delete.returning(), expressions));
    }

    private static Modification.OnConflict map(
            Modification.OnConflict conflict, UnaryOperator<TypedExpression> expressions) {
        Modification.Update update = conflict.update();
        return new Modification.OnConflict(
                conflict.indexOid(),
                update == null ? null : map(update, expressions),
                conflict.excludedColumns());
    }

    private static List<Modification.Generated> generated(
            List<Modification.Generated> generated, UnaryOperator<TypedExpression> expressions) {
        return generated.stream()
                .map(column ->
                        new Modification.Generated(
                                column.slot(), expressions.apply(column.expression())))
                .toList();
    }

    private static List<Modification.Check> checks(
            List<Modification.Check> checks, UnaryOperator<TypedExpression> expressions) {
        return checks.stream()
                .map(check ->
                        new Modification.Check(check.name(), expressions.apply(check.expression())))
                .toList();
    }

    private static @Nullable TypedExpression mapOptional(
            @Nullable TypedExpression expression, UnaryOperator<TypedExpression> expressions) {
        return expression == null ? null : expressions.apply(expression);
    }
}
