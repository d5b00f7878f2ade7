package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.MaintenanceStatement.Analyze;
import org.cladedb.sql.ast.MaintenanceStatement.Checkpoint;
import org.cladedb.sql.ast.MaintenanceStatement.Cluster;
import org.cladedb.sql.ast.MaintenanceStatement.Discard;
import org.cladedb.sql.ast.MaintenanceStatement.DiscardTarget;
import org.cladedb.sql.ast.MaintenanceStatement.Reindex;
import org.cladedb.sql.ast.MaintenanceStatement.TableAndColumns;
import org.cladedb.sql.ast.MaintenanceStatement.Vacuum;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement.CreateTableAs;
import org.cladedb.sql.ast.TableStatement.Persistence;
import org.cladedb.sql.ast.TableStatement.RefreshMaterializedView;
import org.cladedb.sql.words.Keyword;

/// EXPLAIN, and the upkeep of tables: ANALYZE, VACUUM, REINDEX, CLUSTER, REFRESH, …
final class MaintenanceParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    MaintenanceParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement explain() {
        int position = tokens.expect(Keyword.EXPLAIN).start();
        List<Option> options = new ArrayList<>();
        if (tokens.at("(") && !atParenthesizedQuery()) {
            options.addAll(grammar.options.utilityOptions());
        } else {
            flag(options, Keyword.ANALYZE, "analyze");
            flag(options, Keyword.ANALYSE, "analyze");
            flag(options, Keyword.VERBOSE, "verbose");
        }
        return new Explain(options, explained(), position);
    }

    private boolean atParenthesizedQuery() {
        return tokens.peek(1).is("(") || QueryParser.startsQuery(tokens.peek(1), tokens.peek(2));
    }

    private Statement explained() {
        if (tokens.at(Keyword.EXECUTE)) {
            return grammar.prepared.execute();
        }
        if (tokens.at(Keyword.DECLARE)) {
            return new CursorParser(grammar).declare();
        }
        if (tokens.at(Keyword.CREATE)) {
            return explainedCreate();
        }
        if (!grammar.modifications.atPreparable()) {
            throw tokens.syntaxError();
        }
        return grammar.modifications.preparable();
    }

    /// Of all CREATE statements only those with a query can be explained.
    private Statement explainedCreate() {
        Token create = tokens.next();
        Statement statement = grammar.tables.create(Persistence.PERMANENT, create.start());
        if (statement instanceof CreateTableAs) {
            return statement;
        }
        throw tokens.unsupported("EXPLAIN of CREATE TABLE without a query", create);
    }

    Statement parse() {
        Token word = tokens.next();
        int position = word.start();
        return switch (word.keyword()) {
            case ANALYZE, ANALYSE -> analyze(position);
            case VACUUM -> vacuum(position);
            case REINDEX -> reindex(position);
            case CLUSTER -> cluster(position);
            case REFRESH -> refresh(position);
            case CHECKPOINT -> new Checkpoint(position);
            case DISCARD -> discard(position);
            case null, default -> throw tokens.syntaxError(word);
        };
    }

    private void flag(List<Option> options, Keyword keyword, String name) {
        int position = tokens.position();
        if (tokens.accept(keyword)) {
            options.add(new Option(name, List.of(), position));
        }
    }

    private Statement analyze(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.at("(")) {
            options.addAll(grammar.options.utilityOptions());
        } else {
            flag(options, Keyword.VERBOSE, "verbose");
        }
        return new Analyze(options, tables(), position);
    }

    private Statement vacuum(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.at("(")) {
            options.addAll(grammar.options.utilityOptions());
        } else {
            flag(options, Keyword.FULL, "full");
            flag(options, Keyword.FREEZE, "freeze");
            flag(options, Keyword.VERBOSE, "verbose");
            flag(options, Keyword.ANALYZE, "analyze");
            flag(options, Keyword.ANALYSE, "analyze");
        }
        return new Vacuum(options, tables(), position);
    }

    private List<TableAndColumns> tables() {
        List<TableAndColumns> tables = new ArrayList<>();
        if (tokens.atEnd()) {
            return tables;
        }
        do {
            QualifiedName name = grammar.fromItems.relation().name();
            tables.add(new TableAndColumns(name, grammar.names.optionalParenthesizedColumns()));
        } while (tokens.accept(","));
        return tables;
    }

    private Statement reindex(int position) {
        List<Option> options = tokens.at("(") ? grammar.options.utilityOptions() : List.of();
        Token word = tokens.next();
        ObjectKind kind =
                switch (word.keyword()) {
                    case INDEX -> ObjectKind.INDEX;
                    case TABLE -> ObjectKind.TABLE;
                    case SCHEMA -> ObjectKind.SCHEMA;
                    case DATABASE -> ObjectKind.DATABASE;
                    case SYSTEM -> null;
                    case null, default -> throw tokens.syntaxError(word);
                };
        boolean concurrently = tokens.accept(Keyword.CONCURRENTLY);
        boolean nameOptional = kind == null || kind == ObjectKind.DATABASE;
        QualifiedName name = nameOptional && tokens.atEnd() ? null : grammar.names.qualifiedName();
        return new Reindex(kind, name, concurrently, options, position);
    }

    private Statement cluster(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.at("(")) {
            options.addAll(grammar.options.utilityOptions());
        } else {
            flag(options, Keyword.VERBOSE, "verbose");
        }
        if (tokens.atEnd()) {
            return new Cluster(null, null, options, position);
        }
        QualifiedName first = grammar.names.qualifiedName();
        if (tokens.accept(Keyword.ON)) {
            QualifiedName table = grammar.names.qualifiedName();
            return new Cluster(table, first.last(), options, position);
        }
        String index = tokens.accept(Keyword.USING) ? grammar.names.columnId() : null;
        return new Cluster(first, index, options, position);
    }

    private Statement refresh(int position) {
        tokens.expectAll(Keyword.MATERIALIZED, Keyword.VIEW);
        boolean concurrently = tokens.accept(Keyword.CONCURRENTLY);
        QualifiedName name = grammar.names.qualifiedName();
        return new RefreshMaterializedView(name, concurrently, grammar.tables.withData(), position);
    }

    private Statement discard(int position) {
        Token word = tokens.next();
        DiscardTarget target =
                switch (word.keyword()) {
                    case ALL -> DiscardTarget.ALL;
                    case PLANS -> DiscardTarget.PLANS;
                    case SEQUENCES -> DiscardTarget.SEQUENCES;
                    case TEMP, TEMPORARY -> DiscardTarget.TEMPORARY;
                    case null, default -> throw tokens.syntaxError(word);
                };
        return new Discard(target, position);
    }
}
