package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cladedb.sql.ast.ColumnConstraint;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableElement;
import org.cladedb.sql.ast.TableElement.ColumnDefinition;
import org.cladedb.sql.ast.TableElement.LikeOption;
import org.cladedb.sql.ast.TableStatement.CreateTable;
import org.cladedb.sql.ast.TableStatement.CreateTableAs;
import org.cladedb.sql.ast.TableStatement.OnCommit;
import org.cladedb.sql.ast.TableStatement.Persistence;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// CREATE TABLE and CREATE TABLE AS.
final class TableParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    TableParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// From TABLE on.
    Statement create(Persistence persistence, int position) {
        tokens.expect(Keyword.TABLE);
        boolean ifNotExists = grammar.objects.ifNotExists();
        QualifiedName name = grammar.names.qualifiedName();
        if (tokens.at(Keyword.OF)) {
            throw tokens.unsupported("CREATE TABLE OF", tokens.peek());
        }
        if (tokens.at(Keyword.PARTITION)) {
            throw tokens.unsupported("PARTITION OF", tokens.peek());
        }
        if (!tokens.at("(") || atColumnNamesOnly()) {
            return createAs(name, ifNotExists, persistence, false, position);
        }
        List<TableElement> elements = elements();
        if (tokens.at(Keyword.INHERITS)) {
            throw tokens.unsupported("INHERITS", tokens.peek());
        }
        if (tokens.at(Keyword.PARTITION)) {
            throw tokens.unsupported("PARTITION BY", tokens.peek());
        }
        String method = accessMethod();
        List<Option> options = options();
        OnCommit onCommit = onCommit();
        return new CreateTable(
                name,
                ifNotExists,
                persistence,
                elements,
                options,
                onCommit,
                optionalTablespace(),
                method,
                position);
    }

    /// The rest of CREATE TABLE AS or CREATE MATERIALIZED VIEW, from the column names on.
    Statement createAs(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            boolean materializedView,
            int position) {
        List<String> columns = grammar.names.optionalParenthesizedColumns();
        String method = accessMethod();
        List<Option> options = options();
        OnCommit onCommit = materializedView ? OnCommit.PRESERVE_ROWS : onCommit();
        String tablespace = optionalTablespace();
        tokens.expect(Keyword.AS);
        Statement query =
                tokens.at(Keyword.EXECUTE) && !materializedView
                        ? grammar.prepared.execute()
                        : grammar.queries.parse();
        return new CreateTableAs(
                name,
                ifNotExists,
                persistence,
                materializedView,
                columns,
                options,
                onCommit,
                tablespace,
                method,
                query,
                withData(),
                position);
    }

    /// Whether `(a)` or `(a, b` follows: names without types.
    private boolean atColumnNamesOnly() {
        return NameParser.isColumnId(tokens.peek(1))
                && (tokens.peek(2).is(",") || tokens.peek(2).is(")"));
    }

    boolean withData() {
        if (!tokens.accept(Keyword.WITH)) {
            return true;
        }
        boolean no = tokens.accept(Keyword.NO);
        tokens.expect(Keyword.DATA);
        return !no;
    }

    private @Nullable String accessMethod() {
        return tokens.accept(Keyword.USING) ? grammar.names.columnId() : null;
    }

    private List<Option> options() {
        if (tokens.acceptAll(Keyword.WITHOUT, Keyword.OIDS)) {
            return List.of();
        }
        return tokens.accept(Keyword.WITH) ? grammar.options.relationOptions() : List.of();
    }

    private OnCommit onCommit() {
        if (!tokens.acceptAll(Keyword.ON, Keyword.COMMIT)) {
            return OnCommit.PRESERVE_ROWS;
        }
        if (tokens.accept(Keyword.DROP)) {
            return OnCommit.DROP;
        }
        boolean delete = tokens.accept(Keyword.DELETE);
        if (!delete) {
            tokens.expect(Keyword.PRESERVE);
        }
        tokens.expect(Keyword.ROWS);
        return delete ? OnCommit.DELETE_ROWS : OnCommit.PRESERVE_ROWS;
    }

    @Nullable String optionalTablespace() {
        return tokens.accept(Keyword.TABLESPACE) ? grammar.names.columnId() : null;
    }

    private List<TableElement> elements() {
        tokens.expect("(");
        List<TableElement> elements = new ArrayList<>();
        if (tokens.accept(")")) {
            return elements;
        }
        do {
            elements.add(element());
        } while (tokens.accept(","));
        tokens.expect(")");
        return elements;
    }

    private TableElement element() {
        int position = tokens.position();
        if (tokens.at(Keyword.LIKE)) {
            return like(position);
        }
        if (grammar.constraints.atTableConstraint()) {
            return new TableElement.ConstraintElement(
                    grammar.constraints.tableConstraint(), position);
        }
        return column();
    }

    private TableElement like(int position) {
        tokens.expect(Keyword.LIKE);
        QualifiedName source = grammar.names.qualifiedName();
        Set<LikeOption> including = EnumSet.noneOf(LikeOption.class);
        while (tokens.atAny(Keyword.INCLUDING, Keyword.EXCLUDING)) {
            boolean include = tokens.next().is(Keyword.INCLUDING);
            Set<LikeOption> named = likeOptions();
            if (include) {
                including.addAll(named);
            } else {
                including.removeAll(named);
            }
        }
        return new TableElement.LikeElement(source, including, position);
    }

    private Set<LikeOption> likeOptions() {
        Token token = tokens.next();
        return switch (token.keyword()) {
            case COMMENTS -> Set.of(LikeOption.COMMENTS);
            case COMPRESSION -> Set.of(LikeOption.COMPRESSION);
            case CONSTRAINTS -> Set.of(LikeOption.CONSTRAINTS);
            case DEFAULTS -> Set.of(LikeOption.DEFAULTS);
            case GENERATED -> Set.of(LikeOption.GENERATED);
            case IDENTITY -> Set.of(LikeOption.IDENTITY);
            case INDEXES -> Set.of(LikeOption.INDEXES);
            case STATISTICS -> Set.of(LikeOption.STATISTICS);
            case STORAGE -> Set.of(LikeOption.STORAGE);
            case ALL -> EnumSet.allOf(LikeOption.class);
            case null, default -> throw tokens.syntaxError(token);
        };
    }

    /// `name type [COLLATE c] constraints`
    ColumnDefinition column() {
        int position = tokens.position();
        String name = grammar.names.columnId();
        TypeName type = grammar.types.parse();
        String storage = tokens.accept(Keyword.STORAGE) ? wordOrDefault() : null;
        String compression = tokens.accept(Keyword.COMPRESSION) ? wordOrDefault() : null;
        QualifiedName collation = null;
        List<ColumnConstraint> constraints = new ArrayList<>();
        while (true) {
            if (tokens.at(Keyword.COLLATE)) {
                Token word = tokens.peek();
                if (collation != null) {
                    throw TokenStream.complaint(
                            "multiple COLLATE clauses not allowed", word.start());
                }
                collation = grammar.names.optionalCollation();
                continue;
            }
            ColumnConstraint constraint = grammar.constraints.columnConstraint();
            if (constraint == null) {
                return new ColumnDefinition(
                        name, type, storage, compression, collation, constraints, position);
            }
            constraints.add(constraint);
        }
    }

    private String wordOrDefault() {
        return tokens.at(Keyword.DEFAULT) ? tokens.next().text() : grammar.names.columnId();
    }
}
