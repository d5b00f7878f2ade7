package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.parser.SqlParser;

/// Which views are built on what.
final class Dependencies {
    private final DdlContext context;

    Dependencies(DdlContext context) {
        this.context = context;
    }

    /// Views whose query reads the relation, directly or through other views.
    List<View> viewsOn(Relation relation) {
        List<View> found = new ArrayList<>();
        for (View view : context.catalog().views()) {
            if (view.oid() != relation.oid() && reads(view, relation)) {
                found.add(view);
            }
        }
        return found;
    }

    private boolean reads(View view, Relation relation) {
        if (relation instanceof View other) {
            return view.query().contains(other.name()) && !analysesWithout(view, other);
        }
        Set<Integer> tables = new HashSet<>();
        scans(plan(view, context.analysis()), tables, -1);
        return tables.contains(relation.oid());
    }

    /// Whether the query still makes sense when the view `other` is gone.
    private boolean analysesWithout(View view, View other) {
        AnalysisContext full = context.analysis();
        AnalysisContext without =
                new AnalysisContext(
                        full.catalog().toBuilder().removeView(other.oid()).build(),
                        full.system(),
                        full.searchPath(),
                        full.functions(),
                        full.parameterTypes(),
                        full.currentUser(),
                        full.types());
        try {
            plan(view, without);
            return true;
        } catch (DatabaseException exception) {
            if (exception.state() == SqlState.UNDEFINED_TABLE) {
                return false;
            }
            throw exception;
        }
    }

    private static LogicalNode plan(View view, AnalysisContext context) {
        Statement statement = SqlParser.parse(view.query()).getFirst().statement();
        if (!(statement instanceof SelectStatement)) {
            throw new IllegalStateException("a view is a query");
        }
        AnalysisContext own =
                new AnalysisContext(
                        context.catalog(),
                        context.system(),
                        view.searchPath(),
                        context.functions(),
                        List.of(),
                        context.currentUser(),
                        context.types());
        return Analyzer.analyze(statement, own).plan();
    }

    /// Collects the OIDs of tables that the plan scans; with `slot` above 0 only scans that read
    /// it.
    private static void scans(LogicalNode node, Set<Integer> tables, int slot) {
        if (node instanceof LogicalNode.TableScan scan
                && (slot <= 0 || scan.slots().contains(slot))) {
            tables.add(scan.table().oid());
        }
        LogicalNodes.mapChildren(
                node,
                child -> {
                    scans(child, tables, slot);
                    return child;
                });
        LogicalNodes.mapExpressions(
                node,
                expression -> {
                    Expressions.forEachPlan(expression, plan -> scans(plan, tables, slot));
                    return expression;
                });
    }

    /// Views whose query reads the column itself.
    List<View> readersOf(Table table, Column column) {
        List<View> readers = new ArrayList<>();
        for (View view : context.catalog().views()) {
            Set<Integer> tables = new HashSet<>();
            scans(plan(view, context.analysis()), tables, column.number());
            if (tables.contains(table.oid())) {
                readers.add(view);
            }
        }
        return readers;
    }

    /// Fails when a view reads the column.
    void requireNoViewOn(Table table, String columnName) {
        Column column = table.column(columnName);
        if (column == null) {
            return;
        }
        String described = "column " + columnName + " of table " + table.name();
        List<View> readers = readersOf(table, column);
        if (!readers.isEmpty()) {
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop " + described + " because other objects depend on it")
                    .withDetail(
                            String.join(
                                    "\n",
                                    readers.stream()
                                            .map(view ->
                                                    "view %s depends on %s"
                                                            .formatted(view.name(), described))
                                            .toList()))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
    }
}
