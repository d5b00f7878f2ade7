package org.cladedb.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cladedb.error.DatabaseException;
import org.junit.jupiter.api.Test;

/// The plans of the statements in `plans.txt`, each statement on a line with its plan below.
/// `-Dgolden.rewrite=true` writes the file anew.
final class PlanShapeTest {
    private static final String FILE = "plans.txt";

    @Test
    void plansHaveTheirShapes() throws IOException {
        String expected = golden();
        StringBuilder actual = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith("--")) {
                actual.append(line).append('\n');
            } else if (!line.isBlank() && !line.startsWith("    ")) {
                actual.append(line).append("\n    ").append(plan(line)).append('\n');
            }
        }
        if (Boolean.getBoolean("golden.rewrite")) {
            Path source = Path.of("src/test/resources/org/cladedb/analysis", FILE);
            Files.writeString(source, actual);
        }
        assertThat(actual.toString()).isEqualTo(expected);
    }

    private static String golden() throws IOException {
        try (InputStream resource = PlanShapeTest.class.getResourceAsStream(FILE)) {
            assertThat(resource).isNotNull();
            return new String(resource.readAllBytes(), UTF_8);
        }
    }

    private static String plan(String sql) {
        try {
            return PlanText.of(ShopCatalog.analyze(sql).plan());
        } catch (DatabaseException e) {
            return e.state().code() + " " + e.message() + " @" + e.fields().position();
        }
    }
}
