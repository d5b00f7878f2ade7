package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.GroupCursor;
import org.cladedb.storage.group.MemberRead;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Joins the tables of one branch as a group scan passes them: keeps the newest row of each table,
/// and gives out a row whenever one of the last table comes by.
///
/// A row with an outer member below that found no match is given out, NULL-extended, when the scan
/// meets the next row at its depth or above; that one waits in the cursor meanwhile.
final class GroupJoinOperator implements Operator {
    private static final int CANCEL_CHECK_ROWS = 1024;

    private final Datum[] row;
    private final Datum[][] cells;
    private final CellKeeper[] keepers;
    private final @Nullable Evaluator[] filters;
    private final boolean[] outer;
    private final GroupPath path;
    private final int last;

    private @Nullable ExecutionContext context;
    private @Nullable GroupCursor cursor;

    /// Members 0 to `depth` have a current row that passed its filter.
    private int depth;

    /// Whether the row at `depth` still waits for its first match below.
    private boolean unmatched;

    private boolean waiting;
    private int rowsUntilCheck;

    GroupJoinOperator(PhysicalNode.GroupJoin node, ExpressionCompiler expressions, Scope outside) {
        int count = node.members().size();
        last = count - 1;
        cells = new Datum[count][];
        keepers = new CellKeeper[count];
        filters = new @Nullable Evaluator[count];
        outer = new boolean[count];
        List<MemberRead> members = new ArrayList<>();
        List<Datum> all = new ArrayList<>();
        Scope scope = outside;
        for (int i = 0; i < count; i++) {
            PhysicalNode.GroupJoinMember member = node.members().get(i);
            cells[i] = Datum.row(member.slots().size());
            keepers[i] = new CellKeeper(member.scanColumns(), cells[i]);
            scope = scope.with(member.scanColumns(), cells[i]);
            filters[i] = expressions.compileOptionalCondition(member.filter(), scope);
            outer[i] = member.outer();
            members.add(new MemberRead(member.table(), member.slots()));
            all.addAll(List.of(cells[i]));
        }
        row = all.toArray(Datum[]::new);
        path =
                new GroupPath(
                        node.group(),
                        node.members().getFirst().table(),
                        members,
                        node.path(),
                        expressions,
                        outside);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext newContext) {
        close();
        context = newContext;
        depth = -1;
        unmatched = false;
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
            int member = scan.member();
            if (!waiting && member <= depth && givesOuterRow()) {
                waiting = true;
                return true;
            }
            waiting = false;
            if (accept(scan, member, current) && member == last) {
                return true;
            }
        }
        boolean outerRow = givesOuterRow();
        close();
        return outerRow;
    }

    private boolean advance(GroupCursor scan, ExecutionContext current) {
        if (--rowsUntilCheck == 0) {
            rowsUntilCheck = CANCEL_CHECK_ROWS;
            current.checkCancelled();
        }
        return scan.next();
    }

    /// Completes the deepest current row with NULLs, if it is due; at most once a row.
    private boolean givesOuterRow() {
        if (!unmatched || depth < 0 || depth == last || !outer[depth + 1]) {
            return false;
        }
        unmatched = false;
        for (int i = depth + 1; i <= last; i++) {
            for (Datum cell : cells[i]) {
                cell.setNull();
            }
        }
        return true;
    }

    /// Makes the cursor's row the current one of its table; false when it does not count.
    private boolean accept(GroupCursor scan, int member, ExecutionContext current) {
        boolean belongs = member == 0 || (depth >= member - 1 && scan.isBelow(member - 1));
        if (!belongs) {
            depth = Math.min(depth, member - 1);
            return false;
        }
        scan.read(cells[member]);
        Evaluator filter = filters[member];
        if (filter != null && !isTrue(filter.evaluate(current))) {
            depth = Math.min(depth, member - 1);
            if (member < last) {
                scan.skipDescendants();
            }
            return false;
        }
        if (member < last) {
            keepers[member].keep();
        }
        depth = member;
        unmatched = member < last;
        return true;
    }

    private static boolean isTrue(Datum value) {
        return !value.isNull() && value.booleanValue();
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
