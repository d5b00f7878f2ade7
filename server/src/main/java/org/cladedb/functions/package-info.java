/// Functions, operators, aggregates and set-returning functions: their signatures and their code.
///
/// ```
///   name + argument types ──FunctionRegistry──> FunctionDefinition ──bind(types)──> ScalarFunction
/// ```
///
/// A definition is found by PostgreSQL's resolution rules, bound once per plan to the actual types,
/// and then applied per row to cells it must not keep. Operators are functions looked up by symbol.
/// Casts are functions too, found by source and target type. One class per family of functions.
///
/// This package knows no catalog and no session: what such functions need comes through the roles
/// [SessionAccess] and [CatalogAccess] of [EvaluationContext].
@NullMarked
package org.cladedb.functions;

import org.jspecify.annotations.NullMarked;
