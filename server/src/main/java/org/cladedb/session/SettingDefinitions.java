package org.cladedb.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.session.SettingDefinition.Context;
import org.cladedb.session.SettingDefinition.Kind;
import org.cladedb.session.SettingDefinition.Shown;
import org.jspecify.annotations.Nullable;

/// All settings with PostgreSQL's names, bounds and defaults, from the resource `settings.tsv`.
///
/// Those without effect here are accepted so that scripts and drivers written for PostgreSQL run;
/// none of them promises anything that matters for results or safety. Values that would, and that
/// are not to be had here, are not accepted ([SettingDefinition#supported]).
public final class SettingDefinitions {
    /// What `server_version` says: the version whose dialect this server follows.
    public static final String SERVER_VERSION = "18.1";

    private static final Map<String, SettingDefinition> BY_NAME = read();

    private SettingDefinitions() {}

    public static Collection<SettingDefinition> all() {
        return List.copyOf(BY_NAME.values());
    }

    /// Names are not case sensitive.
    public static @Nullable SettingDefinition find(String name) {
        return BY_NAME.get(key(name));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, SettingDefinition> read() {
        Map<String, SettingDefinition> definitions = new TreeMap<>();
        try (InputStream stream = SettingDefinitions.class.getResourceAsStream("settings.tsv")) {
            if (stream == null) {
                throw new IllegalStateException("resource settings.tsv is missing");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> definition(line.split("\t", -1)))
                    .forEach(definition -> definitions.put(key(definition.name()), definition));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return definitions;
    }

    private static SettingDefinition definition(String[] fields) {
        return new SettingDefinition(
                fields[0],
                Kind.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                fields[7],
                fields[3],
                number(fields[4]),
                number(fields[5]),
                fields[6].isEmpty() ? List.of() : List.of(fields[6].split(",", -1)),
                Context.valueOf(fields[2].toUpperCase(Locale.ROOT).replace('-', '_')),
                fields[8].isEmpty() ? Shown.ALL : Shown.valueOf(fields[8].toUpperCase(Locale.ROOT)),
                fields[9].equals("*") ? null : List.of(fields[9].split(",", -1)),
                fields[10],
                fields[11]);
    }

    private static double number(String text) {
        return text.isEmpty()
                ? 0
                : text.endsWith("e+308") ? Double.MAX_VALUE : Double.parseDouble(text);
    }
}
