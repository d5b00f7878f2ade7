package org.cladedb.kv.memory;

import java.util.Arrays;
import org.cladedb.kv.KeyHash;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map from byte strings to byte strings: a treap whose priorities are hashes
/// of the keys, so that equal content always has the same shape. Every change copies one path.
final class PersistentTree {
    /// A subtree; null stands for the empty one. Compared by identity.
    static final class Node {
        private final byte[] key;
        private final byte[] value;
        private final long priority;
        private final @Nullable Node left;
        private final @Nullable Node right;
        private final int size;

        Node(byte[] key, byte[] value, long priority, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
            this.size = 1 + PersistentTree.size(left) + PersistentTree.size(right);
        }

        byte[] key() {
            return key;
        }

        byte[] value() {
            return value;
        }

        @Nullable Node left() {
            return left;
        }

        @Nullable Node right() {
            return right;
        }

        Node withLeft(@Nullable Node newLeft) {
            return new Node(key, value, priority, newLeft, right);
        }

        Node withRight(@Nullable Node newRight) {
            return new Node(key, value, priority, left, newRight);
        }
    }

    /// Two trees, all keys of the first below all keys of the second.
    private record Pair(@Nullable Node low, @Nullable Node high) {}

    private PersistentTree() {}

    static int size(@Nullable Node root) {
        return root == null ? 0 : root.size;
    }

    /// How many keys come before `key`.
    static int rank(@Nullable Node root, byte[] key) {
        int rank = 0;
        Node node = root;
        while (node != null) {
            if (Arrays.compareUnsigned(key, node.key) <= 0) {
                node = node.left;
            } else {
                rank += 1 + size(node.left);
                node = node.right;
            }
        }
        return rank;
    }

    static byte @Nullable [] get(@Nullable Node root, byte[] key) {
        Node node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    static Node put(@Nullable Node root, byte[] key, byte[] value) {
        return insert(root, new Node(key, value, KeyHash.of(key), null, null));
    }

    private static Node insert(@Nullable Node root, Node added) {
        if (root == null) {
            return added;
        }
        int order = Arrays.compareUnsigned(added.key, root.key);
        if (order == 0) {
            return new Node(root.key, added.value, root.priority, root.left, root.right);
        }
        if (added.priority > root.priority) {
            Pair halves = split(root, added.key);
            Node high = remove(halves.high, added.key);
            return new Node(added.key, added.value, added.priority, halves.low, high);
        }
        return order < 0
                ? root.withLeft(insert(root.left, added))
                : root.withRight(insert(root.right, added));
    }

    static @Nullable Node remove(@Nullable Node root, byte[] key) {
        if (root == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, root.key);
        if (order == 0) {
            return join(root.left, root.right);
        }
        if (order < 0) {
            Node left = remove(root.left, key);
            return left == root.left ? root : root.withLeft(left);
        }
        Node right = remove(root.right, key);
        return right == root.right ? root : root.withRight(right);
    }

    static @Nullable Node removeRange(@Nullable Node root, byte[] start, byte @Nullable [] end) {
        Pair atStart = split(root, start);
        Node high = end == null ? null : split(atStart.high, end).high;
        return join(atStart.low, high);
    }

    /// Keys below `key`, and the others.
    private static Pair split(@Nullable Node root, byte[] key) {
        if (root == null) {
            return new Pair(null, null);
        }
        if (Arrays.compareUnsigned(root.key, key) < 0) {
            Pair right = split(root.right, key);
            return new Pair(root.withRight(right.low), right.high);
        }
        Pair left = split(root.left, key);
        return new Pair(left.low, root.withLeft(left.high));
    }

    private static @Nullable Node join(@Nullable Node low, @Nullable Node high) {
        if (low == null) {
            return high;
        }
        if (high == null) {
            return low;
        }
        return low.priority >= high.priority
                ? low.withRight(join(low.right, high))
                : high.withLeft(join(low, high.left));
    }
}
