package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.RoleStatement.AlterDefaultPrivileges;
import org.cladedb.sql.ast.RoleStatement.GrantPrivileges;
import org.cladedb.sql.ast.RoleStatement.GrantRole;
import org.cladedb.sql.ast.RoleStatement.Privilege;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// GRANT, REVOKE, ALTER DEFAULT PRIVILEGES.
final class PrivilegeParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    PrivilegeParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// What privileges are given on.
    private record Target(ObjectKind kind, boolean allInSchema, List<ObjectName> objects) {}

    Statement grant() {
        int position = tokens.expect(Keyword.GRANT).start();
        List<Token> words = new ArrayList<>();
        List<Privilege> privileges = privileges(words);
        if (tokens.accept(Keyword.ON)) {
            return grantOn(privileges, target(), position);
        }
        tokens.expect(Keyword.TO);
        List<RoleName> roles = grammar.names.roles();
        List<Option> options = tokens.accept(Keyword.WITH) ? roleOptions() : List.of();
        return new GrantRole(
                true, asRoles(words), roles, options, grantedBy(), DropBehavior.RESTRICT, position);
    }

    private Statement grantOn(List<Privilege> privileges, Target target, int position) {
        tokens.expect(Keyword.TO);
        List<RoleName> roles = grantees();
        boolean option = tokens.acceptPhrase(Keyword.WITH, Keyword.GRANT, Keyword.OPTION);
        return new GrantPrivileges(
                true,
                privileges,
                target.kind(),
                target.allInSchema(),
                target.objects(),
                roles,
                option,
                grantedBy(),
                DropBehavior.RESTRICT,
                position);
    }

    Statement revoke() {
        int position = tokens.expect(Keyword.REVOKE).start();
        boolean grantOption = tokens.acceptPhrase(Keyword.GRANT, Keyword.OPTION, Keyword.FOR);
        List<Option> options = new ArrayList<>();
        Token word = tokens.peek();
        if (!grantOption
                && (tokens.acceptAll(Keyword.ADMIN, Keyword.OPTION, Keyword.FOR)
                        || tokens.acceptAll(Keyword.INHERIT, Keyword.OPTION, Keyword.FOR)
                        || tokens.acceptAll(Keyword.SET, Keyword.OPTION, Keyword.FOR))) {
            options.add(new Option(word.text(), List.of("true"), word.start()));
        }
        List<Token> words = new ArrayList<>();
        List<Privilege> privileges = privileges(words);
        if (tokens.accept(Keyword.ON)) {
            return revokeOn(privileges, target(), grantOption, position);
        }
        tokens.expect(Keyword.FROM);
        List<RoleName> roles = grammar.names.roles();
        RoleName grantedBy = grantedBy();
        DropBehavior behavior = grammar.objects.dropBehavior();
        return new GrantRole(false, asRoles(words), roles, options, grantedBy, behavior, position);
    }

    private Statement revokeOn(
            List<Privilege> privileges, Target target, boolean grantOption, int position) {
        tokens.expect(Keyword.FROM);
        List<RoleName> roles = grantees();
        RoleName grantedBy = grantedBy();
        return new GrantPrivileges(
                false,
                privileges,
                target.kind(),
                target.allInSchema(),
                target.objects(),
                roles,
                grantOption,
                grantedBy,
                grammar.objects.dropBehavior(),
                position);
    }

    /// Privileges, which may turn out to be roles: their tokens are added to `words`. Empty for
    /// ALL.
    private List<Privilege> privileges(List<Token> words) {
        if (tokens.accept(Keyword.ALL)) {
            tokens.accept(Keyword.PRIVILEGES);
            if (tokens.at("(")) {
                throw tokens.unsupported("GRANT ALL on columns", tokens.peek());
            }
            return List.of();
        }
        List<Privilege> privileges = new ArrayList<>();
        do {
            words.add(tokens.peek());
            String name;
            if (tokens.acceptAll(Keyword.ALTER, Keyword.SYSTEM)) {
                name = "alter system";
            } else if (tokens.atAny(Keyword.SELECT, Keyword.REFERENCES, Keyword.CREATE)) {
                name = tokens.next().text();
            } else {
                name = grammar.names.nonReservedWord();
            }
            privileges.add(new Privilege(name, grammar.names.optionalParenthesizedColumns()));
        } while (tokens.accept(","));
        return privileges;
    }

    private List<RoleName> asRoles(List<Token> words) {
        if (words.isEmpty()) {
            throw tokens.syntaxError();
        }
        return words.stream()
                .map(word -> new RoleName(RoleName.Kind.NAMED, word.text(), word.start()))
                .toList();
    }

    private Target target() {
        if (tokens.at(Keyword.ALL)) {
            return allInSchema();
        }
        Token word = tokens.peek();
        if (tokens.atAny(Keyword.LARGE, Keyword.PARAMETER, Keyword.FOREIGN)) {
            boolean name = word.is(Keyword.PARAMETER) && !NameParser.isColumnId(tokens.peek(1));
            if (!name) {
                throw tokens.unsupported("GRANT ON " + word.text().toUpperCase(Locale.ROOT), word);
            }
        }
        ObjectKind kind = isKind(word) ? grammar.objects.kind() : null;
        ObjectKind named = kind == null ? ObjectKind.TABLE : kind;
        return new Target(named, false, grammar.objects.names(named));
    }

    /// Words that start a kind may be a table's name as well, when nothing but that follows.
    private boolean isKind(Token word) {
        return switch (word.keyword()) {
            case TABLE -> true;
            case SEQUENCE,
                    DATABASE,
                    DOMAIN,
                    FUNCTION,
                    PROCEDURE,
                    ROUTINE,
                    LANGUAGE,
                    SCHEMA,
                    TABLESPACE,
                    TYPE ->
                    NameParser.isLabel(tokens.peek(1))
                            && !tokens.peek(1).is(Keyword.TO)
                            && !tokens.peek(1).is(Keyword.FROM);
            case null, default -> false;
        };
    }

    private Target allInSchema() {
        tokens.expect(Keyword.ALL);
        ObjectKind kind = plural();
        tokens.expectAll(Keyword.IN, Keyword.SCHEMA);
        return new Target(kind, true, grammar.objects.names(ObjectKind.SCHEMA));
    }

    private ObjectKind plural() {
        Token word = tokens.next();
        return switch (word.keyword()) {
            case TABLES -> ObjectKind.TABLE;
            case SEQUENCES -> ObjectKind.SEQUENCE;
            case FUNCTIONS -> ObjectKind.FUNCTION;
            case PROCEDURES -> ObjectKind.PROCEDURE;
            case ROUTINES -> ObjectKind.ROUTINE;
            case TYPES -> ObjectKind.TYPE;
            case SCHEMAS -> ObjectKind.SCHEMA;
            case null, default -> throw tokens.syntaxError(word);
        };
    }

    private List<RoleName> grantees() {
        List<RoleName> roles = new ArrayList<>();
        do {
            tokens.accept(Keyword.GROUP);
            roles.add(grammar.names.role());
        } while (tokens.accept(","));
        return roles;
    }

    private List<Option> roleOptions() {
        List<Option> options = new ArrayList<>();
        do {
            Token name = tokens.peek();
            String word = grammar.names.label();
            String value =
                    tokens.atAny(Keyword.OPTION, Keyword.TRUE, Keyword.FALSE)
                            ? tokens.next().text()
                            : "";
            if (value.isEmpty()) {
                throw tokens.syntaxError();
            }
            String setting = value.equals("false") ? "false" : "true";
            options.add(new Option(word, List.of(setting), name.start()));
        } while (tokens.accept(","));
        return options;
    }

    private @Nullable RoleName grantedBy() {
        return tokens.acceptPhrase(Keyword.GRANTED, Keyword.BY) ? grammar.names.role() : null;
    }

    /// ALTER DEFAULT PRIVILEGES, from DEFAULT on.
    Statement alterDefault(int position) {
        tokens.expectAll(Keyword.DEFAULT, Keyword.PRIVILEGES);
        List<RoleName> forRoles = List.of();
        List<String> schemas = List.of();
        while (tokens.atAny(Keyword.FOR, Keyword.IN)) {
            if (tokens.acceptPhrase(Keyword.IN, Keyword.SCHEMA)) {
                schemas = grammar.names.columnIds();
            } else {
                tokens.expect(Keyword.FOR);
                if (!tokens.accept(Keyword.ROLE)) {
                    tokens.expect(Keyword.USER);
                }
                forRoles = grammar.names.roles();
            }
        }
        return new AlterDefaultPrivileges(forRoles, schemas, defaultAction(), position);
    }

    private GrantPrivileges defaultAction() {
        Token word = tokens.peek();
        boolean grant = tokens.accept(Keyword.GRANT);
        if (!grant) {
            tokens.expect(Keyword.REVOKE);
        }
        boolean option = !grant && tokens.acceptPhrase(Keyword.GRANT, Keyword.OPTION, Keyword.FOR);
        List<Privilege> privileges = privileges(new ArrayList<>());
        tokens.expect(Keyword.ON);
        ObjectKind kind = plural();
        tokens.expect(grant ? Keyword.TO : Keyword.FROM);
        List<RoleName> roles = grantees();
        if (grant) {
            option = tokens.acceptPhrase(Keyword.WITH, Keyword.GRANT, Keyword.OPTION);
        }
        return new GrantPrivileges(
                grant,
                privileges,
                kind,
                false,
                List.of(),
                roles,
                option,
                null,
                grammar.objects.dropBehavior(),
                word.start());
    }
}
