package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of a FROM clause.
public sealed interface TableExpression {
    int position();

    /// A table, view or common table expression by name.
    record NamedTable(QualifiedName name, boolean only, @Nullable TableAlias alias, int position)
            implements TableExpression {}

    record DerivedTable(
            SelectStatement query, boolean lateral, @Nullable TableAlias alias, int position)
            implements TableExpression {}

    /// One function, or several in ROWS FROM.
    record FunctionTable(
            List<TableFunction> functions,
            boolean rowsFrom,
            boolean lateral,
            boolean withOrdinality,
            @Nullable TableAlias alias,
            int position)
            implements TableExpression {
        public FunctionTable {
            functions = List.copyOf(functions);
        }
    }

    /// @param call a [Expression.FunctionCall] or one of the special forms that act like one
    /// @param columns the column definition list, empty for none
    record TableFunction(Expression call, List<TableFunctionColumn> columns, int position) {
        public TableFunction {
            columns = List.copyOf(columns);
        }
    }

    record TableFunctionColumn(
            String name, TypeName type, @Nullable QualifiedName collation, int position) {}

    /// @param using the columns of USING, empty for none
    /// @param usingAlias of `USING (…) AS alias`, else null
    /// @param on null for CROSS, NATURAL and USING
    /// @param alias of a parenthesised join with an alias, else null
    record Join(
            JoinType type,
            TableExpression left,
            TableExpression right,
            boolean natural,
            List<String> using,
            @Nullable String usingAlias,
            @Nullable Expression on,
            @Nullable TableAlias alias,
            int position)
            implements TableExpression {
        public Join {
            using = List.copyOf(using);
        }
    }

    enum JoinType {
        CROSS,
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /// `AS name [(columns)]`.
    record TableAlias(String name, List<String> columns, int position) {
        public TableAlias {
            columns = List.copyOf(columns);
        }
    }
}
