package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.GroupCursor;
import org.cladedb.storage.group.MemberRead;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// Reads a table with nested columns of any depth in one group scan.
///
/// ```
///   scan:   c1 o1 i1 i2 o2 c2 …      row 1: c1, [{o1, [{i1},{i2}]}, {o2, []}]
/// ```
///
/// Column bytes go from the stored row straight into the JSON text: no values are kept, no tree is
/// built. The row is given out when the scan meets the next row of the table, which then waits in
/// the cursor.
final class NestedGroupScanOperator implements Operator {
    private static final int CANCEL_CHECK_ROWS = 1024;

    private final Datum[] row;
    private final Datum[] scanCells;
    private final CellKeeper keeper;
    private final @Nullable Evaluator filter;
    private final GroupPath path;
    private final NestedLevelWriter[] columns;
    private final NestedBuffer[] buffers;
    private final Datum[] columnCells;

    /// By member; null for the table itself.
    private final @Nullable NestedLevelWriter[] writers;

    /// By member: the writer of the level above; null where that is the table itself.
    private final @Nullable NestedLevelWriter[] above;

    private @Nullable ExecutionContext context;
    private @Nullable TypeContext preparedFor;
    private @Nullable GroupCursor cursor;
    private boolean waiting;
    private int rowsUntilCheck;

    NestedGroupScanOperator(
            PhysicalNode.NestedGroupScan node, ExpressionCompiler expressions, Scope outer) {
        List<MemberRead> members = new ArrayList<>();
        members.add(new MemberRead(node.table(), node.slots()));
        scanCells = Datum.row(node.slots().size());
        keeper = new CellKeeper(node.scanColumns(), scanCells);
        Scope scope = outer.with(node.scanColumns(), scanCells);
        filter = expressions.compileOptionalCondition(node.filter(), scope);
        int count = node.nested().size();
        columns = new NestedLevelWriter[count];
        buffers = new NestedBuffer[count];
        columnCells = Datum.row(count);
        List<NestedLevelWriter> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns[i] =
                    new NestedLevelWriter(
                            node.nested().get(i).level(), expressions, scope, members, levels);
            buffers[i] = new NestedBuffer(expressions.state());
        }
        writers = new @Nullable NestedLevelWriter[members.size()];
        above = new @Nullable NestedLevelWriter[members.size()];
        for (NestedLevelWriter level : levels) {
            writers[level.member()] = level;
            for (NestedLevelWriter inner : level.inner()) {
                above[inner.member()] = level;
            }
        }
        row = new Datum[scanCells.length + count];
        System.arraycopy(scanCells, 0, row, 0, scanCells.length);
        System.arraycopy(columnCells, 0, row, scanCells.length, count);
        path = new GroupPath(node.group(), node.table(), members, node.path(), expressions, outer);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext newContext) {
        close();
        context = newContext;
        if (!newContext.types().equals(preparedFor)) {
            preparedFor = newContext.types();
            for (NestedLevelWriter column : columns) {
                column.prepare(newContext.types());
            }
        }
        waiting = false;
        rowsUntilCheck = CANCEL_CHECK_ROWS;
        cursor = path.open(newContext);
    }

    @Override
    public boolean next() {
        GroupCursor scan = cursor;
        ExecutionContext current = context;
        if (scan == null || current == null) {
            return false;
        }
        while (waiting || advance(scan, current)) {
            if (!waiting && scan.member() != 0) {
                continue;
            }
            waiting = false;
            scan.read(scanCells);
            keeper.keep();
            if (filter != null && !isTrue(filter.evaluate(current))) {
                scan.skipDescendants();
                continue;
            }
            nest(scan, current);
            return true;
        }
        close();
        return false;
    }

    private static boolean isTrue(Datum value) {
        return !value.isNull() && value.booleanValue();
    }

    private boolean advance(GroupCursor scan, ExecutionContext current) {
        if (--rowsUntilCheck == 0) {
            rowsUntilCheck = CANCEL_CHECK_ROWS;
            current.checkCancelled();
        }
        return scan.next();
    }

    /// Writes everything below the current row of the table, up to the next one.
    private void nest(GroupCursor scan, ExecutionContext current) {
        for (int i = 0; i < columns.length; i++) {
            buffers[i].bytes().clear();
            columns[i].beginArray(buffers[i]);
        }
        while (advance(scan, current)) {
            int member = scan.member();
            if (member == 0) {
                waiting = true;
                break;
            }
            write(scan, member, current);
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].endArray(current);
            ByteWriter text = buffers[i].bytes();
            columnCells[i].setBytes(text.array(), 0, text.size());
        }
    }

    private void write(GroupCursor scan, int member, ExecutionContext current) {
        NestedLevelWriter parent = above[member];
        boolean wanted =
                parent == null
                        ? scan.isBelow(0)
                        : parent.isRowOpen() && scan.isBelow(parent.member());
        NestedLevelWriter writer = writers[member];
        if (writer == null) {
            return;
        }
        if (!wanted) {
            // An orphan: what lies below it belongs to no row of the level before.
            writer.endRow(current);
        }
        if (!wanted || !writer.write(scan, current)) {
            scan.skipDescendants();
        }
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
