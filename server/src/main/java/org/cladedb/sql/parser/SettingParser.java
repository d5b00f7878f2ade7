package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.SettingStatement.Reset;
import org.cladedb.sql.ast.SettingStatement.Scope;
import org.cladedb.sql.ast.SettingStatement.Set;
import org.cladedb.sql.ast.SettingStatement.SetConstraints;
import org.cladedb.sql.ast.SettingStatement.SetTransaction;
import org.cladedb.sql.ast.SettingStatement.SetTransactionSnapshot;
import org.cladedb.sql.ast.SettingStatement.Show;
import org.cladedb.sql.ast.SettingStatement.ShowKind;
import org.cladedb.sql.ast.SettingStatement.ShowObjects;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// SET, RESET, SHOW.
final class SettingParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final TransactionModeParser modes;

    SettingParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.modes = new TransactionModeParser(grammar.tokens);
    }

    SettingStatement parse() {
        if (tokens.at(Keyword.RESET)) {
            return reset();
        }
        return tokens.at(Keyword.SHOW) ? show() : set();
    }

    /// SET or RESET as part of ALTER DATABASE and ALTER ROLE.
    SettingStatement objectSetting() {
        if (tokens.at(Keyword.RESET)) {
            return reset();
        }
        int position = tokens.expect(Keyword.SET).start();
        return parameter(Scope.SESSION, position);
    }

    private SettingStatement set() {
        int position = tokens.expect(Keyword.SET).start();
        if (tokens.accept(Keyword.CONSTRAINTS)) {
            return constraints(position);
        }
        if (tokens.at(Keyword.TRANSACTION)) {
            return transaction(position);
        }
        if (tokens.acceptAll(Keyword.SESSION, Keyword.CHARACTERISTICS)) {
            tokens.expectAll(Keyword.AS, Keyword.TRANSACTION);
            return new SetTransaction(true, modes.atLeastOne(), position);
        }
        Scope scope = Scope.SESSION;
        if (tokens.accept(Keyword.LOCAL)) {
            scope = Scope.LOCAL;
        } else if (tokens.at(Keyword.SESSION) && !tokens.peek(1).is(Keyword.AUTHORIZATION)) {
            tokens.next();
        }
        return parameter(scope, position);
    }

    private SettingStatement transaction(int position) {
        tokens.expect(Keyword.TRANSACTION);
        if (tokens.accept(Keyword.SNAPSHOT)) {
            return new SetTransactionSnapshot(grammar.names.string(), position);
        }
        return new SetTransaction(false, modes.atLeastOne(), position);
    }

    private SettingStatement constraints(int position) {
        List<QualifiedName> names =
                tokens.accept(Keyword.ALL) ? List.of() : grammar.names.qualifiedNames();
        boolean deferred = tokens.accept(Keyword.DEFERRED);
        if (!deferred) {
            tokens.expect(Keyword.IMMEDIATE);
        }
        return new SetConstraints(names, deferred, position);
    }

    private SettingStatement parameter(Scope scope, int position) {
        Token token = tokens.peek();
        if (tokens.acceptAll(Keyword.TIME, Keyword.ZONE)) {
            return new Set(scope, "timezone", timeZone(), position);
        }
        if (tokens.acceptAll(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            return new Set(scope, "session_authorization", wordOrDefault(), position);
        }
        if (!followedByValue()) {
            String known =
                    switch (token.keyword()) {
                        case NAMES -> "client_encoding";
                        case ROLE -> "role";
                        case SCHEMA -> "search_path";
                        case CATALOG ->
                                throw tokens.unsupported(
                                        "current database cannot be changed: SET CATALOG", token);
                        case null, default -> null;
                    };
            if (known != null) {
                tokens.next();
                List<String> values =
                        known.equals("client_encoding") && tokens.atEnd() ? null : wordOrDefault();
                return new Set(scope, known, values, position);
            }
        }
        String name = parameterName();
        if (tokens.at(Keyword.FROM)) {
            throw tokens.unsupported("SET ... FROM CURRENT", tokens.peek());
        }
        if (!tokens.accept(Keyword.TO)) {
            tokens.expect("=");
        }
        return new Set(scope, name, tokens.accept(Keyword.DEFAULT) ? null : values(), position);
    }

    private boolean followedByValue() {
        Token next = tokens.peek(1);
        return next.is("=") || next.is(Keyword.TO) || next.is(".");
    }

    private @Nullable List<String> wordOrDefault() {
        return tokens.accept(Keyword.DEFAULT)
                ? null
                : List.of(grammar.names.nonReservedWordOrString());
    }

    private @Nullable List<String> timeZone() {
        if (tokens.accept(Keyword.DEFAULT) || tokens.accept(Keyword.LOCAL)) {
            return null;
        }
        if (tokens.at(Keyword.INTERVAL)) {
            Token next = tokens.peek(1);
            if (!next.is(TokenKind.STRING) && !next.is("(")) {
                throw tokens.syntaxError(next);
            }
            var type = grammar.types.parseKnown(true);
            String value = "INTERVAL '" + grammar.names.string() + "'";
            String fields =
                    type == null ? null : grammar.types.intervalLiteralType(type).intervalFields();
            return List.of(fields == null ? value : value + " " + fields);
        }
        return List.of(grammar.options.settingValue());
    }

    private String parameterName() {
        StringBuilder name = new StringBuilder(grammar.names.columnId());
        while (tokens.accept(".")) {
            name.append('.').append(grammar.names.columnId());
        }
        return name.toString();
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        do {
            values.add(grammar.options.settingValue());
        } while (tokens.accept(","));
        return values;
    }

    private SettingStatement reset() {
        int position = tokens.expect(Keyword.RESET).start();
        return new Reset(tokens.accept(Keyword.ALL) ? null : namedParameter(), position);
    }

    private SettingStatement show() {
        int position = tokens.expect(Keyword.SHOW).start();
        if (tokens.accept(Keyword.ALL)) {
            return new Show(null, position);
        }
        SettingStatement objects = showObjects(position);
        return objects != null ? objects : new Show(namedParameter(), position);
    }

    private String namedParameter() {
        if (tokens.acceptAll(Keyword.TIME, Keyword.ZONE)) {
            return "timezone";
        }
        if (tokens.acceptAll(Keyword.TRANSACTION, Keyword.ISOLATION)) {
            tokens.expect(Keyword.LEVEL);
            return "transaction_isolation";
        }
        if (tokens.acceptAll(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            return "session_authorization";
        }
        return parameterName();
    }

    /// MySQL's lists of objects; null if this is a parameter's name.
    private @Nullable SettingStatement showObjects(int position) {
        if (tokens.accept(Keyword.FULL)) {
            // SHOW FULL TABLES and SHOW FULL COLUMNS list the same objects.
            if (!tokens.atAny(Keyword.TABLES, Keyword.COLUMNS)) {
                throw tokens.syntaxError();
            }
        }
        Token word = tokens.peek();
        ShowKind kind =
                switch (word.text()) {
                    case "tables" -> ShowKind.TABLES;
                    case "columns", "fields" -> ShowKind.COLUMNS;
                    case "databases" -> ShowKind.DATABASES;
                    case "schemas" -> ShowKind.SCHEMAS;
                    case "index", "indexes", "keys" -> ShowKind.INDEXES;
                    default -> null;
                };
        if (kind == null || tokens.peek(1).is(".")) {
            return null;
        }
        tokens.next();
        boolean from = tokens.accept(Keyword.FROM) || tokens.accept(Keyword.IN);
        boolean needed = kind == ShowKind.COLUMNS || kind == ShowKind.INDEXES;
        if (needed && !from) {
            throw tokens.syntaxError();
        }
        return new ShowObjects(kind, from ? grammar.names.qualifiedName() : null, position);
    }
}
