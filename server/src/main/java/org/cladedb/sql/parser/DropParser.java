package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SchemaStatement.Drop;
import org.cladedb.sql.ast.SchemaStatement.DropDatabase;
import org.cladedb.sql.ast.SchemaStatement.DropGroup;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.ast.TableStatement.Truncate;
import org.cladedb.sql.ast.TableStatement.TruncatedTable;
import org.cladedb.sql.words.Keyword;

/// DROP and TRUNCATE.
final class DropParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    DropParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement parse() {
        int position = tokens.expect(Keyword.DROP).start();
        Token token = tokens.peek();
        if (token.is(Keyword.GROUP)) {
            return group(position);
        }
        if (tokens.atAll(Keyword.USER, Keyword.MAPPING)) {
            throw tokens.unsupported("DROP USER MAPPING", token);
        }
        if (tokens.atAny(Keyword.ROLE, Keyword.USER)) {
            return grammar.roles.drop(position);
        }
        if (token.is(Keyword.OWNED)) {
            return grammar.roles.dropOwned(position);
        }
        if (tokens.atAny(Keyword.CAST, Keyword.OPERATOR, Keyword.TRANSFORM)) {
            throw tokens.unsupported("DROP " + token.text().toUpperCase(Locale.ROOT), token);
        }
        if (tokens.atAny(Keyword.COLUMN, Keyword.CONSTRAINT)) {
            throw tokens.syntaxError();
        }
        ObjectKind kind = grammar.objects.kind();
        if (kind == null) {
            throw tokens.syntaxError();
        }
        return kind == ObjectKind.DATABASE ? database(position) : objects(kind, position);
    }

    private Statement objects(ObjectKind kind, int position) {
        boolean concurrently = kind == ObjectKind.INDEX && tokens.accept(Keyword.CONCURRENTLY);
        boolean ifExists = grammar.objects.ifExists();
        List<ObjectName> names = grammar.objects.names(kind);
        DropBehavior behavior = grammar.objects.dropBehavior();
        return new Drop(kind, names, ifExists, concurrently, behavior, position);
    }

    private Statement group(int position) {
        tokens.expect(Keyword.GROUP);
        boolean ifExists = grammar.objects.ifExists();
        QualifiedName root = grammar.names.qualifiedName();
        return new DropGroup(root, ifExists, grammar.objects.dropBehavior(), position);
    }

    private Statement database(int position) {
        boolean ifExists = grammar.objects.ifExists();
        String name = grammar.names.columnId();
        tokens.accept(Keyword.WITH);
        boolean force = false;
        if (tokens.accept("(")) {
            do {
                tokens.expect(Keyword.FORCE);
                force = true;
            } while (tokens.accept(","));
            tokens.expect(")");
        }
        return new DropDatabase(name, ifExists, force, position);
    }

    Statement truncate() {
        int position = tokens.expect(Keyword.TRUNCATE).start();
        tokens.accept(Keyword.TABLE);
        List<TruncatedTable> tables = new ArrayList<>();
        do {
            NamedTable table = grammar.fromItems.relation();
            tables.add(new TruncatedTable(table.name(), table.only()));
        } while (tokens.accept(","));
        boolean restart = tokens.acceptPhrase(Keyword.RESTART, Keyword.IDENTITY);
        if (!restart) {
            tokens.acceptPhrase(Keyword.CONTINUE, Keyword.IDENTITY);
        }
        return new Truncate(tables, restart, grammar.objects.dropBehavior(), position);
    }
}
