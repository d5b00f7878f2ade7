package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// PREPARE, EXECUTE and DEALLOCATE.
public sealed interface PreparedStatementCommand extends Statement {
    /// @param statementStart where the prepared statement's text starts
    /// @param statementEnd the offset after it
    record Prepare(
            String name,
            List<TypeName> parameterTypes,
            Statement statement,
            int statementStart,
            int statementEnd,
            int position)
            implements PreparedStatementCommand {
        public Prepare {
            parameterTypes = List.copyOf(parameterTypes);
        }
    }

    record Execute(String name, List<Expression> arguments, int position)
            implements PreparedStatementCommand {
        public Execute {
            arguments = List.copyOf(arguments);
        }
    }

    /// @param name null for ALL
    record Deallocate(@Nullable String name, int position) implements PreparedStatementCommand {}
}
