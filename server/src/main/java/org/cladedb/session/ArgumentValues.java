package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.exec.Operator;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Computes the arguments of EXECUTE: a SELECT of the expressions, cast to the parameters' types.
final class ArgumentValues {
    private final Session session;

    ArgumentValues(Session session) {
        this.session = session;
    }

    List<Datum> evaluate(
            PreparedStatementCommand.Execute execute, PreparedStatement target, String text) {
        List<SqlType> types = target.parameterTypes();
        if (execute.arguments().size() != types.size()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "wrong number of parameters for prepared statement \"%s\""
                                    .formatted(execute.name()))
                    .withDetail(
                            "Expected %d parameters but got %d."
                                    .formatted(types.size(), execute.arguments().size()));
        }
        if (types.isEmpty()) {
            return List.of();
        }
        session.beginStatement();
        QueryPlan plan =
                session.planner().planWithoutParameters(select(execute.arguments(), types));
        List<Datum> values = run(plan);
        session.transaction().endUnused();
        return values;
    }

    private static SelectStatement select(List<Expression> arguments, List<SqlType> types) {
        List<SelectItem> items = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            int position = argument.position();
            items.add(
                    new SelectItem(
                            new Expression.Cast(
                                    argument, typeName(types.get(i), position), position),
                            null,
                            position));
        }
        return SelectStatement.of(
                new QueryBody.SelectCore(
                        QueryBody.Distinct.NONE,
                        items,
                        List.of(),
                        null,
                        List.of(),
                        false,
                        null,
                        List.of(),
                        arguments.getFirst().position()));
    }

    private static TypeName typeName(SqlType type, int position) {
        boolean array = type instanceof SqlType.Array;
        SqlType base = type instanceof SqlType.Array wrapped ? wrapped.element() : type;
        return new TypeName(
                QualifiedName.system(base.kind().typeName(), position),
                List.of(),
                array ? List.of(-1) : List.of(),
                null,
                position);
    }

    private List<Datum> run(QueryPlan plan) {
        StatementContext context =
                new StatementContext(
                        session,
                        session.transaction().transaction(),
                        new WorkCounters(),
                        List.of());
        try (Operator operator = session.planner().operator(plan)) {
            operator.open(context);
            if (!operator.next()) {
                throw new IllegalStateException("a SELECT without FROM has one row");
            }
            List<Datum> values = new ArrayList<>();
            for (int i = 0; i < operator.row().length; i++) {
                values.add(operator.row()[i].freeze(plan.columns().get(i).type().form()));
            }
            return values;
        }
    }
}
