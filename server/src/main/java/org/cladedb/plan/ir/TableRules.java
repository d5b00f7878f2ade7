package org.cladedb.plan.ir;

import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Table;

/// The expressions that a table applies to a row whoever changes it.
///
/// @param rowColumns one per slot: what `generated` and `checks` refer to
/// @param defaults by slot, for the columns that a foreign key may set to their default
public record TableRules(
        Table table,
        List<OutputColumn> rowColumns,
        List<Modification.Generated> generated,
        List<Modification.Check> checks,
        Map<Integer, TypedExpression> defaults) {
    public TableRules {
        rowColumns = List.copyOf(rowColumns);
        generated = List.copyOf(generated);
        checks = List.copyOf(checks);
        defaults = Map.copyOf(defaults);
    }
}
