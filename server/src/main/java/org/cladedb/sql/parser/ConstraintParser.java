package org.cladedb.sql.parser;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ColumnConstraint;
import org.cladedb.sql.ast.ConstraintAttributes;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ForeignKeyReference;
import org.cladedb.sql.ast.ForeignKeyReference.MatchType;
import org.cladedb.sql.ast.ForeignKeyReference.ReferentialAction;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.sql.parser.ConstraintAttributeParser.Kind;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Constraints, of columns and of tables.
final class ConstraintParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    final ConstraintAttributeParser attributes;

    ConstraintParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.attributes = new ConstraintAttributeParser(grammar.tokens);
    }

    /// The constraint of a column that follows, or null if none does.
    @Nullable ColumnConstraint columnConstraint() {
        int position = tokens.position();
        String name = tokens.accept(Keyword.CONSTRAINT) ? grammar.names.columnId() : null;
        Token token = tokens.peek();
        if (token.is(Keyword.GROUPING)) {
            tokens.next();
            tokens.expect(Keyword.REFERENCES);
            return references(name, true, position);
        }
        ColumnConstraint constraint =
                switch (token.keyword()) {
                    case NOT -> notNull(name, position);
                    case NULL -> {
                        tokens.next();
                        yield new ColumnConstraint.ExplicitNull(name, position);
                    }
                    case DEFAULT -> {
                        tokens.next();
                        Expression value = grammar.expressions.parseRestricted();
                        yield new ColumnConstraint.Default(name, value, position);
                    }
                    case PRIMARY, UNIQUE -> key(name, position);
                    case CHECK -> {
                        Expression condition = checkCondition();
                        yield new ColumnConstraint.Check(
                                name, condition, attributes.ofColumn(Kind.CHECK), position);
                    }
                    case REFERENCES -> {
                        tokens.next();
                        yield references(name, false, position);
                    }
                    case GENERATED -> generated(name, position);
                    case null, default -> null;
                };
        if (constraint == null && name != null) {
            throw tokens.syntaxError();
        }
        attributes.ofColumn(Kind.NONE);
        return constraint;
    }

    private ColumnConstraint references(@Nullable String name, boolean grouping, int position) {
        ForeignKeyReference reference = reference(grouping);
        return new ColumnConstraint.References(
                name, reference, attributes.ofColumn(Kind.FOREIGN_KEY), position);
    }

    private ColumnConstraint notNull(@Nullable String name, int position) {
        tokens.expectAll(Keyword.NOT, Keyword.NULL);
        return new ColumnConstraint.NotNull(name, attributes.ofColumn(Kind.NOT_NULL), position);
    }

    private ColumnConstraint key(@Nullable String name, int position) {
        boolean primary = tokens.accept(Keyword.PRIMARY);
        tokens.expect(primary ? Keyword.KEY : Keyword.UNIQUE);
        boolean nullsNotDistinct = !primary && grammar.indexes.nullsNotDistinct();
        List<Option> options =
                tokens.accept(Keyword.WITH) ? grammar.options.relationOptions() : List.of();
        String tablespace = indexTablespace();
        ConstraintAttributes given = attributes.ofColumn(primary ? Kind.PRIMARY_KEY : Kind.UNIQUE);
        return primary
                ? new ColumnConstraint.PrimaryKey(name, options, tablespace, given, position)
                : new ColumnConstraint.Unique(
                        name, nullsNotDistinct, options, tablespace, given, position);
    }

    private @Nullable String indexTablespace() {
        return tokens.acceptAll(Keyword.USING, Keyword.INDEX, Keyword.TABLESPACE)
                ? grammar.names.columnId()
                : null;
    }

    private Expression checkCondition() {
        tokens.expect(Keyword.CHECK);
        tokens.expect("(");
        Expression condition = grammar.expressions.parse();
        tokens.expect(")");
        return condition;
    }

    private ColumnConstraint generated(@Nullable String name, int position) {
        tokens.expect(Keyword.GENERATED);
        int when = tokens.position();
        boolean always = generatedAlways();
        tokens.expect(Keyword.AS);
        if (tokens.accept(Keyword.IDENTITY)) {
            return new ColumnConstraint.Identity(
                    name, always, grammar.sequences.optionalParenthesizedOptions(), position);
        }
        tokens.expect("(");
        if (!always) {
            throw TokenStream.complaint(
                    "for a generated column, GENERATED ALWAYS must be specified", when);
        }
        Expression expression = grammar.expressions.parse();
        tokens.expect(")");
        boolean stored = tokens.accept(Keyword.STORED);
        if (!stored) {
            tokens.accept(Keyword.VIRTUAL);
        }
        return new ColumnConstraint.Generated(name, expression, stored, position);
    }

    /// ALWAYS or BY DEFAULT.
    boolean generatedAlways() {
        if (tokens.accept(Keyword.ALWAYS)) {
            return true;
        }
        tokens.expectAll(Keyword.BY, Keyword.DEFAULT);
        return false;
    }

    /// Whether a table constraint starts here, and not a column.
    boolean atTableConstraint() {
        return tokens.atAny(
                        Keyword.CONSTRAINT,
                        Keyword.CHECK,
                        Keyword.UNIQUE,
                        Keyword.PRIMARY,
                        Keyword.FOREIGN)
                || (tokens.at(Keyword.EXCLUDE) && tokens.peek(1).is(Keyword.USING))
                || tokens.atAll(Keyword.GROUPING, Keyword.FOREIGN)
                || tokens.atAll(Keyword.NOT, Keyword.NULL);
    }

    TableConstraint tableConstraint() {
        int position = tokens.position();
        String name = tokens.accept(Keyword.CONSTRAINT) ? grammar.names.columnId() : null;
        Token token = tokens.peek();
        return switch (token.keyword()) {
            case CHECK -> {
                Expression condition = checkCondition();
                yield new TableConstraint.Check(
                        name, condition, attributes.ofTable(Kind.CHECK), position);
            }
            case PRIMARY, UNIQUE -> tableKey(name, position);
            case FOREIGN, GROUPING -> foreignKey(name, position);
            case NOT -> {
                tokens.expectAll(Keyword.NOT, Keyword.NULL);
                String column = grammar.names.columnId();
                yield new TableConstraint.NotNull(
                        name, column, attributes.ofTable(Kind.NOT_NULL), position);
            }
            case EXCLUDE -> throw tokens.unsupported("EXCLUDE constraint", token);
            case null, default -> throw tokens.syntaxError();
        };
    }

    private TableConstraint tableKey(@Nullable String name, int position) {
        boolean primary = tokens.accept(Keyword.PRIMARY);
        tokens.expect(primary ? Keyword.KEY : Keyword.UNIQUE);
        boolean nullsNotDistinct = !primary && grammar.indexes.nullsNotDistinct();
        List<String> columns = List.of();
        List<String> include = List.of();
        List<Option> options = List.of();
        String tablespace = null;
        String usingIndex = null;
        if (tokens.acceptPhrase(Keyword.USING, Keyword.INDEX)) {
            usingIndex = grammar.names.columnId();
        } else {
            columns = grammar.names.parenthesizedColumns();
            if (tokens.accept(Keyword.INCLUDE)) {
                include = grammar.names.parenthesizedColumns();
            }
            if (tokens.accept(Keyword.WITH)) {
                options = grammar.options.relationOptions();
            }
            tablespace = indexTablespace();
        }
        return new TableConstraint.Key(
                name,
                primary,
                nullsNotDistinct,
                columns,
                include,
                options,
                tablespace,
                usingIndex,
                attributes.ofTable(primary ? Kind.PRIMARY_KEY : Kind.UNIQUE),
                position);
    }

    private TableConstraint foreignKey(@Nullable String name, int position) {
        boolean grouping = tokens.accept(Keyword.GROUPING);
        tokens.expectAll(Keyword.FOREIGN, Keyword.KEY);
        List<String> columns = grammar.names.parenthesizedColumns();
        tokens.expect(Keyword.REFERENCES);
        ForeignKeyReference reference = reference(grouping);
        return new TableConstraint.ForeignKey(
                name, columns, reference, attributes.ofTable(Kind.FOREIGN_KEY), position);
    }

    /// What follows REFERENCES.
    private ForeignKeyReference reference(boolean grouping) {
        QualifiedName table = grammar.names.qualifiedName();
        List<String> columns = grammar.names.optionalParenthesizedColumns();
        MatchType match = match();
        ReferentialAction onDelete = ReferentialAction.NO_ACTION;
        ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
        List<String> onDeleteColumns = List.of();
        while (tokens.accept(Keyword.ON)) {
            if (tokens.accept(Keyword.UPDATE)) {
                onUpdate = action();
            } else {
                tokens.expect(Keyword.DELETE);
                onDelete = action();
                onDeleteColumns = grammar.names.optionalParenthesizedColumns();
            }
        }
        return new ForeignKeyReference(
                grouping, table, columns, match, onDelete, onDeleteColumns, onUpdate);
    }

    private MatchType match() {
        if (!tokens.accept(Keyword.MATCH)) {
            return MatchType.SIMPLE;
        }
        if (tokens.accept(Keyword.FULL)) {
            return MatchType.FULL;
        }
        if (tokens.at(Keyword.PARTIAL)) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented")
                    .at(tokens.position());
        }
        tokens.expect(Keyword.SIMPLE);
        return MatchType.SIMPLE;
    }

    private ReferentialAction action() {
        if (tokens.accept(Keyword.RESTRICT)) {
            return ReferentialAction.RESTRICT;
        }
        if (tokens.accept(Keyword.CASCADE)) {
            return ReferentialAction.CASCADE;
        }
        if (tokens.accept(Keyword.NO)) {
            tokens.expect(Keyword.ACTION);
            return ReferentialAction.NO_ACTION;
        }
        tokens.expect(Keyword.SET);
        if (tokens.accept(Keyword.NULL)) {
            return ReferentialAction.SET_NULL;
        }
        tokens.expect(Keyword.DEFAULT);
        return ReferentialAction.SET_DEFAULT;
    }
}
