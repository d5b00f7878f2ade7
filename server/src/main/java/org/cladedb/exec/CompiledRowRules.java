package org.cladedb.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.TableRules;
import org.cladedb.storage.group.RowRules;
import org.cladedb.types.Datum;

/// The rules of a table, compiled. Owned by one thread, for the statement of its context.
public final class CompiledRowRules implements RowRules {
    private final TableRules rules;
    private final ExecutionContext context;
    private final NewRow row;
    private final Map<Integer, Evaluator> defaults = new HashMap<>();

    private CompiledRowRules(
            TableRules rules, ExpressionCompiler compiler, ExecutionContext context) {
        this.rules = rules;
        this.context = context;
        row =
                new NewRow(
                        rules.table(),
                        rules.rowColumns(),
                        rules.generated(),
                        rules.checks(),
                        compiler,
                        Scope.empty());
        rules.defaults()
                .forEach((slot, value) ->
                        defaults.put(slot, compiler.compile(value, Scope.empty())));
    }

    public static RowRules compile(
            TableRules rules, FunctionRegistry registry, ExecutionContext context) {
        PlanState state = new PlanState();
        state.begin(context);
        PlanTranslator plans = new PlanTranslator(registry, state, null);
        return new CompiledRowRules(rules, new ExpressionCompiler(registry, state, plans), context);
    }

    @Override
    public void setDefaults(Datum[] target, List<Integer> slots) {
        for (int slot : slots) {
            Evaluator value = defaults.get(slot);
            if (value == null) {
                throw new IllegalStateException("no foreign key sets slot " + slot);
            }
            target[slot - 1] = frozen(value.evaluate(context), slot);
        }
    }

    @Override
    public void complete(Datum[] target) {
        Datum[] cells = row.cells();
        for (int i = 0; i < cells.length; i++) {
            cells[i].copyFrom(target[i]);
        }
        row.complete(context);
        for (Modification.Generated generated : rules.generated()) {
            target[generated.slot() - 1] = frozen(cells[generated.slot() - 1], generated.slot());
        }
    }

    private Datum frozen(Datum value, int slot) {
        return value.freeze(rules.table().column(slot).type().form());
    }
}
