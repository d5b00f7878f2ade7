package org.cladedb.sql.parser;

import java.util.Locale;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.SchemaStatement.Comment;
import org.cladedb.sql.ast.SchemaStatement.SecurityLabel;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// COMMENT ON and SECURITY LABEL.
final class CommentParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    CommentParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement comment() {
        int position = tokens.expect(Keyword.COMMENT).start();
        tokens.expect(Keyword.ON);
        ObjectKind kind = kind("COMMENT ON ");
        ObjectName object = grammar.objects.name(kind);
        tokens.expect(Keyword.IS);
        return new Comment(kind, object, textOrNull(), position);
    }

    Statement securityLabel() {
        int position = tokens.expect(Keyword.SECURITY).start();
        tokens.expect(Keyword.LABEL);
        String provider =
                tokens.accept(Keyword.FOR) ? grammar.names.nonReservedWordOrString() : null;
        tokens.expect(Keyword.ON);
        ObjectKind kind = kind("SECURITY LABEL ON ");
        ObjectName object = grammar.objects.name(kind);
        tokens.expect(Keyword.IS);
        return new SecurityLabel(kind, object, provider, textOrNull(), position);
    }

    private ObjectKind kind(String statement) {
        Token token = tokens.peek();
        if (tokens.atAny(Keyword.CAST, Keyword.OPERATOR, Keyword.TRANSFORM, Keyword.LARGE)) {
            throw tokens.unsupported(statement + token.text().toUpperCase(Locale.ROOT), token);
        }
        ObjectKind kind = grammar.objects.kind();
        if (kind == null) {
            throw tokens.syntaxError();
        }
        return kind;
    }

    private @Nullable String textOrNull() {
        return tokens.accept(Keyword.NULL) ? null : grammar.names.string();
    }
}
