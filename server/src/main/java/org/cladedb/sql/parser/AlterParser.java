package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SchemaStatement.AlterDatabase;
import org.cladedb.sql.ast.SchemaStatement.AlterSetting;
import org.cladedb.sql.ast.SchemaStatement.ChangeOwner;
import org.cladedb.sql.ast.SchemaStatement.Rename;
import org.cladedb.sql.ast.SchemaStatement.SetSchema;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.ast.TableStatement.AlterSequence;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// ALTER, by kind; the actions of ALTER TABLE have a parser of their own.
final class AlterParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final AlterTableParser actions;

    AlterParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.actions = new AlterTableParser(grammar);
    }

    Statement parse() {
        int position = tokens.expect(Keyword.ALTER).start();
        Token token = tokens.peek();
        if (token.is(Keyword.DEFAULT)) {
            return grammar.privileges.alterDefault(position);
        }
        if (tokens.atAll(Keyword.USER, Keyword.MAPPING)) {
            throw tokens.unsupported("ALTER USER MAPPING", token);
        }
        if (tokens.atAny(Keyword.ROLE, Keyword.USER, Keyword.GROUP)) {
            return grammar.roles.alter(position);
        }
        if (tokens.atAny(Keyword.SYSTEM, Keyword.OPERATOR, Keyword.LARGE)) {
            throw tokens.unsupported("ALTER " + token.text().toUpperCase(Locale.ROOT), token);
        }
        if (tokens.atAny(Keyword.COLUMN, Keyword.CONSTRAINT)) {
            throw tokens.syntaxError();
        }
        ObjectKind kind = grammar.objects.kind();
        if (kind == null) {
            throw tokens.syntaxError();
        }
        return switch (kind) {
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE ->
                    relation(kind, position);
            case DATABASE -> database(position);
            default -> object(kind, token, position);
        };
    }

    private Statement relation(ObjectKind kind, int position) {
        if (tokens.atAll(Keyword.ALL, Keyword.IN)) {
            throw tokens.unsupported("ALTER ALL IN TABLESPACE", tokens.peek());
        }
        boolean ifExists = grammar.objects.ifExists();
        NamedTable table = grammar.fromItems.relation();
        QualifiedName name = table.name();
        if (tokens.at(Keyword.RENAME)) {
            return rename(kind, ObjectName.of(name), table.only(), ifExists, position);
        }
        if (tokens.acceptAll(Keyword.SET, Keyword.SCHEMA)) {
            String schema = grammar.names.columnId();
            return new SetSchema(kind, ObjectName.of(name), schema, ifExists, position);
        }
        if (kind == ObjectKind.SEQUENCE && !tokens.atAny(Keyword.OWNER, Keyword.SET)) {
            return sequence(name, ifExists, position);
        }
        List<AlterTableAction> list = actions.parseList();
        return new AlterTable(kind, name, table.only(), ifExists, list, position);
    }

    private Statement sequence(QualifiedName name, boolean ifExists, int position) {
        List<SequenceOption> options = grammar.sequences.options();
        if (options.isEmpty()) {
            throw tokens.syntaxError();
        }
        return new AlterSequence(name, ifExists, options, position);
    }

    private Statement rename(
            ObjectKind kind, ObjectName object, boolean only, boolean ifExists, int position) {
        tokens.expect(Keyword.RENAME);
        ObjectKind renamed = kind;
        String part = null;
        boolean hasColumns = kind != ObjectKind.INDEX && kind != ObjectKind.SEQUENCE;
        if (hasColumns && !tokens.at(Keyword.TO)) {
            renamed = ObjectKind.COLUMN;
            if (tokens.accept(Keyword.CONSTRAINT)) {
                renamed = ObjectKind.CONSTRAINT;
            } else {
                tokens.accept(Keyword.COLUMN);
            }
            part = grammar.names.columnId();
        }
        tokens.expect(Keyword.TO);
        String newName = grammar.names.columnId();
        return new Rename(
                renamed,
                kind,
                object,
                part,
                newName,
                only,
                ifExists,
                DropBehavior.RESTRICT,
                position);
    }

    private Statement database(int position) {
        int namePosition = tokens.position();
        String name = grammar.names.columnId();
        ObjectName object = ObjectName.of(QualifiedName.of(name, namePosition));
        if (tokens.atAll(Keyword.SET, Keyword.TABLESPACE)) {
            tokens.expectAll(Keyword.SET, Keyword.TABLESPACE);
            int start = tokens.position();
            Option option = new Option("tablespace", List.of(grammar.names.columnId()), start);
            return new AlterDatabase(name, List.of(option), position);
        }
        if (tokens.atAny(Keyword.SET, Keyword.RESET)) {
            return new AlterSetting(
                    ObjectKind.DATABASE, name, null, grammar.settings.objectSetting(), position);
        }
        Statement common = ownerOrName(ObjectKind.DATABASE, object, position);
        if (common != null) {
            return common;
        }
        if (tokens.at(Keyword.REFRESH)) {
            throw tokens.unsupported("ALTER DATABASE REFRESH", tokens.peek());
        }
        tokens.accept(Keyword.WITH);
        List<Option> options = new ArrayList<>();
        while (!tokens.atEnd()) {
            options.add(grammar.options.databaseOption());
        }
        return new AlterDatabase(name, options, position);
    }

    /// RENAME TO, OWNER TO and SET SCHEMA of anything; more is not supported.
    private Statement object(ObjectKind kind, Token word, int position) {
        ObjectName object = grammar.objects.name(kind);
        if (tokens.acceptAll(Keyword.SET, Keyword.SCHEMA)) {
            return new SetSchema(kind, object, grammar.names.columnId(), false, position);
        }
        Statement common = ownerOrName(kind, object, position);
        if (common == null) {
            if (tokens.atEnd()) {
                throw tokens.syntaxError();
            }
            throw tokens.unsupported(
                    "this form of ALTER " + kind.words().toUpperCase(Locale.ROOT), word);
        }
        return common;
    }

    private @Nullable Statement ownerOrName(ObjectKind kind, ObjectName object, int position) {
        if (tokens.acceptPhrase(Keyword.OWNER, Keyword.TO)) {
            return new ChangeOwner(kind, object, grammar.names.role(), position);
        }
        boolean parts = kind != ObjectKind.TYPE && kind != ObjectKind.DOMAIN;
        if (parts ? tokens.at(Keyword.RENAME) : tokens.atAll(Keyword.RENAME, Keyword.TO)) {
            return rename(kind, object, false, false, position);
        }
        return null;
    }
}
