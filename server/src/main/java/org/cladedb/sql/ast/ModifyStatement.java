package org.cladedb.sql.ast;

import java.util.List;
import org.cladedb.sql.ast.Expression.Subscript;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE and DELETE.
public sealed interface ModifyStatement extends Statement {
    /// @param columns empty if not given
    /// @param source null for DEFAULT VALUES
    record Insert(
            @Nullable WithClause with,
            QualifiedName table,
            @Nullable String alias,
            List<ColumnTarget> columns,
            Overriding overriding,
            @Nullable SelectStatement source,
            @Nullable OnConflict onConflict,
            List<SelectItem> returning,
            int position)
            implements ModifyStatement {
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }
    }

    enum Overriding {
        NONE,
        USER_VALUE,
        SYSTEM_VALUE
    }

    record Update(
            @Nullable WithClause with,
            QualifiedName table,
            boolean only,
            @Nullable String alias,
            List<Assignment> assignments,
            List<TableExpression> from,
            @Nullable Expression where,
            List<SelectItem> returning,
            int position)
            implements ModifyStatement {
        public Update {
            assignments = List.copyOf(assignments);
            from = List.copyOf(from);
            returning = List.copyOf(returning);
        }
    }

    record Delete(
            @Nullable WithClause with,
            QualifiedName table,
            boolean only,
            @Nullable String alias,
            List<TableExpression> using,
            @Nullable Expression where,
            List<SelectItem> returning,
            int position)
            implements ModifyStatement {
        public Delete {
            using = List.copyOf(using);
            returning = List.copyOf(returning);
        }
    }

    /// A column that is written to, or an element of it.
    ///
    /// @param field what stands after a dot, null for none
    record ColumnTarget(
            String name, List<Subscript> subscripts, @Nullable String field, int position) {
        public ColumnTarget {
            subscripts = List.copyOf(subscripts);
        }
    }

    /// `column = value`, or `(a, b) = value` when `multiple`: the value is then a row constructor,
    /// a subquery, or something else that analysis refuses.
    record Assignment(
            List<ColumnTarget> targets, boolean multiple, Expression value, int position) {
        public Assignment {
            targets = List.copyOf(targets);
        }
    }

    /// @param target null if not given
    /// @param assignments empty for DO NOTHING
    record OnConflict(
            @Nullable ConflictTarget target,
            boolean doNothing,
            List<Assignment> assignments,
            @Nullable Expression where,
            int position) {
        public OnConflict {
            assignments = List.copyOf(assignments);
        }
    }

    /// Either index elements with an optional condition, or a constraint's name.
    record ConflictTarget(
            List<IndexElement> elements,
            @Nullable Expression where,
            @Nullable String constraint,
            int position) {
        public ConflictTarget {
            elements = List.copyOf(elements);
        }
    }
}
