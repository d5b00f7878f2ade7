package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Kinds of objects, and how objects of each kind are named in DROP, ALTER, COMMENT and GRANT.
final class ObjectParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    ObjectParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// Passes the words of a kind; null, and nothing passed, if none follows.
    @Nullable ObjectKind kind() {
        Token next = tokens.peek(1);
        return switch (tokens.peek().keyword()) {
            case MATERIALIZED -> {
                tokens.expectAll(Keyword.MATERIALIZED, Keyword.VIEW);
                yield ObjectKind.MATERIALIZED_VIEW;
            }
            case FOREIGN -> foreign(next);
            case EVENT -> next.is(Keyword.TRIGGER) ? words(2, ObjectKind.EVENT_TRIGGER) : null;
            case ACCESS -> next.is(Keyword.METHOD) ? words(2, ObjectKind.ACCESS_METHOD) : null;
            case TEXT -> next.is(Keyword.SEARCH) ? textSearch() : null;
            case PROCEDURAL -> next.is(Keyword.LANGUAGE) ? words(2, ObjectKind.LANGUAGE) : null;
            case null, default -> {
                ObjectKind kind = oneWord(tokens.peek().keyword());
                yield kind == null ? null : words(1, kind);
            }
        };
    }

    private static @Nullable ObjectKind oneWord(@Nullable Keyword keyword) {
        return switch (keyword) {
            case TABLE -> ObjectKind.TABLE;
            case INDEX -> ObjectKind.INDEX;
            case VIEW -> ObjectKind.VIEW;
            case SEQUENCE -> ObjectKind.SEQUENCE;
            case COLUMN -> ObjectKind.COLUMN;
            case CONSTRAINT -> ObjectKind.CONSTRAINT;
            case SCHEMA -> ObjectKind.SCHEMA;
            case DATABASE -> ObjectKind.DATABASE;
            case TYPE -> ObjectKind.TYPE;
            case DOMAIN -> ObjectKind.DOMAIN;
            case FUNCTION -> ObjectKind.FUNCTION;
            case PROCEDURE -> ObjectKind.PROCEDURE;
            case ROUTINE -> ObjectKind.ROUTINE;
            case AGGREGATE -> ObjectKind.AGGREGATE;
            case TRIGGER -> ObjectKind.TRIGGER;
            case RULE -> ObjectKind.RULE;
            case POLICY -> ObjectKind.POLICY;
            case ROLE -> ObjectKind.ROLE;
            case TABLESPACE -> ObjectKind.TABLESPACE;
            case EXTENSION -> ObjectKind.EXTENSION;
            case COLLATION -> ObjectKind.COLLATION;
            case CONVERSION -> ObjectKind.CONVERSION;
            case LANGUAGE -> ObjectKind.LANGUAGE;
            case STATISTICS -> ObjectKind.STATISTICS;
            case SERVER -> ObjectKind.SERVER;
            case PUBLICATION -> ObjectKind.PUBLICATION;
            case SUBSCRIPTION -> ObjectKind.SUBSCRIPTION;
            case null, default -> null;
        };
    }

    private ObjectKind words(int count, ObjectKind kind) {
        for (int i = 0; i < count; i++) {
            tokens.next();
        }
        return kind;
    }

    private @Nullable ObjectKind foreign(Token next) {
        if (next.is(Keyword.TABLE)) {
            return words(2, ObjectKind.FOREIGN_TABLE);
        }
        return next.is(Keyword.DATA) && tokens.peek(2).is(Keyword.WRAPPER)
                ? words(3, ObjectKind.FOREIGN_DATA_WRAPPER)
                : null;
    }

    private @Nullable ObjectKind textSearch() {
        return switch (tokens.peek(2).keyword()) {
            case CONFIGURATION -> words(3, ObjectKind.TEXT_SEARCH_CONFIGURATION);
            case DICTIONARY -> words(3, ObjectKind.TEXT_SEARCH_DICTIONARY);
            case PARSER -> words(3, ObjectKind.TEXT_SEARCH_PARSER);
            case TEMPLATE -> words(3, ObjectKind.TEXT_SEARCH_TEMPLATE);
            case null, default -> null;
        };
    }

    /// An object of the kind, with what belongs to its name: argument types, `ON table`.
    ObjectName name(ObjectKind kind) {
        return switch (kind) {
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> {
                QualifiedName name = functionName();
                boolean hasArguments = kind == ObjectKind.AGGREGATE || tokens.at("(");
                yield new ObjectName(name, hasArguments ? argumentTypes(kind) : null, null);
            }
            case TRIGGER, RULE, POLICY, CONSTRAINT -> {
                int position = tokens.position();
                QualifiedName name = QualifiedName.of(grammar.names.columnId(), position);
                tokens.expect(Keyword.ON);
                if (kind == ObjectKind.CONSTRAINT && tokens.at(Keyword.DOMAIN)) {
                    throw tokens.unsupported("constraint on a domain", tokens.peek());
                }
                yield new ObjectName(name, null, grammar.names.qualifiedName());
            }
            case TYPE, DOMAIN -> ObjectName.of(grammar.types.parse().name());
            default -> ObjectName.of(grammar.names.qualifiedName());
        };
    }

    List<ObjectName> names(ObjectKind kind) {
        List<ObjectName> names = new ArrayList<>();
        do {
            names.add(name(kind));
        } while (tokens.accept(","));
        return names;
    }

    private QualifiedName functionName() {
        if (tokens.peek(1).is(".")) {
            return grammar.names.qualifiedName();
        }
        int position = tokens.position();
        return QualifiedName.of(grammar.names.typeOrFunctionName(), position);
    }

    /// Types of a routine's arguments, but for those of results. An aggregate has an argument, or
    /// says `*`.
    private List<TypeName> argumentTypes(ObjectKind kind) {
        boolean isAggregate = kind == ObjectKind.AGGREGATE;
        tokens.expect("(");
        List<TypeName> types = new ArrayList<>();
        if (isAggregate ? tokens.accept("*") : tokens.at(")")) {
            tokens.expect(")");
            return types;
        }
        do {
            boolean isResult = tokens.accept(Keyword.OUT);
            if (!isResult && !tokens.accept(Keyword.IN) && !tokens.accept(Keyword.INOUT)) {
                tokens.accept(Keyword.VARIADIC);
            }
            if (atArgumentName()) {
                tokens.next();
            }
            TypeName type = grammar.types.parse();
            if (!isResult) {
                types.add(type);
            }
        } while (tokens.accept(","));
        tokens.expect(")");
        return types;
    }

    private boolean atArgumentName() {
        Token next = tokens.peek(1);
        return NameParser.isTypeOrFunctionName(tokens.peek())
                && !grammar.types.atKnown()
                && NameParser.isLabel(next)
                && !next.is(Keyword.ARRAY);
    }

    /// IF may be a name as well: IF NOT is not.
    boolean ifNotExists() {
        boolean found = tokens.acceptAll(Keyword.IF, Keyword.NOT);
        if (found) {
            tokens.expect(Keyword.EXISTS);
        }
        return found;
    }

    boolean ifExists() {
        return tokens.acceptAll(Keyword.IF, Keyword.EXISTS);
    }

    /// CASCADE or RESTRICT, if it follows.
    DropBehavior dropBehavior() {
        if (tokens.accept(Keyword.CASCADE)) {
            return DropBehavior.CASCADE;
        }
        tokens.accept(Keyword.RESTRICT);
        return DropBehavior.RESTRICT;
    }
}
