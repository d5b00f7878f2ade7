package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;

/// Runs its body with common tables at hand; those that change rows run first, and completely.
final class WithOperator implements ModificationOperator {
    private final List<CommonTableData> tables;
    private final List<CommonTableData> modifying;
    private final Operator body;

    /// @param modifying those of `tables` that change rows
    WithOperator(List<CommonTableData> tables, List<CommonTableData> modifying, Operator body) {
        this.tables = List.copyOf(tables);
        this.modifying = List.copyOf(modifying);
        this.body = body;
    }

    @Override
    public Datum[] row() {
        return body.row();
    }

    @Override
    public void open(ExecutionContext context) {
        tables.forEach(CommonTableData::reset);
        modifying.forEach(CommonTableData::computeAll);
        body.open(context);
    }

    @Override
    public boolean next() {
        return body.next();
    }

    @Override
    public long affected() {
        return CompiledPlan.affected(body);
    }

    @Override
    public void close() {
        body.close();
        tables.forEach(CommonTableData::close);
    }
}
