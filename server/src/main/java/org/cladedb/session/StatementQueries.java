package org.cladedb.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.sql.words.SqlText;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Runs SQL inside the statement that runs already, in its transaction and with its catalog: for
/// DDL, which has to look at rows and to compute new ones.
public final class StatementQueries {
    private final Session session;

    public StatementQueries(Session session) {
        this.session = session;
    }

    /// Whether the query gives a row.
    public boolean hasRows(String sql) {
        try (ModificationOperator operator = open(plan(sql))) {
            return operator.next();
        }
    }

    /// The first column of all rows, which is text and never NULL.
    public List<String> texts(String sql) {
        List<String> texts = new ArrayList<>();
        try (ModificationOperator operator = open(plan(sql))) {
            while (operator.next()) {
                texts.add(operator.row()[0].text());
            }
        }
        return texts;
    }

    /// The text form of an SQL expression's value as it is stored in `column`; null for NULL.
    public @Nullable String value(String expression, Column column) {
        CatalogSnapshot catalog = catalog();
        AnalyzedStatement analyzed =
                Analyzer.analyze(
                        parse("SELECT (" + expression + ")"),
                        session.planner().analysisContext(catalog, List.of(), false));
        QueryPlan plan =
                session.planner()
                        .plan(
                                new AnalyzedStatement(
                                        assigned(analyzed.plan(), List.of(column)),
                                        List.of(),
                                        analyzed.kind()),
                                catalog);
        try (ModificationOperator operator = open(plan)) {
            if (!operator.next() || operator.row()[0].isNull()) {
                return null;
            }
            ByteWriter out = new ByteWriter();
            Codecs.of(plan.columns().getFirst().type())
                    .writeText(operator.row()[0], TypeContext.DEFAULT, out);
            return new String(out.toByteArray(), StandardCharsets.UTF_8);
        }
    }

    /// Runs an INSERT and returns how many rows it made.
    public long insert(AnalyzedStatement insert) {
        try (ModificationOperator operator = open(session.planner().plan(insert, catalog()))) {
            return operator.affected();
        }
    }

    /// Computes rows of a changed table from rows of the old one.
    ///
    /// @param before the table as the expressions see it
    /// @param slotCount cells of the new rows
    /// @param expressions SQL over the old row's columns, by slot of the new row; other slots are
    ///   copied
    /// @param assigned the columns, by slot, that these values are stored in: what is too long
    ///   fails
    public UnaryOperator<Datum[]> transform(
            Table before,
            int slotCount,
            Map<Integer, String> expressions,
            Map<Integer, Column> assigned) {
        List<Integer> slots = List.copyOf(expressions.keySet());
        if (slots.isEmpty()) {
            return oldRow -> copy(oldRow, slotCount);
        }
        List<String> items = new ArrayList<>();
        slots.forEach(slot -> items.add("(" + expressions.get(slot) + ")"));
        String sql =
                "SELECT %s FROM %s"
                        .formatted(
                                String.join(", ", items),
                                SqlText.qualified(List.of(before.schema(), before.name())));
        CatalogSnapshot catalog = catalog().toBuilder().put(before).build();
        AnalyzedStatement analyzed =
                Analyzer.analyze(
                        parse(sql), session.planner().analysisContext(catalog, List.of(), false));
        CurrentRow current = new CurrentRow(before);
        QueryPlan plan =
                session.planner()
                        .plan(
                                new AnalyzedStatement(
                                        replaceScan(
                                                assigned(
                                                        analyzed.plan(),
                                                        slots.stream().map(assigned::get).toList()),
                                                before,
                                                current),
                                        List.of(),
                                        analyzed.kind()),
                                catalog);
        ModificationOperator operator = session.planner().operator(plan);
        StatementContext context = context();
        return oldRow -> {
            current.set(oldRow);
            Datum[] newRow = copy(oldRow, slotCount);
            operator.open(context);
            operator.next();
            for (int i = 0; i < slots.size(); i++) {
                newRow[slots.get(i) - 1] =
                        operator.row()[i].freeze(plan.columns().get(i).type().form());
            }
            operator.close();
            return newRow;
        };
    }

    private LogicalNode assigned(LogicalNode plan, List<Column> columns) {
        if (!(plan instanceof LogicalNode.Project project)) {
            throw new IllegalStateException("a list of expressions is a projection");
        }
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Assignment made = project.assignments().get(i);
            SqlType target = columns.get(i).type();
            assignments.add(
                    target.equals(made.expression().type())
                            ? made
                            : assigned(made, target, columns.get(i)));
        }
        return new LogicalNode.Project(project.input(), assignments);
    }

    private Assignment assigned(Assignment made, SqlType target, Column column) {
        FunctionRegistry.Cast cast =
                session.services().functions().cast(made.expression().type(), target);
        if (cast == null || cast.context() == FunctionRegistry.CastContext.EXPLICIT) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "result of USING clause for column \"%s\" cannot be cast automatically to type %s"
                                    .formatted(column.name(), TypeNames.format(target)))
                    .withHint("You might need to add an explicit cast.");
        }
        return new Assignment(
                OutputColumn.computed(made.column().id(), made.column().name(), target),
                new TypedExpression.Cast(made.expression(), target, false, -1));
    }

    private static Datum[] copy(Datum[] oldRow, int slotCount) {
        Datum[] newRow = Datum.row(slotCount);
        for (int i = 0; i < Math.min(slotCount, oldRow.length); i++) {
            newRow[i].copyFrom(oldRow[i]);
        }
        return newRow;
    }

    private static LogicalNode replaceScan(LogicalNode node, Table table, CurrentRow current) {
        if (node instanceof LogicalNode.TableScan scan && scan.table().oid() == table.oid()) {
            return current.scan(scan);
        }
        return LogicalNodes.mapChildren(node, input -> replaceScan(input, table, current));
    }

    private QueryPlan plan(String sql) {
        return session.planner().planPart(parse(sql));
    }

    private static Statement parse(String sql) {
        return SqlParser.parse(sql).getFirst().statement();
    }

    private ModificationOperator open(QueryPlan plan) {
        ModificationOperator operator = session.planner().operator(plan);
        boolean opened = false;
        try {
            operator.open(context());
            opened = true;
            return operator;
        } finally {
            if (!opened) {
                operator.close();
            }
        }
    }

    private StatementContext context() {
        return new StatementContext(
                session, session.transaction().transaction(), new WorkCounters(), List.of());
    }

    private CatalogSnapshot catalog() {
        return session.transaction().transaction().catalog();
    }
}
