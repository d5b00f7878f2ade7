package org.cladedb.functions;

import java.util.List;
import org.cladedb.types.SqlType;

/// One overload of a function.
///
/// @param oid stable for ever; PostgreSQL's own where it has the function
/// @param name lower case; operators have their symbol here
/// @param argumentTypes may contain the polymorphic pseudo-types; the last is repeated when
///   variadic (its element type is what each further argument has)
/// @param requiredArguments how many have no default; equals the size of `argumentTypes` normally
/// @param resultType may be polymorphic; the element type of one row for set-returning functions
/// @param variadic whether the last argument may be given any number of times
/// @param strict NULL in, NULL out without a call (scalar); rows with NULL are skipped (aggregates)
public record FunctionDefinition(
        int oid,
        String name,
        List<SqlType> argumentTypes,
        int requiredArguments,
        SqlType resultType,
        boolean variadic,
        boolean strict,
        Volatility volatility,
        Implementation implementation) {
    public FunctionDefinition {
        argumentTypes = List.copyOf(argumentTypes);
    }

    /// What the planner may assume.
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /// The code behind a definition, by kind.
    public sealed interface Implementation {}

    /// One value from the arguments of one row.
    public non-sealed interface Scalar extends Implementation {
        /// Specialises for the types of a call; polymorphic and variadic arguments are resolved.
        ScalarFunction bind(List<SqlType> argumentTypes, SqlType resultType);
    }

    /// One value from many rows.
    public non-sealed interface Aggregate extends Implementation {
        AggregateFunction bind(List<SqlType> argumentTypes, SqlType resultType);
    }

    /// Many rows from the arguments of one row.
    public non-sealed interface SetReturning extends Implementation {
        SetFunction bind(List<SqlType> argumentTypes, SqlType resultType);
    }

    /// A window function that is no aggregate; `kind` says which (row_number, rank, lag …).
    public record Window(WindowKind kind) implements Implementation {}

    /// The window functions that are no aggregates.
    public enum WindowKind {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST,
        NTILE,
        LAG,
        LEAD,
        FIRST_VALUE,
        LAST_VALUE,
        NTH_VALUE
    }
}
