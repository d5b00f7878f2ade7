package org.cladedb.session;

import java.util.List;
import org.cladedb.common.DeepStack;
import org.cladedb.sql.ast.Statement;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A statement that is ready to be run any number of times. Owned by the session's thread.
final class PreparedStatement {
    private final String text;
    private final @Nullable Statement statement;
    private final List<SqlType> declaredTypes;
    private final List<SqlType> parameterTypes;
    private final @Nullable List<ResultColumn> columns;
    private final boolean deep;
    private final PlanHolder holder;
    private final @Nullable List<Datum> literals;

    /// The plan of all statements of one shape.
    private static final class PlanHolder {
        private @Nullable QueryPlan plan;
    }

    /// @param statement null when the text held none
    /// @param declaredTypes what the client said of parameters
    /// @param columns what it returns; null for no rows
    /// @param plan null unless it is a query or modification
    PreparedStatement(
            String text,
            @Nullable Statement statement,
            List<SqlType> declaredTypes,
            List<SqlType> parameterTypes,
            @Nullable List<ResultColumn> columns,
            @Nullable QueryPlan plan) {
        this.text = text;
        this.statement = statement;
        this.declaredTypes = List.copyOf(declaredTypes);
        this.parameterTypes = List.copyOf(parameterTypes);
        this.columns = columns == null ? null : List.copyOf(columns);
        deep = DeepStack.isCurrent();
        holder = new PlanHolder();
        holder.plan = plan;
        literals = null;
    }

    private PreparedStatement(PreparedStatement shape, String text, List<Datum> literals) {
        this.text = text;
        this.literals = literals;
        statement = shape.statement;
        declaredTypes = List.of();
        parameterTypes = shape.parameterTypes;
        columns = shape.columns;
        deep = shape.deep;
        holder = shape.holder;
    }

    /// This statement as one without parameters, which have these values always. They share a plan.
    PreparedStatement withLiterals(String itsText, List<Datum> values) {
        return new PreparedStatement(this, itsText, values);
    }

    static PreparedStatement empty(String text, List<SqlType> declaredTypes) {
        return new PreparedStatement(text, null, declaredTypes, declaredTypes, null, null);
    }

    String text() {
        return text;
    }

    @Nullable Statement statement() {
        return statement;
    }

    List<SqlType> declaredTypes() {
        return declaredTypes;
    }

    List<SqlType> parameterTypes() {
        return literals == null ? parameterTypes : List.of();
    }

    /// The types of the parameters that its plan has.
    List<SqlType> plannedTypes() {
        return parameterTypes;
    }

    /// The values of the parameters that its plan has, when `given` are those of the statement.
    List<Datum> plannedValues(List<Datum> given) {
        return literals == null ? given : literals;
    }

    @Nullable List<ResultColumn> columns() {
        return columns;
    }

    @Nullable QueryPlan plan() {
        return holder.plan;
    }

    /// Whether it has to run on a [DeepStack].
    boolean isDeep() {
        QueryPlan plan = holder.plan;
        return deep || (plan != null && plan.isDeep());
    }

    void replacePlan(QueryPlan newPlan) {
        holder.plan = newPlan;
    }
}
