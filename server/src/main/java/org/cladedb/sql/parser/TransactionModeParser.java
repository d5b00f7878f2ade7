package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.TransactionMode;
import org.cladedb.sql.ast.TransactionMode.IsolationLevel;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Isolation levels, READ ONLY and the like.
final class TransactionModeParser {
    private final TokenStream tokens;

    TransactionModeParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    List<TransactionMode> atLeastOne() {
        List<TransactionMode> modes = any();
        if (modes.isEmpty()) {
            throw tokens.syntaxError();
        }
        return modes;
    }

    /// Modes, with or without commas in between.
    List<TransactionMode> any() {
        List<TransactionMode> modes = new ArrayList<>();
        boolean needed = false;
        while (true) {
            TransactionMode mode = mode();
            if (mode == null) {
                if (needed) {
                    throw tokens.syntaxError();
                }
                return modes;
            }
            modes.add(mode);
            needed = tokens.accept(",");
        }
    }

    private @Nullable TransactionMode mode() {
        int position = tokens.position();
        if (tokens.accept(Keyword.ISOLATION)) {
            tokens.expect(Keyword.LEVEL);
            return new TransactionMode.Isolation(level(), position);
        }
        if (tokens.accept(Keyword.READ)) {
            boolean only = tokens.accept(Keyword.ONLY);
            if (!only) {
                tokens.expect(Keyword.WRITE);
            }
            return new TransactionMode.Access(only, position);
        }
        if (tokens.accept(Keyword.DEFERRABLE)) {
            return new TransactionMode.Deferrable(true, position);
        }
        return tokens.acceptPhrase(Keyword.NOT, Keyword.DEFERRABLE)
                ? new TransactionMode.Deferrable(false, position)
                : null;
    }

    private IsolationLevel level() {
        if (tokens.accept(Keyword.SERIALIZABLE)) {
            return IsolationLevel.SERIALIZABLE;
        }
        if (tokens.accept(Keyword.REPEATABLE)) {
            tokens.expect(Keyword.READ);
            return IsolationLevel.REPEATABLE_READ;
        }
        tokens.expect(Keyword.READ);
        if (tokens.accept(Keyword.COMMITTED)) {
            return IsolationLevel.READ_COMMITTED;
        }
        tokens.expect(Keyword.UNCOMMITTED);
        return IsolationLevel.READ_UNCOMMITTED;
    }
}
