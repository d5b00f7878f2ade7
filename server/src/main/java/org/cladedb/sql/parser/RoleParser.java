package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.RoleStatement.AlterRole;
import org.cladedb.sql.ast.RoleStatement.CreateRole;
import org.cladedb.sql.ast.RoleStatement.DropOwned;
import org.cladedb.sql.ast.RoleStatement.DropRole;
import org.cladedb.sql.ast.RoleStatement.ReassignOwned;
import org.cladedb.sql.ast.SchemaStatement.AlterSetting;
import org.cladedb.sql.ast.SchemaStatement.Rename;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Roles: CREATE, ALTER, DROP, and what they own.
final class RoleParser {
    private static final Set<String> FLAGS =
            Set.of(
                    "superuser",
                    "nosuperuser",
                    "createrole",
                    "nocreaterole",
                    "replication",
                    "noreplication",
                    "createdb",
                    "nocreatedb",
                    "login",
                    "nologin",
                    "bypassrls",
                    "nobypassrls",
                    "noinherit");

    private final Grammar grammar;
    private final TokenStream tokens;

    RoleParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// CREATE ROLE, USER or GROUP, from that word on.
    Statement create(int position) {
        Token word = tokens.next();
        if (word.is(Keyword.USER) && tokens.at(Keyword.MAPPING)) {
            throw tokens.unsupported("CREATE USER MAPPING", word);
        }
        String name = grammar.names.nonReservedWord();
        return new CreateRole(name, word.is(Keyword.USER), options(), position);
    }

    private List<Option> options() {
        tokens.accept(Keyword.WITH);
        List<Option> options = new ArrayList<>();
        while (true) {
            Option option = option();
            if (option == null) {
                return options;
            }
            options.add(option);
        }
    }

    private @Nullable Option option() {
        Token token = tokens.peek();
        int position = token.start();
        if (token.is(TokenKind.IDENTIFIER)) {
            tokens.next();
            if (!FLAGS.contains(token.text())) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "unrecognized role option \"" + token.text() + "\"")
                        .at(position);
            }
            return new Option(token.text(), List.of(), position);
        }
        return switch (token.keyword()) {
            case ENCRYPTED, UNENCRYPTED -> {
                tokens.next();
                tokens.expect(Keyword.PASSWORD);
                yield new Option("password", List.of(grammar.names.string()), position);
            }
            case PASSWORD -> {
                tokens.next();
                List<String> values =
                        tokens.accept(Keyword.NULL) ? List.of() : List.of(grammar.names.string());
                yield new Option("password", values, position);
            }
            case INHERIT -> {
                tokens.next();
                yield new Option("inherit", List.of(), position);
            }
            case CONNECTION -> {
                tokens.expectAll(Keyword.CONNECTION, Keyword.LIMIT);
                yield new Option(
                        "connection_limit", List.of(grammar.options.signedNumber()), position);
            }
            case VALID -> {
                tokens.expectAll(Keyword.VALID, Keyword.UNTIL);
                yield new Option("valid_until", List.of(grammar.names.string()), position);
            }
            case IN -> {
                tokens.next();
                if (!tokens.accept(Keyword.ROLE)) {
                    tokens.expect(Keyword.GROUP);
                }
                yield new Option("in_role", roleNames(), position);
            }
            case ROLE, USER, ADMIN -> {
                tokens.next();
                String name = token.is(Keyword.ADMIN) ? "admin" : "role";
                yield new Option(name, roleNames(), position);
            }
            case null, default -> null;
        };
    }

    private List<String> roleNames() {
        List<String> names = new ArrayList<>();
        do {
            names.add(grammar.names.nonReservedWord());
        } while (tokens.accept(","));
        return names;
    }

    /// ALTER ROLE, USER or GROUP, from that word on.
    Statement alter(int position) {
        Token word = tokens.next();
        RoleName role = tokens.accept(Keyword.ALL) ? null : grammar.names.role();
        String database = null;
        if (tokens.accept(Keyword.IN)) {
            tokens.expect(Keyword.DATABASE);
            database = grammar.names.columnId();
        }
        if (role == null || database != null || tokens.atAny(Keyword.SET, Keyword.RESET)) {
            return new AlterSetting(
                    ObjectKind.ROLE, database, role, grammar.settings.objectSetting(), position);
        }
        if (tokens.acceptAll(Keyword.RENAME, Keyword.TO)) {
            return rename(role, position);
        }
        if (word.is(Keyword.GROUP)) {
            throw tokens.unsupported("ALTER GROUP", word);
        }
        return new AlterRole(role, options(), position);
    }

    private Statement rename(RoleName role, int position) {
        String oldName = role.name() == null ? role.kind().name() : role.name();
        return new Rename(
                ObjectKind.ROLE,
                ObjectKind.ROLE,
                ObjectName.of(QualifiedName.of(oldName, role.position())),
                null,
                grammar.names.nonReservedWord(),
                false,
                false,
                DropBehavior.RESTRICT,
                position);
    }

    /// DROP ROLE or USER, from that word on.
    Statement drop(int position) {
        tokens.next();
        boolean ifExists = grammar.objects.ifExists();
        return new DropRole(grammar.names.roles(), ifExists, position);
    }

    Statement dropOwned(int position) {
        tokens.expectAll(Keyword.OWNED, Keyword.BY);
        List<RoleName> roles = grammar.names.roles();
        return new DropOwned(roles, grammar.objects.dropBehavior(), position);
    }

    Statement reassign() {
        int position = tokens.expect(Keyword.REASSIGN).start();
        tokens.expectAll(Keyword.OWNED, Keyword.BY);
        List<RoleName> from = grammar.names.roles();
        tokens.expect(Keyword.TO);
        return new ReassignOwned(from, grammar.names.role(), position);
    }
}
