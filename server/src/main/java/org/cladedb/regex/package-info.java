/// Regular expressions with PostgreSQL's meaning, matched by automata.
///
/// ```
///   text ──Lexer──> tokens ──Parser──> Dissection (a tree) over Syntax (what each node matches)
///                                          │
///   Regex: Alphabet, and an Automaton for each node that is asked for
///                                          │
///   RegexMatcher: where a match begins and ends ──Dissector──> what each group captured
/// ```
///
/// A match begins as far left as possible. How long it is, is a property of the whole expression:
/// the longest, or the shortest if that is what its first quantified part prefers. Only then is the
/// text of the match divided among the parts, from left to right, each taking the longest or the
/// shortest piece with which the rest can still match. `Dissection` holds the parts for which that
/// matters.
///
/// Automata are made state by state while they run, are bounded in size and start anew when full.
/// Finding a match takes time linear in the text; dividing it takes time linear in the match for
/// each part. Expressions with back references are the exception: they are tried out, and can be
/// cancelled.
///
/// A `Regex` belongs to one thread. This package knows nothing of SQL; `functions` applies it.
/// Start with `Regex`.
@NullMarked
package org.cladedb.regex;

import org.jspecify.annotations.NullMarked;
