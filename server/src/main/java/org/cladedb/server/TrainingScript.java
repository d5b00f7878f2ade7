package org.cladedb.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements of the resource `training.sql`, by section.
final class TrainingScript {
    private static final String SECTION = "--#";

    private final Map<String, List<String>> sections = new HashMap<>();

    private TrainingScript(String text) {
        List<String> current = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(SECTION)) {
                current = new ArrayList<>();
                sections.put(line.substring(SECTION.length()).strip(), current);
            } else if (line.endsWith(";")) {
                current.add(line.substring(0, line.length() - 1));
            }
        }
    }

    /// A script with this text.
    static TrainingScript of(String text) {
        return new TrainingScript(text);
    }

    static TrainingScript load() {
        try (InputStream stream = TrainingScript.class.getResourceAsStream("training.sql")) {
            if (stream == null) {
                throw new StartupFailure("training.sql is missing from the program", null);
            }
            return new TrainingScript(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new StartupFailure("training.sql cannot be read", failure);
        }
    }

    /// The statements of a section, without their semicolon, in order.
    List<String> section(String name) {
        return sections.getOrDefault(name, List.of());
    }
}
