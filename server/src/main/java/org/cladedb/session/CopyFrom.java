package org.cladedb.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.session.copy.CopyFormat;
import org.cladedb.session.copy.CopyInput;
import org.cladedb.session.copy.CopyRowReader;
import org.cladedb.session.copy.ForcedNulls;
import org.cladedb.sql.ast.Copy;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// COPY FROM STDIN: the plan of an INSERT whose VALUES are replaced by the rows of the data.
///
/// So defaults, generated columns, checks and keys are those of INSERT, and the plan is made once.
final class CopyFrom {
    /// Above the numbers that analysis gives to columns.
    private static final int FIRST_COLUMN_ID = 1 << 28;

    private final Session session;
    private final Copy copy;
    private final CopyFormat format;
    private final Table table;
    private final List<String> columns;
    private final List<SqlType> types = new ArrayList<>();
    private final CatalogSnapshot catalog;

    /// A statement of the transaction has begun.
    CopyFrom(Session session, Copy copy, CopyFormat format, Table table) {
        this.session = session;
        this.copy = copy;
        this.format = format;
        this.table = table;
        this.catalog = session.transaction().transaction().catalog();
        this.columns = CopyColumns.of(table, copy);
        for (String name : columns) {
            Column column = table.column(name);
            if (column == null) {
                throw new IllegalStateException("columns were checked");
            }
            types.add(column.type());
        }
    }

    /// Reads the data to its end and returns the number of rows.
    long run(ResultReceiver receiver) {
        AnalyzedStatement insert =
                Analyzer.analyze(
                        new CopyStatements(copy, table, columns).insert(),
                        session.planner().analysisContext(catalog, types, true));
        TypeContext conversions = session.types(catalog);
        CopyInput input = receiver.copyIn(columns.size(), format.binary());
        CopyRowReader reader =
                CopyRowReader.of(input, format, ForcedNulls.of(format, columns), columns.size());
        CopySource source =
                new CopySource(
                        reader,
                        format.binary(),
                        table.name(),
                        columns,
                        types,
                        conversions,
                        session.control());
        reader.begin();
        long count;
        try {
            readHeader(reader);
            count = insertRows(insert, source);
        } catch (DatabaseException failure) {
            throw failure.withWhere(source.where());
        } catch (StaleRowException _) {
            throw QueryExecution.serializationFailure().withWhere(source.where());
        }
        endStatement();
        return count;
    }

    /// What is found now is about no line.
    private void endStatement() {
        try {
            session.transaction().endStatement();
        } catch (StaleRowException _) {
            throw QueryExecution.serializationFailure();
        }
    }

    private long insertRows(AnalyzedStatement insert, CopySource source) {
        AnalyzedStatement streamed =
                new AnalyzedStatement(
                        replaceValues(insert.plan(), source), List.of(), insert.kind());
        QueryPlan plan = session.planner().plan(streamed, catalog);
        try (ModificationOperator operator = session.planner().operator(plan)) {
            operator.open(
                    new StatementContext(
                            session,
                            session.transaction().transaction(),
                            new WorkCounters(),
                            List.of()));
            return operator.affected();
        }
    }

    /// The same plan with the data's rows in place of the one row of parameters.
    private LogicalNode replaceValues(LogicalNode node, CopySource source) {
        if (node instanceof LogicalNode.Values values && values.rows().size() == 1) {
            return scan(source, values.rows().getFirst(), values.columns());
        }
        if (node instanceof LogicalNode.Project project
                && project.input() instanceof LogicalNode.SingleRow) {
            return scan(
                    source,
                    project.assignments().stream().map(Assignment::expression).toList(),
                    project.columns());
        }
        return LogicalNodes.mapChildren(node, input -> replaceValues(input, source));
    }

    private LogicalNode scan(
            CopySource source, List<TypedExpression> expressions, List<OutputColumn> outputs) {
        List<OutputColumn> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(OutputColumn.computed(FIRST_COLUMN_ID + i, columns.get(i), types.get(i)));
        }
        LogicalNode scan = RowFunction.scan("copy_from", () -> source, fields);
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            assignments.add(new Assignment(outputs.get(i), readFields(expressions.get(i), fields)));
        }
        return new LogicalNode.Project(scan, assignments);
    }

    /// The expression with the fields in place of the parameters.
    private static TypedExpression readFields(
            TypedExpression expression, List<OutputColumn> fields) {
        if (expression instanceof TypedExpression.Parameter parameter) {
            return fields.get(parameter.index()).reference();
        }
        return Expressions.mapChildren(
                expression, operand -> readFields(operand, fields), UnaryOperator.identity());
    }

    private void readHeader(CopyRowReader reader) {
        if (format.header() == CopyFormat.Header.NONE || !reader.next()) {
            return;
        }
        if (format.header() == CopyFormat.Header.MATCH) {
            checkHeader(reader);
        }
    }

    private void checkHeader(CopyRowReader reader) {
        if (reader.count() != columns.size()) {
            throw new DatabaseException(
                    SqlState.BAD_COPY_FILE_FORMAT,
                    "wrong number of fields in header line: got %d, expected %d"
                            .formatted(reader.count(), columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
            String name =
                    new String(
                            reader.buffer(),
                            reader.start(i),
                            reader.length(i),
                            StandardCharsets.UTF_8);
            if (!name.equals(columns.get(i))) {
                throw new DatabaseException(
                        SqlState.BAD_COPY_FILE_FORMAT,
                        "column name mismatch in header line field %d: got \"%s\", expected \"%s\""
                                .formatted(i + 1, name, columns.get(i)));
            }
        }
    }
}
