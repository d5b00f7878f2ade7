package org.cladedb.sql.parser;

import org.cladedb.sql.ast.Statement;

/// A statement and where its text stands in what was parsed, without the semicolon. Positions
/// inside the statement count from the start of the whole text.
///
/// @param start offset of its first token
/// @param end offset after its last token
/// @param deep whether its tree is too deep to be walked on the stack of an ordinary thread
public record ParsedStatement(Statement statement, int start, int end, boolean deep) {}
