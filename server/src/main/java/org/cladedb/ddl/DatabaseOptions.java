package org.cladedb.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;
import org.cladedb.txn.NewDatabase;
import org.jspecify.annotations.Nullable;

/// The options of CREATE and ALTER DATABASE, checked.
///
/// Text is UTF-8, sorted by its bytes, and letters are those of Unicode: what says so is accepted,
/// another encoding or sort order refused. The one role owns everything, so that any owner will do.
final class DatabaseOptions {
    private static final Set<String> KNOWN =
            Set.of(
                    "owner",
                    "template",
                    "encoding",
                    "strategy",
                    "locale",
                    "lc_collate",
                    "lc_ctype",
                    "builtin_locale",
                    "icu_locale",
                    "icu_rules",
                    "locale_provider",
                    "collation_version",
                    "tablespace",
                    "allow_connections",
                    "connection_limit",
                    "is_template",
                    "oid",
                    "location");

    private static final Set<String> ALTERABLE =
            Set.of("allow_connections", "connection_limit", "is_template", "tablespace");

    /// PostgreSQL's encodings other than UTF8, without anything but letters and digits.
    private static final Set<String> OTHER_ENCODINGS =
            Set.of(
                    "sqlascii",
                    "eucjp",
                    "euccn",
                    "euckr",
                    "euctw",
                    "eucjis2004",
                    "muleinternal",
                    "latin1",
                    "latin2",
                    "latin3",
                    "latin4",
                    "latin5",
                    "latin6",
                    "latin7",
                    "latin8",
                    "latin9",
                    "latin10",
                    "iso88591",
                    "iso88595",
                    "iso88596",
                    "iso88597",
                    "iso88598",
                    "win1250",
                    "win1251",
                    "win1252",
                    "win1253",
                    "win1254",
                    "win1255",
                    "win1256",
                    "win1257",
                    "win1258",
                    "win866",
                    "win874",
                    "koi8",
                    "koi8r",
                    "koi8u");

    private static final Set<String> BYTE_ORDERS =
            Set.of("c", "posix", "c.utf8", "ucs_basic", "pg_c_utf8");

    private final DdlContext context;
    private final Map<String, Option> options = new HashMap<>();

    DatabaseOptions(DdlContext context, List<Option> list) {
        this.context = context;
        for (Option option : list) {
            String name = option.name().toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "option \"" + option.name() + "\" not recognized")
                        .at(option.position());
            }
            if (options.put(name, option) != null) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR, "conflicting or redundant options")
                        .at(option.position());
            }
        }
    }

    NewDatabase newDatabase(String name) {
        int connectionsMax = connectionsMax(-1);
        boolean template = flag("is_template", false);
        boolean allowsConnections = flag("allow_connections", true);
        checkEncoding();
        checkStrategy();
        checkSortOrder();
        checkTablespace();
        refuse("oid");
        if (options.containsKey("location")) {
            context.notice(SqlState.WARNING, "LOCATION is not supported anymore");
        }
        String source = value("template");
        return new NewDatabase(
                name,
                source == null ? "template1" : source,
                template,
                allowsConnections,
                connectionsMax);
    }

    /// @throws DatabaseException when one cannot be changed later
    void requireAlterable() {
        for (Option option : options.values()) {
            if (!ALTERABLE.contains(option.name().toLowerCase(Locale.ROOT))) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "option \"" + option.name() + "\" not recognized")
                        .at(option.position());
            }
        }
    }

    DatabaseDefinition applyTo(DatabaseDefinition database) {
        checkTablespace();
        return database.withTemplate(flag("is_template", database.template()))
                .withAllowsConnections(flag("allow_connections", database.allowsConnections()))
                .withConnectionsMax(connectionsMax(database.connectionsMax()));
    }

    /// Null when it is not given, or is DEFAULT.
    private @Nullable String value(String name) {
        Option option = options.get(name);
        return option == null || option.values().isEmpty() ? null : option.values().getFirst();
    }

    private int position(String name) {
        Option option = options.get(name);
        return option == null ? -1 : option.position();
    }

    private boolean flag(String name, boolean otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default ->
                    throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, name + " requires a Boolean value");
        };
    }

    private int connectionsMax(int otherwise) {
        String value = value("connection_limit");
        if (value == null) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= -1) {
                return limit;
            }
        } catch (NumberFormatException _) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR, "connection_limit requires an integer value");
        }
        throw new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + value);
    }

    private void checkEncoding() {
        String value = value("encoding");
        if (value == null) {
            return;
        }
        String cleaned = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        switch (cleaned) {
            // 6 is its number in PostgreSQL.
            case "utf8", "unicode", "6" -> {}
            default -> {
                if (OTHER_ENCODINGS.contains(cleaned)) {
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "the encoding " + value + " is not supported, only UTF8")
                            .at(position("encoding"));
                }
                boolean isNumber = cleaned.matches("[0-9]+");
                throw new DatabaseException(
                                SqlState.UNDEFINED_OBJECT,
                                value + " is not a valid encoding " + (isNumber ? "code" : "name"))
                        .at(position("encoding"));
            }
        }
    }

    private void checkStrategy() {
        String value = value("strategy");
        if (value != null
                && !value.equalsIgnoreCase("wal_log")
                && !value.equalsIgnoreCase("file_copy")) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "invalid create database strategy \"" + value + "\"")
                    .withHint("Valid strategies are \"wal_log\" and \"file_copy\".");
        }
    }

    /// Which letters there are (LC_CTYPE) is no question of a locale here.
    private void checkSortOrder() {
        String provider = value("locale_provider");
        if (provider != null) {
            switch (provider.toLowerCase(Locale.ROOT)) {
                case "libc", "builtin" -> {}
                case "icu" -> throw unsupported("the locale provider icu");
                default ->
                        throw new DatabaseException(
                                SqlState.INVALID_OBJECT_DEFINITION,
                                "unrecognized locale provider: " + provider);
            }
        }
        refuse("icu_locale");
        refuse("icu_rules");
        String specific = value("lc_collate");
        String order = specific != null ? specific : value("locale");
        for (String name : new String[] {order, value("builtin_locale")}) {
            if (name != null && !isByteOrder(name)) {
                throw unsupported("the sort order of the locale \"" + name + "\"");
            }
        }
    }

    private static boolean isByteOrder(String locale) {
        return BYTE_ORDERS.contains(locale.toLowerCase(Locale.ROOT).replace("utf-8", "utf8"));
    }

    private static DatabaseException unsupported(String what) {
        return new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported")
                .withHint("Text is sorted by its bytes: use LOCALE 'C'.");
    }

    private void checkTablespace() {
        String value = value("tablespace");
        if (value == null || value.equals("pg_default")) {
            return;
        }
        throw value.equals("pg_global")
                ? new DatabaseException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "pg_global cannot be used as default tablespace")
                : new DatabaseException(
                        SqlState.UNDEFINED_OBJECT, "tablespace \"" + value + "\" does not exist");
    }

    private void refuse(String name) {
        Option option = options.get(name);
        if (option != null) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            name.toUpperCase(Locale.ROOT) + " is not supported")
                    .at(option.position());
        }
    }
}
