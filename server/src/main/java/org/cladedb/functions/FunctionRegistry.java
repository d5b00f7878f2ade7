package org.cladedb.functions;

import java.util.Collection;
import java.util.List;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// All functions, operators and casts, and PostgreSQL's rules for choosing among them. Immutable.
public interface FunctionRegistry {
    /// A chosen overload: arguments must be coerced to `argumentTypes` (variadic ones spread out)
    /// first. Arguments left out because they have defaults are simply absent: the function bound
    /// to the shorter list knows them. An argument declared `"any"` that is an unknown literal
    /// stays UNKNOWN, which has the form of text.
    record Resolved(
            FunctionDefinition definition, List<SqlType> argumentTypes, SqlType resultType) {
        public Resolved {
            argumentTypes = List.copyOf(argumentTypes);
        }
    }

    /// When a cast may be applied without being written.
    enum CastContext {
        IMPLICIT,
        ASSIGNMENT,
        EXPLICIT
    }

    /// A cast: `function` takes one argument of the source type; null when the value stays as it
    /// is.
    record Cast(CastContext context, @Nullable ScalarFunction function) {}

    /// Chooses the function for a call (PostgreSQL manual, 10.3). `UNKNOWN` is the type of untyped
    /// literals.
    ///
    /// @throws org.cladedb.error.DatabaseException 42883 or 42725, with PostgreSQL's text and hint
    Resolved resolveFunction(String name, List<SqlType> argumentTypes);

    /// Chooses the function for a call whose last argument is an array marked VARIADIC.
    Resolved resolveVariadic(String name, List<SqlType> argumentTypes);

    /// Chooses the operator (PostgreSQL manual, 10.2); prefix operators have one argument.
    Resolved resolveOperator(String symbol, List<SqlType> argumentTypes);

    /// Whether any function has this name (for telling "no such function" from "no such overload").
    boolean hasFunction(String name);

    /// How to convert in an explicit cast; includes length coercion to the target's modifier, text
    /// I/O conversions, arrays elementwise, and UNKNOWN to anything. Null when there is no such
    /// cast.
    @Nullable Cast cast(SqlType from, SqlType to);

    /// As [#cast], for storing into a column or another place of a fixed type: a string that is too
    /// long is an error (22001) where an explicit cast cuts it.
    @Nullable Cast assignmentCast(SqlType from, SqlType to);

    /// The common type of UNION, CASE, VALUES, ARRAY and their like (manual, 10.5); null when there
    /// is none.
    @Nullable SqlType commonType(List<SqlType> types);

    Collection<FunctionDefinition> functions();

    Collection<FunctionDefinition> operators();
}
