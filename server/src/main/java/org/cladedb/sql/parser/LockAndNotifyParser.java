package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.MaintenanceStatement.Call;
import org.cladedb.sql.ast.MaintenanceStatement.DoBlock;
import org.cladedb.sql.ast.MaintenanceStatement.Listen;
import org.cladedb.sql.ast.MaintenanceStatement.Load;
import org.cladedb.sql.ast.MaintenanceStatement.Lock;
import org.cladedb.sql.ast.MaintenanceStatement.LockedTable;
import org.cladedb.sql.ast.MaintenanceStatement.Notify;
import org.cladedb.sql.ast.MaintenanceStatement.TableLockMode;
import org.cladedb.sql.ast.MaintenanceStatement.Unlisten;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.words.Keyword;

/// LOCK, LISTEN, NOTIFY, UNLISTEN, DO, CALL, LOAD.
final class LockAndNotifyParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    LockAndNotifyParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement parse() {
        Token word = tokens.next();
        int position = word.start();
        return switch (word.keyword()) {
            case LOCK -> lock(position);
            case LISTEN -> new Listen(grammar.names.columnId(), position);
            case UNLISTEN ->
                    new Unlisten(tokens.accept("*") ? null : grammar.names.columnId(), position);
            case NOTIFY -> {
                String channel = grammar.names.columnId();
                String payload = tokens.accept(",") ? grammar.names.string() : null;
                yield new Notify(channel, payload, position);
            }
            case DO -> doBlock(position);
            case CALL -> call(position);
            case LOAD -> new Load(grammar.names.string(), position);
            case null, default -> throw tokens.syntaxError(word);
        };
    }

    private Statement lock(int position) {
        tokens.accept(Keyword.TABLE);
        List<LockedTable> tables = new ArrayList<>();
        do {
            NamedTable table = grammar.fromItems.relation();
            tables.add(new LockedTable(table.name(), table.only()));
        } while (tokens.accept(","));
        TableLockMode mode = TableLockMode.ACCESS_EXCLUSIVE;
        if (tokens.accept(Keyword.IN)) {
            mode = mode();
            tokens.expect(Keyword.MODE);
        }
        return new Lock(tables, mode, tokens.accept(Keyword.NOWAIT), position);
    }

    private TableLockMode mode() {
        if (tokens.accept(Keyword.ACCESS)) {
            boolean share = tokens.accept(Keyword.SHARE);
            if (!share) {
                tokens.expect(Keyword.EXCLUSIVE);
            }
            return share ? TableLockMode.ACCESS_SHARE : TableLockMode.ACCESS_EXCLUSIVE;
        }
        if (tokens.accept(Keyword.ROW)) {
            boolean share = tokens.accept(Keyword.SHARE);
            if (!share) {
                tokens.expect(Keyword.EXCLUSIVE);
            }
            return share ? TableLockMode.ROW_SHARE : TableLockMode.ROW_EXCLUSIVE;
        }
        if (tokens.accept(Keyword.EXCLUSIVE)) {
            return TableLockMode.EXCLUSIVE;
        }
        tokens.expect(Keyword.SHARE);
        if (tokens.acceptAll(Keyword.UPDATE, Keyword.EXCLUSIVE)) {
            return TableLockMode.SHARE_UPDATE_EXCLUSIVE;
        }
        return tokens.acceptAll(Keyword.ROW, Keyword.EXCLUSIVE)
                ? TableLockMode.SHARE_ROW_EXCLUSIVE
                : TableLockMode.SHARE;
    }

    private Statement doBlock(int position) {
        String body = null;
        String language = null;
        while (tokens.at(TokenKind.STRING) || tokens.at(Keyword.LANGUAGE)) {
            if (tokens.accept(Keyword.LANGUAGE)) {
                language = grammar.names.nonReservedWordOrString();
            } else {
                body = tokens.next().text();
            }
        }
        if (body == null) {
            throw tokens.syntaxError();
        }
        return new DoBlock(body, language, position);
    }

    private Statement call(int position) {
        Token first = tokens.peek();
        QualifiedName name =
                tokens.peek(1).is(".")
                        ? grammar.names.qualifiedName()
                        : QualifiedName.of(grammar.names.typeOrFunctionName(), first.start());
        Expression.FunctionCall call = grammar.functions.parsePlain(name);
        return new Call(call, position);
    }
}
