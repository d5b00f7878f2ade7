package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.AlterTableAction.AddColumn;
import org.cladedb.sql.ast.AlterTableAction.AddConstraint;
import org.cladedb.sql.ast.AlterTableAction.ChangeOwner;
import org.cladedb.sql.ast.AlterTableAction.ClusterOn;
import org.cladedb.sql.ast.AlterTableAction.DropColumn;
import org.cladedb.sql.ast.AlterTableAction.DropConstraint;
import org.cladedb.sql.ast.AlterTableAction.DropGroupingForeignKey;
import org.cladedb.sql.ast.AlterTableAction.EnableTrigger;
import org.cladedb.sql.ast.AlterTableAction.ReplicaIdentity;
import org.cladedb.sql.ast.AlterTableAction.RowLevelSecurity;
import org.cladedb.sql.ast.AlterTableAction.RowSecurity;
import org.cladedb.sql.ast.AlterTableAction.SetAccessMethod;
import org.cladedb.sql.ast.AlterTableAction.SetLogged;
import org.cladedb.sql.ast.AlterTableAction.SetOptions;
import org.cladedb.sql.ast.AlterTableAction.SetTablespace;
import org.cladedb.sql.ast.AlterTableAction.ValidateConstraint;
import org.cladedb.sql.words.Keyword;

/// The actions of ALTER TABLE that concern the whole table; those of columns: [AlterColumnParser].
final class AlterTableParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final AlterColumnParser columns;

    AlterTableParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.columns = new AlterColumnParser(grammar);
    }

    List<AlterTableAction> parseList() {
        List<AlterTableAction> actions = new ArrayList<>();
        do {
            actions.add(action());
        } while (tokens.accept(","));
        return actions;
    }

    private AlterTableAction action() {
        Token token = tokens.peek();
        int position = token.start();
        return switch (token.keyword()) {
            case ADD -> add();
            case DROP -> drop();
            case ALTER -> columns.parse();
            case VALIDATE -> {
                tokens.expectAll(Keyword.VALIDATE, Keyword.CONSTRAINT);
                yield new ValidateConstraint(grammar.names.columnId(), position);
            }
            case OWNER -> {
                tokens.expectAll(Keyword.OWNER, Keyword.TO);
                yield new ChangeOwner(grammar.names.role(), position);
            }
            case ENABLE, DISABLE -> enable();
            case FORCE -> {
                tokens.next();
                yield rowSecurity(RowSecurity.FORCE, position);
            }
            case NO -> no();
            case REPLICA -> replicaIdentity();
            case CLUSTER -> {
                tokens.expectAll(Keyword.CLUSTER, Keyword.ON);
                yield new ClusterOn(grammar.names.columnId(), position);
            }
            case SET -> set();
            case RESET -> {
                tokens.next();
                yield new SetOptions(grammar.options.relationOptions(), true, position);
            }
            case INHERIT, OF, NOT, ATTACH, DETACH, OPTIONS, DEPENDS ->
                    throw tokens.unsupported(
                            "ALTER TABLE ... " + token.text().toUpperCase(Locale.ROOT), token);
            case null, default -> throw tokens.syntaxError();
        };
    }

    private AlterTableAction add() {
        int position = tokens.expect(Keyword.ADD).start();
        if (grammar.constraints.atTableConstraint()) {
            return new AddConstraint(grammar.constraints.tableConstraint(), position);
        }
        tokens.accept(Keyword.COLUMN);
        boolean ifNotExists = grammar.objects.ifNotExists();
        return new AddColumn(grammar.tables.column(), ifNotExists, position);
    }

    private AlterTableAction drop() {
        int position = tokens.expect(Keyword.DROP).start();
        if (tokens.accept(Keyword.CONSTRAINT)) {
            boolean ifExists = grammar.objects.ifExists();
            String name = grammar.names.columnId();
            return new DropConstraint(name, ifExists, grammar.objects.dropBehavior(), position);
        }
        if (tokens.acceptAll(Keyword.GROUPING, Keyword.FOREIGN, Keyword.KEY)) {
            boolean ifExists = grammar.objects.ifExists();
            return new DropGroupingForeignKey(ifExists, grammar.objects.dropBehavior(), position);
        }
        tokens.accept(Keyword.COLUMN);
        boolean ifExists = grammar.objects.ifExists();
        String name = grammar.names.columnId();
        return new DropColumn(name, ifExists, grammar.objects.dropBehavior(), position);
    }

    private AlterTableAction enable() {
        Token word = tokens.next();
        boolean enable = word.is(Keyword.ENABLE);
        if (tokens.at(Keyword.ROW)) {
            return rowSecurity(enable ? RowSecurity.ENABLE : RowSecurity.DISABLE, word.start());
        }
        if (enable && !tokens.accept(Keyword.ALWAYS)) {
            tokens.accept(Keyword.REPLICA);
        }
        if (tokens.at(Keyword.RULE)) {
            throw tokens.unsupported("RULE", tokens.peek());
        }
        tokens.expect(Keyword.TRIGGER);
        boolean all = tokens.accept(Keyword.ALL) || tokens.accept(Keyword.USER);
        return new EnableTrigger(enable, all ? null : grammar.names.columnId(), word.start());
    }

    private AlterTableAction rowSecurity(RowSecurity setting, int position) {
        tokens.expectAll(Keyword.ROW, Keyword.LEVEL, Keyword.SECURITY);
        return new RowLevelSecurity(setting, position);
    }

    private AlterTableAction no() {
        int position = tokens.expect(Keyword.NO).start();
        if (tokens.at(Keyword.INHERIT)) {
            throw tokens.unsupported("ALTER TABLE ... NO INHERIT", tokens.peek());
        }
        tokens.expect(Keyword.FORCE);
        return rowSecurity(RowSecurity.NO_FORCE, position);
    }

    private AlterTableAction replicaIdentity() {
        int position = tokens.expect(Keyword.REPLICA).start();
        tokens.expect(Keyword.IDENTITY);
        if (tokens.accept(Keyword.USING)) {
            tokens.expect(Keyword.INDEX);
            return new ReplicaIdentity("index", grammar.names.columnId(), position);
        }
        if (!tokens.atAny(Keyword.DEFAULT, Keyword.FULL, Keyword.NOTHING)) {
            throw tokens.syntaxError();
        }
        return new ReplicaIdentity(tokens.next().text(), null, position);
    }

    private AlterTableAction set() {
        int position = tokens.expect(Keyword.SET).start();
        if (tokens.at("(")) {
            return new SetOptions(grammar.options.relationOptions(), false, position);
        }
        if (tokens.accept(Keyword.WITHOUT)) {
            if (tokens.accept(Keyword.CLUSTER)) {
                return new ClusterOn(null, position);
            }
            tokens.expect(Keyword.OIDS);
            return new SetOptions(List.of(), false, position);
        }
        if (tokens.accept(Keyword.TABLESPACE)) {
            return new SetTablespace(grammar.names.columnId(), position);
        }
        if (tokens.acceptPhrase(Keyword.ACCESS, Keyword.METHOD)) {
            return new SetAccessMethod(
                    tokens.accept(Keyword.DEFAULT) ? null : grammar.names.columnId(), position);
        }
        boolean logged = tokens.accept(Keyword.LOGGED);
        if (!logged) {
            tokens.expect(Keyword.UNLOGGED);
        }
        return new SetLogged(logged, position);
    }
}
