package org.cladedb.session;

import java.util.List;

/// A run-time setting as PostgreSQL knows it.
///
/// @param defaultValue in canonical form; integers in the setting's unit
/// @param unit `ms`, `s`, `min`, `B`, `kB`, `8kB`, `MB` or empty
/// @param choices the values of an ENUM
/// @param reported whether clients are told of changes (ParameterStatus)
public record SettingDefinition(
        String name,
        Kind kind,
        String defaultValue,
        String unit,
        double minimum,
        double maximum,
        List<String> choices,
        Context context,
        boolean reported) {
    public SettingDefinition {
        choices = List.copyOf(choices);
    }

    /// What values look like.
    public enum Kind {
        BOOL("bool"),
        INTEGER("integer"),
        REAL("real"),
        STRING("string"),
        ENUM("enum");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// As in `pg_settings.vartype`.
        public String label() {
            return label;
        }
    }

    /// Who may change it.
    public enum Context {
        /// Anybody, at any time.
        USER,
        /// Nobody while the server runs.
        POSTMASTER,
        /// Nobody at all.
        INTERNAL
    }

    SettingDefinition withDefault(String value) {
        return new SettingDefinition(
                name, kind, value, unit, minimum, maximum, choices, context, reported);
    }

    SettingDefinition asReported() {
        return new SettingDefinition(
                name, kind, defaultValue, unit, minimum, maximum, choices, context, true);
    }

    SettingDefinition inContext(Context newContext) {
        return new SettingDefinition(
                name, kind, defaultValue, unit, minimum, maximum, choices, newContext, reported);
    }
}
