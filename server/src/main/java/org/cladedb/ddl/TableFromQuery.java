package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.analysis.AnalysisContext;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.analysis.Analyzer;
import org.cladedb.analysis.OutputCollation;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.TableStorage;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableStatement.CreateTableAs;
import org.cladedb.sql.ast.TableStatement.Persistence;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;

/// CREATE TABLE AS: a table with the columns of a query, and with its rows.
///
/// The query is analysed once, before the table is there, so that it cannot mean the new table.
final class TableFromQuery {
    private final DdlContext context;
    private final TableCreation creation;

    TableFromQuery(DdlContext context) {
        this.context = context;
        this.creation = new TableCreation(context);
    }

    /// Returns the command tag.
    String run(CreateTableAs statement) {
        if (statement.materializedView()) {
            throw ConstraintAdder.unsupported("CREATE MATERIALIZED VIEW", statement.position());
        }
        if (statement.persistence() == Persistence.TEMPORARY) {
            throw ConstraintAdder.unsupported("CREATE TEMPORARY TABLE", statement.position());
        }
        if (!(statement.query() instanceof SelectStatement query)) {
            throw ConstraintAdder.unsupported(
                    "CREATE TABLE AS EXECUTE", statement.query().position());
        }
        TableStorage storage =
                TableCreation.storage(
                        statement.persistence() == Persistence.UNLOGGED,
                        statement.options(),
                        statement.tablespace(),
                        statement.method());
        String name = statement.name().last();
        if (statement.ifNotExists()
                && creation.isThere(context.names().creationSchema(statement.name()), name, true)) {
            return "CREATE TABLE AS";
        }
        AnalysisContext analysis = context.analysis();
        AnalyzedStatement insert =
                Analyzer.createAs(
                        query,
                        analysis,
                        (outputs, collations) -> {
                            context.lockRead(analysis);
                            String schema = context.names().creationSchema(statement.name());
                            creation.isThere(schema, name, false);
                            return creation.create(
                                    schema,
                                    name,
                                    columns(statement.columns(), outputs, collations),
                                    storage);
                        });
        return statement.withData()
                ? "SELECT " + context.queries().insert(insert)
                : "CREATE TABLE AS";
    }

    private static List<Column> columns(
            List<String> names, List<OutputColumn> outputs, List<OutputCollation> collations) {
        if (names.size() > outputs.size()) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR, "too many column names were specified");
        }
        ColumnAdder.requireFit(outputs.size());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String name = i < names.size() ? names.get(i) : outputs.get(i).name();
            TableDraft.requireNoSystemColumn(name);
            if (columns.stream().anyMatch(column -> column.name().equals(name))) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + name + "\" specified more than once");
            }
            SqlType type = storable(outputs.get(i), name);
            if (!collations.get(i).known()) {
                throw new DatabaseException(
                                SqlState.INDETERMINATE_COLLATION,
                                "no collation was derived for column \"%s\" with collatable type %s"
                                        .formatted(name, TypeNames.format(type)))
                        .withHint("Use the COLLATE clause to set the collation explicitly.");
            }
            columns.add(Column.of(i + 1, name, type).withCollation(collations.get(i).explicit()));
        }
        return columns;
    }

    private static SqlType storable(OutputColumn output, String name) {
        SqlType type = output.type();
        if (type instanceof SqlType.Array array && array.element() instanceof SqlType.Row) {
            throw ConstraintAdder.unsupported("storing the nested result \"" + name + "\"", -1);
        }
        ColumnAdder.requireStorable(name, type, -1);
        return type;
    }
}
