package org.cladedb.session;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A run-time setting as PostgreSQL knows it.
///
/// @param defaultValue in canonical form; integers in the setting's unit
/// @param unit `ms`, `s`, `min`, `B`, `kB`, `8kB`, `MB` or empty
/// @param choices the values of an ENUM
/// @param supported the canonical values that may be set, where others would promise what is not to
///   be had; null when all may
/// @param category as PostgreSQL sorts them
/// @param description what it is, in a few words
public record SettingDefinition(
        String name,
        Kind kind,
        String defaultValue,
        String unit,
        double minimum,
        double maximum,
        List<String> choices,
        Context context,
        Shown shown,
        @Nullable List<String> supported,
        String category,
        String description) {
    public SettingDefinition {
        choices = List.copyOf(choices);
        supported = supported == null ? null : List.copyOf(supported);
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

    /// Who may change it, and when.
    public enum Context {
        /// Anybody, at any time.
        USER(""),
        /// Superusers, at any time.
        SUPERUSER(""),
        /// Anybody who starts a session.
        BACKEND("cannot be set after connection start"),
        /// A superuser who starts a session.
        SUPERUSER_BACKEND("cannot be set after connection start"),
        /// Who runs the server, while it runs.
        SIGHUP("cannot be changed now"),
        /// Who starts the server.
        POSTMASTER("cannot be changed without restarting the server"),
        /// Nobody at all.
        INTERNAL("cannot be changed");

        private final String refusal;

        Context(String refusal) {
            this.refusal = refusal;
        }

        /// Why SET does not change it; empty when it does.
        String refusal() {
            return refusal;
        }

        /// As in `pg_settings.context`.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// To whom it is shown.
    public enum Shown {
        /// To everybody.
        ALL,
        /// To those who ask by its name.
        HIDDEN,
        /// To everybody, and clients are told of changes (ParameterStatus).
        REPORTED
    }

    boolean reported() {
        return shown == Shown.REPORTED;
    }
}
