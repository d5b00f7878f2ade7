package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class OutOfMemoryRetryTest {
    private int attempts;

    @Test
    void triesAgain() throws IOException {
        OutOfMemoryRetry.run(() -> {
            if (++attempts < 3) {
                throw new OutOfMemoryError("none");
            }
        });
        assertThat(attempts).isEqualTo(3);
    }

    /// As when the JVM's only error is thrown by what a resource is used for, and by its close.
    @Test
    void triesAgainWhereTheErrorWasAddedToItself() throws IOException {
        OutOfMemoryError only = new OutOfMemoryError("the only one");
        OutOfMemoryRetry.run(() -> {
            if (++attempts < 3) {
                try (AutoCloseable resource = () -> fail(only)) {
                    assertThat(resource).isNotNull();
                    fail(only);
                } catch (IOException | RuntimeException | Error e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        });
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void otherFailuresEndIt() {
        assertThatThrownBy(() ->
                        OutOfMemoryRetry.run(() -> {
                            attempts++;
                            throw new IllegalArgumentException("other");
                        }))
                .hasMessage("other");
        assertThat(attempts).isEqualTo(1);
    }

    private static void fail(Error error) {
        throw error;
    }
}
