package org.cladedb.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The tree stays shallow for keys that the hash of strings cannot tell apart.
final class PersistentTreeTest {
    private static final int PAIRS = 13;

    @Test
    void keysOfOneStringHashMakeNoChain() {
        List<String> keys = List.of("");
        for (int pair = 0; pair < PAIRS; pair++) {
            List<String> longer = new ArrayList<>();
            keys.forEach(key -> longer.addAll(List.of(key + "Aa", key + "BB")));
            keys = longer;
        }
        PersistentTree.Node root = null;
        for (String key : keys) {
            root = PersistentTree.put(root, key.getBytes(StandardCharsets.UTF_8), new byte[0]);
        }
        assertThat(depth(root)).isLessThan(4 * PAIRS);
    }

    private static int depth(PersistentTree.@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(depth(node.left()), depth(node.right()));
    }
}
