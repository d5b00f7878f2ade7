package org.cladedb.sql.parser;

import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TransactionStatement.Begin;
import org.cladedb.sql.ast.TransactionStatement.Commit;
import org.cladedb.sql.ast.TransactionStatement.FinishPrepared;
import org.cladedb.sql.ast.TransactionStatement.ReleaseSavepoint;
import org.cladedb.sql.ast.TransactionStatement.Rollback;
import org.cladedb.sql.ast.TransactionStatement.RollbackToSavepoint;
import org.cladedb.sql.ast.TransactionStatement.Savepoint;
import org.cladedb.sql.words.Keyword;

/// BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their synonyms.
final class TransactionParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final TransactionModeParser modes;

    TransactionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.modes = new TransactionModeParser(grammar.tokens);
    }

    Statement parse() {
        Token word = tokens.next();
        int position = word.start();
        return switch (word.keyword()) {
            case BEGIN -> {
                workOrTransaction();
                yield new Begin(false, modes.any(), position);
            }
            case START -> {
                tokens.expect(Keyword.TRANSACTION);
                yield new Begin(true, modes.any(), position);
            }
            case COMMIT -> commit(position);
            case END -> {
                workOrTransaction();
                yield new Commit(chain(), position);
            }
            case ROLLBACK -> rollback(position);
            case ABORT -> {
                workOrTransaction();
                yield new Rollback(chain(), position);
            }
            case SAVEPOINT -> new Savepoint(grammar.names.columnId(), position);
            case RELEASE -> new ReleaseSavepoint(savepoint(), position);
            case null, default -> throw tokens.syntaxError(word);
        };
    }

    /// `[SAVEPOINT] name`; a savepoint may be named savepoint.
    private String savepoint() {
        if (NameParser.isColumnId(tokens.peek(1))) {
            tokens.accept(Keyword.SAVEPOINT);
        }
        return grammar.names.columnId();
    }

    private void workOrTransaction() {
        if (!tokens.accept(Keyword.WORK)) {
            tokens.accept(Keyword.TRANSACTION);
        }
    }

    private boolean chain() {
        if (!tokens.accept(Keyword.AND)) {
            return false;
        }
        boolean no = tokens.accept(Keyword.NO);
        tokens.expect(Keyword.CHAIN);
        return !no;
    }

    private Statement commit(int position) {
        if (tokens.accept(Keyword.PREPARED)) {
            return new FinishPrepared(true, grammar.names.string(), position);
        }
        workOrTransaction();
        return new Commit(chain(), position);
    }

    private Statement rollback(int position) {
        if (tokens.accept(Keyword.PREPARED)) {
            return new FinishPrepared(false, grammar.names.string(), position);
        }
        workOrTransaction();
        if (tokens.accept(Keyword.TO)) {
            return new RollbackToSavepoint(savepoint(), position);
        }
        return new Rollback(chain(), position);
    }
}
