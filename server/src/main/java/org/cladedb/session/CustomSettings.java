package org.cladedb.session;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The names of settings that belong to extensions and that a session has used. Such a setting is
/// there from then on, transactions or not, and is empty when it has no value.
final class CustomSettings {
    private static final String LETTER = "[a-zA-Z_\\x{80}-\\x{10FFFF}]";
    private static final String FURTHER = "[a-zA-Z_0-9$\\x{80}-\\x{10FFFF}]*";
    private static final Pattern NAME =
            Pattern.compile(LETTER + FURTHER + "(?:\\." + LETTER + FURTHER + ")+");

    private final Set<String> names = new HashSet<>();

    boolean contains(String key) {
        return names.contains(key);
    }

    /// @throws DatabaseException 42704 when no extension can have a setting of that name, 42602
    ///   when it is none
    void add(String name) {
        if (name.indexOf('.') < 0) {
            throw Settings.unknown(name);
        }
        if (!NAME.matcher(name).matches()) {
            throw new DatabaseException(
                            SqlState.INVALID_NAME,
                            "invalid configuration parameter name \"%s\"".formatted(name))
                    .withDetail(
                            "Custom parameter names must be two or more simple identifiers"
                                    + " separated by dots.");
        }
        names.add(SettingDefinitions.key(name));
    }
}
