package org.cladedb.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// The settings of one session. Owned by its thread.
///
/// Two layers over the defaults: values of the session, and SET LOCAL's, which end with the
/// transaction. Both are immutable maps that each change replaces, so that a transaction or
/// savepoint keeps what it must restore by a mere reference ([#mark()], [#restore(Mark)]).
public final class Settings {
    private static final Set<String> NOT_RESET =
            Set.of(
                    "transaction_isolation",
                    "transaction_read_only",
                    "transaction_deferrable",
                    "seed");

    private final Map<String, String> startupDefaults = new HashMap<>();
    private Map<String, String> session = Map.of();
    private Map<String, String> local = Map.of();

    private final CustomSettings custom = new CustomSettings();
    private long changes;

    /// What a transaction or savepoint returns to.
    record Mark(Map<String, String> session, Map<String, String> local) {}

    /// One line of SHOW ALL.
    public record Entry(SettingDefinition definition, String value, String resetValue) {}

    /// Grows with every change of any value.
    long changes() {
        return changes;
    }

    /// Replaces a default, to which RESET returns: what the client said at start-up.
    public void setDefault(String name, String value) {
        SettingDefinition definition = SettingDefinitions.find(name);
        if (definition == null) {
            custom.add(name);
            startupDefaults.put(SettingDefinitions.key(name), value);
        } else {
            checkChangeable(definition);
            startupDefaults.put(SettingDefinitions.key(name), accepted(definition, value));
        }
        changes++;
    }

    /// Gives the server's default of a setting, which yields to what the client said at start-up.
    void offerDefault(String name, String value) {
        startupDefaults.putIfAbsent(SettingDefinitions.key(name), value);
        changes++;
    }

    /// Replaces the value of a setting that nobody may SET, such as `session_authorization`.
    void setInternally(String name, String value) {
        startupDefaults.put(SettingDefinitions.key(name), value);
        changes++;
    }

    /// SET, of one text.
    ///
    /// @throws DatabaseException 42704 unknown, 22023 bad value, 55P02 cannot be changed, 0A000
    ///   would promise what is not to be had
    void set(String name, String value, boolean localOnly) {
        SettingDefinition definition = SettingDefinitions.find(name);
        if (definition == null) {
            custom.add(name);
            put(name, value, localOnly);
            return;
        }
        checkChangeable(definition);
        put(name, accepted(definition, value), localOnly);
    }

    /// SET, of a list as parsed.
    void set(String name, List<String> values, boolean localOnly) {
        SettingDefinition definition = SettingDefinitions.find(name);
        String text =
                definition == null
                        ? String.join(", ", values)
                        : SpecialSettings.join(definition, values);
        set(name, text, localOnly);
    }

    private void put(String name, String value, boolean localOnly) {
        String key = SettingDefinitions.key(name);
        if (localOnly) {
            local = with(local, key, value);
        } else {
            session = with(session, key, value);
            local = without(local, key);
        }
        changes++;
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> copy = new HashMap<>(map);
        copy.put(key, value);
        return Map.copyOf(copy);
    }

    private static Map<String, String> without(Map<String, String> map, String key) {
        if (!map.containsKey(key)) {
            return map;
        }
        Map<String, String> copy = new HashMap<>(map);
        copy.remove(key);
        return Map.copyOf(copy);
    }

    /// RESET of one setting.
    void reset(String name) {
        SettingDefinition definition = SettingDefinitions.find(name);
        if (definition == null) {
            custom.add(name);
        } else {
            checkChangeable(definition);
            checkResettable(definition);
        }
        String key = SettingDefinitions.key(name);
        session = without(session, key);
        local = without(local, key);
        changes++;
    }

    /// SET LOCAL … TO DEFAULT.
    void resetLocally(String name) {
        SettingDefinition definition = SettingDefinitions.find(name);
        if (definition == null) {
            reset(name);
        } else {
            checkChangeable(definition);
            checkResettable(definition);
            put(name, resetValue(definition), true);
        }
    }

    void resetAll() {
        session = Map.of();
        local = Map.of();
        changes++;
    }

    /// The canonical value; null when there is no such setting.
    public @Nullable String value(String name) {
        String key = SettingDefinitions.key(name);
        String value = local.get(key);
        if (value == null) {
            value = session.get(key);
        }
        if (value == null) {
            value = startupDefaults.get(key);
        }
        if (value == null) {
            SettingDefinition definition = SettingDefinitions.find(name);
            value =
                    definition != null
                            ? definition.defaultValue()
                            : custom.contains(key) ? "" : null;
        }
        return value;
    }

    /// As SHOW prints it.
    ///
    /// @throws DatabaseException 42704
    public String show(String name) {
        String shown = showOrNull(name);
        if (shown == null) {
            throw unknown(name);
        }
        return shown;
    }

    @Nullable String showOrNull(String name) {
        String value = value(name);
        SettingDefinition definition = SettingDefinitions.find(name);
        return value == null || definition == null
                ? value
                : SettingNumbers.shown(definition, value);
    }

    /// The canonical value of a setting that exists.
    String text(String name) {
        String value = value(name);
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean isOn(String name) {
        return text(name).equals("on");
    }

    private String resetValue(SettingDefinition definition) {
        return startupDefaults.getOrDefault(
                SettingDefinitions.key(definition.name()), definition.defaultValue());
    }

    /// All settings by name, with their values now, but for the hidden ones.
    public List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        for (SettingDefinition definition : SettingDefinitions.all()) {
            if (definition.shown() == SettingDefinition.Shown.HIDDEN) {
                continue;
            }
            entries.add(new Entry(definition, text(definition.name()), resetValue(definition)));
        }
        return entries;
    }

    /// Name and value of what clients are told of.
    Map<String, String> reported() {
        Map<String, String> values = new TreeMap<>();
        for (SettingDefinition definition : SettingDefinitions.all()) {
            if (definition.reported()) {
                values.put(definition.name(), text(definition.name()));
            }
        }
        return values;
    }

    Mark mark() {
        return new Mark(session, local);
    }

    void restore(Mark mark) {
        if (!session.equals(mark.session) || !local.equals(mark.local)) {
            session = mark.session;
            local = mark.local;
            changes++;
        }
    }

    /// Ends what SET LOCAL set.
    void endLocal() {
        if (!local.isEmpty()) {
            local = Map.of();
            changes++;
        }
    }

    /// What belongs to a transaction has nothing to return to.
    private static void checkResettable(SettingDefinition definition) {
        if (NOT_RESET.contains(definition.name())) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "parameter \"%s\" cannot be reset".formatted(definition.name()));
        }
    }

    private static void checkChangeable(SettingDefinition definition) {
        String refusal = definition.context().refusal();
        if (!refusal.isEmpty()) {
            throw new DatabaseException(
                    SqlState.CANT_CHANGE_RUNTIME_PARAM,
                    "parameter \"%s\" %s".formatted(definition.name(), refusal));
        }
    }

    /// The canonical form of a value that may be set.
    private String accepted(SettingDefinition definition, String value) {
        String canonical =
                definition.name().equals("DateStyle")
                        ? DateStyleSetting.canonical(
                                definition, value, text("DateStyle"), resetValue(definition))
                        : SettingValues.canonical(definition, value);
        SettingChecks.check(definition, canonical);
        List<String> supported = definition.supported();
        if (supported != null && !supported.contains(canonical)) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "parameter \"%s\" cannot be \"%s\" here"
                                    .formatted(definition.name(), canonical))
                    .withHint(
                            "Supported values: "
                                    + String.join(
                                            ", ",
                                            supported.stream()
                                                    .map(each -> "\"" + each + "\"")
                                                    .toList())
                                    + ".");
        }
        return canonical;
    }

    static DatabaseException unknown(String name) {
        return new DatabaseException(
                SqlState.UNDEFINED_OBJECT,
                "unrecognized configuration parameter \"%s\"".formatted(name));
    }
}
