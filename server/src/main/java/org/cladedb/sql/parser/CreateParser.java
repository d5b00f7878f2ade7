package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.SchemaStatement.CreateDatabase;
import org.cladedb.sql.ast.SchemaStatement.CreateExtension;
import org.cladedb.sql.ast.SchemaStatement.CreateSchema;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement.CheckOption;
import org.cladedb.sql.ast.TableStatement.CreateSequence;
import org.cladedb.sql.ast.TableStatement.CreateView;
import org.cladedb.sql.ast.TableStatement.Persistence;
import org.cladedb.sql.words.Keyword;

/// CREATE, by kind; tables, indexes and roles have parsers of their own.
final class CreateParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    CreateParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement parse() {
        int position = tokens.expect(Keyword.CREATE).start();
        boolean orReplace = tokens.acceptPhrase(Keyword.OR, Keyword.REPLACE);
        Persistence persistence = persistence();
        Token token = tokens.peek();
        if (token.is(Keyword.VIEW)) {
            return view(orReplace, persistence, position);
        }
        if (token.is(Keyword.RECURSIVE)) {
            throw tokens.unsupported("CREATE RECURSIVE VIEW", token);
        }
        if (orReplace) {
            throw unsupportedKind(token);
        }
        if (token.is(Keyword.TABLE)) {
            return grammar.tables.create(persistence, position);
        }
        if (token.is(Keyword.SEQUENCE)) {
            return sequence(persistence, position);
        }
        if (token.is(Keyword.MATERIALIZED)) {
            return materializedView(persistence, position);
        }
        if (persistence != Persistence.PERMANENT) {
            throw tokens.syntaxError();
        }
        return permanent(token, position);
    }

    private Statement permanent(Token token, int position) {
        return switch (token.keyword()) {
            case UNIQUE, INDEX -> grammar.indexes.create(position);
            case SCHEMA -> schema(position);
            case DATABASE -> database(position);
            case EXTENSION -> extension(position);
            case ROLE, USER, GROUP -> grammar.roles.create(position);
            case null, default -> throw unsupportedKind(token);
        };
    }

    private Persistence persistence() {
        if (!tokens.accept(Keyword.GLOBAL)) {
            tokens.accept(Keyword.LOCAL);
        }
        if (tokens.accept(Keyword.TEMPORARY) || tokens.accept(Keyword.TEMP)) {
            return Persistence.TEMPORARY;
        }
        return tokens.accept(Keyword.UNLOGGED) ? Persistence.UNLOGGED : Persistence.PERMANENT;
    }

    /// What PostgreSQL creates and this server does not is named; anything else is no SQL.
    private RuntimeException unsupportedKind(Token token) {
        if (token.keyword() == null) {
            return tokens.syntaxError(token);
        }
        String words = token.text().toUpperCase(Locale.ROOT);
        return switch (token.keyword()) {
            case FUNCTION,
                    PROCEDURE,
                    TRIGGER,
                    TYPE,
                    DOMAIN,
                    AGGREGATE,
                    OPERATOR,
                    RULE,
                    POLICY,
                    CAST,
                    COLLATION,
                    CONVERSION,
                    LANGUAGE,
                    PUBLICATION,
                    SUBSCRIPTION,
                    SERVER,
                    STATISTICS,
                    TABLESPACE,
                    TRANSFORM,
                    TRUSTED,
                    PROCEDURAL,
                    DEFAULT ->
                    tokens.unsupported("CREATE " + words, token);
            case CONSTRAINT, EVENT, FOREIGN, TEXT, ACCESS ->
                    tokens.unsupported(
                            "CREATE "
                                    + words
                                    + " "
                                    + tokens.peek(1).text().toUpperCase(Locale.ROOT),
                            token);
            default -> tokens.syntaxError(token);
        };
    }

    private Statement view(boolean orReplace, Persistence persistence, int position) {
        tokens.expect(Keyword.VIEW);
        if (persistence == Persistence.UNLOGGED) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "views cannot be unlogged because they do not have storage");
        }
        QualifiedName name = grammar.names.qualifiedName();
        List<String> columns = grammar.names.optionalParenthesizedColumns();
        List<Option> options =
                tokens.accept(Keyword.WITH) ? grammar.options.relationOptions() : List.of();
        tokens.expect(Keyword.AS);
        int start = tokens.position();
        SelectStatement query = grammar.queries.parse();
        int end = tokens.previousEnd();
        return new CreateView(
                name,
                orReplace,
                persistence,
                columns,
                options,
                query,
                start,
                end,
                checkOption(),
                position);
    }

    private CheckOption checkOption() {
        if (!tokens.accept(Keyword.WITH)) {
            return CheckOption.NONE;
        }
        boolean local = tokens.accept(Keyword.LOCAL);
        if (!local) {
            tokens.accept(Keyword.CASCADED);
        }
        tokens.expectAll(Keyword.CHECK, Keyword.OPTION);
        return local ? CheckOption.LOCAL : CheckOption.CASCADED;
    }

    private Statement materializedView(Persistence persistence, int position) {
        tokens.expectAll(Keyword.MATERIALIZED, Keyword.VIEW);
        boolean ifNotExists = grammar.objects.ifNotExists();
        QualifiedName name = grammar.names.qualifiedName();
        return grammar.tables.createAs(name, ifNotExists, persistence, true, position);
    }

    private Statement sequence(Persistence persistence, int position) {
        tokens.expect(Keyword.SEQUENCE);
        boolean ifNotExists = grammar.objects.ifNotExists();
        QualifiedName name = grammar.names.qualifiedName();
        List<SequenceOption> options = grammar.sequences.options();
        return new CreateSequence(name, ifNotExists, persistence, options, position);
    }

    private Statement schema(int position) {
        tokens.expect(Keyword.SCHEMA);
        boolean ifNotExists = grammar.objects.ifNotExists();
        String name = tokens.at(Keyword.AUTHORIZATION) ? null : grammar.names.columnId();
        RoleName owner = tokens.accept(Keyword.AUTHORIZATION) ? grammar.names.role() : null;
        if (name == null && owner == null) {
            throw tokens.syntaxError();
        }
        List<Statement> elements = new ArrayList<>();
        while (tokens.atAny(Keyword.CREATE, Keyword.GRANT)) {
            if (tokens.peek(1).is(Keyword.SCHEMA)) {
                throw tokens.syntaxError(tokens.peek(1));
            }
            elements.add(tokens.at(Keyword.CREATE) ? parse() : grammar.privileges.grant());
        }
        return new CreateSchema(name, ifNotExists, owner, elements, position);
    }

    private Statement database(int position) {
        tokens.expect(Keyword.DATABASE);
        String name = grammar.names.columnId();
        tokens.accept(Keyword.WITH);
        List<Option> options = new ArrayList<>();
        while (!tokens.atEnd()) {
            options.add(grammar.options.databaseOption());
        }
        return new CreateDatabase(name, options, position);
    }

    private Statement extension(int position) {
        tokens.expect(Keyword.EXTENSION);
        boolean ifNotExists = grammar.objects.ifNotExists();
        String name = grammar.names.columnId();
        tokens.accept(Keyword.WITH);
        List<Option> options = new ArrayList<>();
        while (tokens.atAny(Keyword.SCHEMA, Keyword.VERSION, Keyword.CASCADE)) {
            Token word = tokens.next();
            List<String> values =
                    word.is(Keyword.CASCADE)
                            ? List.of()
                            : List.of(grammar.names.nonReservedWordOrString());
            options.add(new Option(word.text(), values, word.start()));
        }
        return new CreateExtension(name, ifNotExists, options, position);
    }
}
