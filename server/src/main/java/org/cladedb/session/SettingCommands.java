package org.cladedb.session;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.TransactionMode;
import org.cladedb.txn.IsolationLevel;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// SET, RESET and SHOW, including the settings that are really the transaction's.
final class SettingCommands {
    private static final List<Notice.Severity> SEVERITIES = List.of(Notice.Severity.values());

    private final Session session;

    SettingCommands(Session session) {
        this.session = session;
    }

    UtilityResult execute(SettingStatement statement) {
        return switch (statement) {
            case SettingStatement.Set set -> set(set);
            case SettingStatement.SetTransaction set -> setTransaction(set);
            case SettingStatement.SetTransactionSnapshot _ ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "SET TRANSACTION SNAPSHOT is not supported");
            case SettingStatement.SetConstraints constraints -> setConstraints(constraints);
            case SettingStatement.Reset reset -> reset(reset);
            case SettingStatement.Show show -> show(show);
            case SettingStatement.ShowObjects _ ->
                    throw new IllegalStateException("SHOW of objects is run as a query");
        };
    }

    private UtilityResult set(SettingStatement.Set set) {
        boolean local = set.scope() == SettingStatement.Scope.LOCAL;
        if (local && !session.transaction().isInBlock()) {
            session.notice(
                    Notice.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION,
                            "SET LOCAL can only be used in transaction blocks"));
        }
        List<String> values = set.values();
        if (values != null) {
            set(set.name(), values, false, local);
        } else if (local) {
            session.settings().resetLocally(set.name());
        } else {
            session.settings().reset(set.name());
        }
        return UtilityResult.of("SET");
    }

    /// Changes a setting.
    ///
    /// @param raw whether the only value is the whole text already, as set_config gives it
    void set(String name, List<String> values, boolean raw, boolean local) {
        String first = values.isEmpty() ? "" : values.getFirst();
        switch (SettingDefinitions.key(name)) {
            case "transaction_isolation" -> session.transaction().setIsolation(isolation(first));
            case "transaction_read_only" ->
                    session.transaction().setReadOnly(bool("transaction_read_only", first));
            case "transaction_deferrable" ->
                    session.transaction().setDeferrable(bool("transaction_deferrable", first));
            case "session_authorization", "role" -> checkRole(first);
            case "nested_format" -> {
                refuse(name, first, "composite");
                session.settings().set(name, first, local);
            }
            case "outputformat" -> {
                refuse(name, first, "json");
                refuse(name, first, "json_with_meta_data");
                session.settings().set(name, first, local);
            }
            default -> {
                if (raw) {
                    session.settings().set(name, first, local);
                } else {
                    session.settings().set(name, values, local);
                }
            }
        }
    }

    private static void refuse(String name, String value, String unsupported) {
        if (value.equalsIgnoreCase(unsupported)) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "%s \"%s\" is not supported yet".formatted(name, unsupported));
        }
    }

    private static IsolationLevel isolation(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "read committed", "read uncommitted" -> IsolationLevel.READ_COMMITTED;
            case "repeatable read" -> IsolationLevel.REPEATABLE_READ;
            case "serializable" -> IsolationLevel.SERIALIZABLE;
            default ->
                    throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "invalid value for parameter \"transaction_isolation\": \"%s\""
                                    .formatted(value));
        };
    }

    private static boolean bool(String name, String value) {
        SettingDefinition definition = SettingDefinitions.find(name);
        if (definition == null) {
            throw Settings.unknown(name);
        }
        return SettingValues.canonical(definition, value).equals("on");
    }

    /// There is one role for each session: the one it was opened with.
    private void checkRole(String role) {
        if (!role.equals("none")
                && !role.equals("default")
                && !role.equals(session.identity().user())) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE, "role \"%s\" does not exist".formatted(role));
        }
    }

    private UtilityResult setTransaction(SettingStatement.SetTransaction set) {
        if (!set.sessionDefault()) {
            if (!session.transaction().isInBlock()) {
                session.notice(
                        Notice.warning(
                                SqlState.NO_ACTIVE_SQL_TRANSACTION,
                                "SET TRANSACTION can only be used in transaction blocks"));
            }
            new TransactionCommands(session).apply(set.modes());
            return UtilityResult.of("SET");
        }
        for (TransactionMode mode : set.modes()) {
            switch (mode) {
                case TransactionMode.Isolation isolation ->
                        session.settings()
                                .set(
                                        "default_transaction_isolation",
                                        TransactionCommands.level(isolation.level()).sqlName(),
                                        false);
                case TransactionMode.Access access ->
                        session.settings()
                                .set(
                                        "default_transaction_read_only",
                                        access.readOnly() ? "on" : "off",
                                        false);
                case TransactionMode.Deferrable deferrable ->
                        session.settings()
                                .set(
                                        "default_transaction_deferrable",
                                        deferrable.deferrable() ? "on" : "off",
                                        false);
            }
        }
        return UtilityResult.of("SET");
    }

    /// Foreign keys are checked at the end of each statement, so only IMMEDIATE is what happens.
    private UtilityResult setConstraints(SettingStatement.SetConstraints constraints) {
        boolean anyDeferrable = true;
        if (constraints.names().isEmpty()) {
            session.beginStatement();
            anyDeferrable =
                    session.transaction().transaction().catalog().tables().stream()
                            .flatMap(table -> table.constraints().foreignKeys().stream())
                            .anyMatch(key -> key.deferrable());
        }
        if (constraints.deferred() && anyDeferrable) {
            throw Unsupported.of("deferred constraints", "deferred constraints are not supported");
        }
        return UtilityResult.of("SET CONSTRAINTS");
    }

    private UtilityResult reset(SettingStatement.Reset reset) {
        String name = reset.name();
        if (name == null) {
            session.settings().resetAll();
        } else {
            session.settings().reset(name);
        }
        return UtilityResult.of("RESET");
    }

    private UtilityResult show(SettingStatement.Show show) {
        String name = show.name();
        if (name != null) {
            return UtilityResult.of("SHOW", StoredRows.ofTexts(List.of(show(name))));
        }
        StoredRows rows =
                new StoredRows(UtilityShapes.SHOW_ALL, session.account(), session.temporaryFiles());
        for (Settings.Entry entry : session.settings().all()) {
            String setting = entry.definition().name();
            rows.add(
                    new Datum[] {
                        Datum.ofText(setting),
                        Datum.ofText(show(setting)),
                        Datum.ofText(entry.definition().description())
                    });
        }
        return UtilityResult.of("SHOW", rows);
    }

    /// As SHOW prints it.
    ///
    /// @throws DatabaseException 42704
    String show(String name) {
        String value = showOrNull(name);
        if (value == null) {
            throw Settings.unknown(name);
        }
        return value;
    }

    @Nullable String showOrNull(String name) {
        return switch (SettingDefinitions.key(name)) {
            case "transaction_isolation" -> session.transaction().isolation().sqlName();
            case "transaction_read_only" -> session.transaction().isReadOnly() ? "on" : "off";
            case "transaction_deferrable" -> session.transaction().isDeferrable() ? "on" : "off";
            case "seed" -> "unavailable";
            default -> session.settings().showOrNull(name);
        };
    }

    /// Whether `client_min_messages` lets a notice through.
    boolean wants(Notice.Severity severity) {
        String minimum = session.settings().text("client_min_messages");
        if (severity == Notice.Severity.INFO) {
            return true;
        }
        int threshold =
                switch (minimum) {
                    case "log" -> SEVERITIES.indexOf(Notice.Severity.LOG);
                    case "info", "notice" -> SEVERITIES.indexOf(Notice.Severity.NOTICE);
                    case "warning" -> SEVERITIES.indexOf(Notice.Severity.WARNING);
                    case "error" -> SEVERITIES.size();
                    default -> 0;
                };
        return SEVERITIES.indexOf(severity) >= threshold;
    }

    /// The column that SHOW of one setting returns.
    static ResultColumn showColumn(String name) {
        SettingDefinition definition = SettingDefinitions.find(name);
        return ResultColumn.of(definition == null ? name : definition.name(), SqlType.TEXT);
    }
}
