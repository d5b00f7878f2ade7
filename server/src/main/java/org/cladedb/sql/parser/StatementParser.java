package org.cladedb.sql.parser;

import org.cladedb.sql.ast.Statement;

/// Chooses the parser of a statement by its first word.
final class StatementParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final CreateParser creations;
    private final AlterParser alterations;
    private final DropParser drops;
    private final CommentParser comments;
    private final SettingParser settings;
    private final TransactionParser transactions;
    private final CursorParser cursors;
    private final CopyParser copies;
    private final MaintenanceParser maintenance;
    private final LockAndNotifyParser locks;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.creations = new CreateParser(grammar);
        this.alterations = new AlterParser(grammar);
        this.drops = new DropParser(grammar);
        this.comments = new CommentParser(grammar);
        this.settings = grammar.settings;
        this.transactions = new TransactionParser(grammar);
        this.cursors = new CursorParser(grammar);
        this.copies = new CopyParser(grammar);
        this.maintenance = new MaintenanceParser(grammar);
        this.locks = new LockAndNotifyParser(grammar);
    }

    /// One statement, up to its semicolon or the end.
    Statement parse() {
        grammar.nesting.reset();
        Token token = tokens.peek();
        return switch (token.keyword()) {
            case SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE, MERGE ->
                    grammar.modifications.preparable();
            case CREATE -> creations.parse();
            case ALTER -> alterations.parse();
            case DROP -> drops.parse();
            case TRUNCATE -> drops.truncate();
            case COMMENT -> comments.comment();
            case SECURITY -> comments.securityLabel();
            case GRANT -> grammar.privileges.grant();
            case REVOKE -> grammar.privileges.revoke();
            case REASSIGN -> grammar.roles.reassign();
            case SET, RESET, SHOW -> settings.parse();
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE ->
                    transactions.parse();
            case PREPARE -> grammar.prepared.prepare();
            case EXECUTE -> grammar.prepared.execute();
            case DEALLOCATE -> grammar.prepared.deallocate();
            case DECLARE, FETCH, MOVE, CLOSE -> cursors.parse();
            case COPY -> copies.parse();
            case EXPLAIN -> maintenance.explain();
            case ANALYZE, ANALYSE, VACUUM, REINDEX, CLUSTER, REFRESH, CHECKPOINT, DISCARD ->
                    maintenance.parse();
            case LOCK, LISTEN, NOTIFY, UNLISTEN, DO, CALL, LOAD -> locks.parse();
            case IMPORT -> throw tokens.unsupported("IMPORT FOREIGN SCHEMA", token);
            case null, default -> parenthesizedQuery();
        };
    }

    private Statement parenthesizedQuery() {
        if (!tokens.at("(")) {
            throw tokens.syntaxError();
        }
        return grammar.modifications.preparable();
    }
}
