package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.storage.group.ScanBounds;
import org.cladedb.storage.group.TableCursor;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// A compiled access path of one table: opens cursors.
@FunctionalInterface
interface TableAccess {
    /// Opens a cursor for the values that the path's expressions have now; null when no row can
    /// match.
    @Nullable TableCursor open(ExecutionContext context);

    /// Compiles any path but [AccessPath.Each], which is a sequence of paths.
    static TableAccess compile(
            Table table,
            List<Integer> slots,
            AccessPath path,
            ExpressionCompiler compiler,
            Scope scope) {
        return switch (path) {
            case AccessPath.Full full ->
                    context ->
                            context.groups()
                                    .scanTable(table, slots, ScanBounds.ALL, full.reverse());
            case AccessPath.KeyRange range -> {
                KeyBounds bounds = new KeyBounds(range.bounds(), compiler, scope);
                yield context -> {
                    ScanBounds now = bounds.evaluate(context);
                    return now == null
                            ? null
                            : context.groups().scanTable(table, slots, now, range.reverse());
                };
            }
            case AccessPath.Below below -> {
                Evaluator[] key = compiler.compileAll(below.key(), scope);
                yield context -> {
                    List<Datum> now = KeyBounds.values(key, context);
                    return now == null
                            ? null
                            : context.groups()
                                    .scanBelow(
                                            context.catalogSnapshot(),
                                            table,
                                            slots,
                                            below.ancestor(),
                                            now,
                                            below.reverse());
                };
            }
            case AccessPath.IndexRange range -> {
                KeyBounds bounds = new KeyBounds(range.bounds(), compiler, scope);
                yield context -> {
                    ScanBounds now = bounds.evaluate(context);
                    return now == null
                            ? null
                            : context.groups()
                                    .scanIndex(table, range.index(), slots, now, range.reverse());
                };
            }
            case AccessPath.Each _ ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "lookups of arrays inside lookups of arrays are not supported");
        };
    }

    /// Whether the path goes from high keys to low ones.
    static boolean isReverse(AccessPath path) {
        return switch (path) {
            case AccessPath.Full full -> full.reverse();
            case AccessPath.KeyRange range -> range.reverse();
            case AccessPath.Below below -> below.reverse();
            case AccessPath.IndexRange range -> range.reverse();
            case AccessPath.Each each -> isReverse(each.template());
        };
    }
}
