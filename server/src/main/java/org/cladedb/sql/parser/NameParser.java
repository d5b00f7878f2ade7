package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Names: which words may stand where.
final class NameParser {
    private final TokenStream tokens;

    NameParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// Whether the token may name a table, column or alias.
    static boolean isColumnId(Token token) {
        Keyword keyword = token.keyword();
        return token.is(TokenKind.IDENTIFIER) || (keyword != null && keyword.isColumnId());
    }

    static boolean isTypeOrFunctionName(Token token) {
        Keyword keyword = token.keyword();
        return token.is(TokenKind.IDENTIFIER)
                || (keyword != null && keyword.isTypeOrFunctionName());
    }

    /// Whether the token may follow AS or a dot.
    static boolean isLabel(Token token) {
        return token.is(TokenKind.IDENTIFIER) || token.is(TokenKind.KEYWORD);
    }

    /// Whether the token may name an output column without AS.
    static boolean isBareLabel(Token token) {
        Keyword keyword = token.keyword();
        return token.is(TokenKind.IDENTIFIER) || (keyword != null && keyword.isBareLabel());
    }

    /// A table's, column's or alias' name.
    String columnId() {
        if (!isColumnId(tokens.peek())) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    String typeOrFunctionName() {
        if (!isTypeOrFunctionName(tokens.peek())) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    String label() {
        if (!isLabel(tokens.peek())) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    /// A word that is not reserved: the names of options, languages, …
    String nonReservedWord() {
        Keyword keyword = tokens.peek().keyword();
        if (!tokens.at(TokenKind.IDENTIFIER)
                && (keyword == null || keyword.category() == Keyword.Category.RESERVED)) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    String nonReservedWordOrString() {
        return tokens.at(TokenKind.STRING) ? tokens.next().text() : nonReservedWord();
    }

    String string() {
        return tokens.expect(TokenKind.STRING).text();
    }

    /// `name`, `schema.name`, `catalog.schema.name`.
    QualifiedName qualifiedName() {
        int position = tokens.position();
        List<String> parts = new ArrayList<>();
        parts.add(columnId());
        while (tokens.accept(".")) {
            parts.add(label());
        }
        return new QualifiedName(parts, position);
    }

    List<QualifiedName> qualifiedNames() {
        List<QualifiedName> names = new ArrayList<>();
        do {
            names.add(qualifiedName());
        } while (tokens.accept(","));
        return names;
    }

    List<String> columnIds() {
        List<String> names = new ArrayList<>();
        do {
            names.add(columnId());
        } while (tokens.accept(","));
        return names;
    }

    /// `(a, b)`
    List<String> parenthesizedColumns() {
        tokens.expect("(");
        List<String> names = columnIds();
        tokens.expect(")");
        return names;
    }

    List<String> optionalParenthesizedColumns() {
        return tokens.at("(") ? parenthesizedColumns() : List.of();
    }

    /// `COLLATE name`, if it follows. `COLLATE name`, with the place of COLLATE; null without it.
    @Nullable QualifiedName optionalCollation() {
        int position = tokens.peek().start();
        return tokens.accept(Keyword.COLLATE)
                ? new QualifiedName(qualifiedName().parts(), position)
                : null;
    }

    RoleName role() {
        Token token = tokens.peek();
        int position = token.start();
        RoleName.Kind kind =
                switch (token.keyword()) {
                    case CURRENT_USER -> RoleName.Kind.CURRENT_USER;
                    case CURRENT_ROLE -> RoleName.Kind.CURRENT_ROLE;
                    case SESSION_USER -> RoleName.Kind.SESSION_USER;
                    case null, default -> RoleName.Kind.NAMED;
                };
        if (kind != RoleName.Kind.NAMED) {
            tokens.next();
            return new RoleName(kind, null, position);
        }
        if (tokens.acceptWord("public")) {
            return new RoleName(RoleName.Kind.PUBLIC, null, position);
        }
        return new RoleName(kind, nonReservedWord(), position);
    }

    List<RoleName> roles() {
        List<RoleName> roles = new ArrayList<>();
        do {
            roles.add(role());
        } while (tokens.accept(","));
        return roles;
    }
}
