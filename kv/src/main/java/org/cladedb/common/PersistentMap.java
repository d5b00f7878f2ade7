package org.cladedb.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable map in the order of its keys: a weight-balanced binary tree.
///
/// A changed map is a new one that shares all but a path of its tree with the old: changes and
/// look-ups take time logarithmic in the size, and [#differences] between two versions time in
/// proportion to what was changed between them. Safe for any thread if keys and values are.
public final class PersistentMap<K, V> {
    private final Comparator<? super K> order;
    private final @Nullable Node<K, V> root;

    private PersistentMap(Comparator<? super K> order, @Nullable Node<K, V> root) {
        this.order = order;
        this.root = root;
    }

    /// A map without entries.
    ///
    /// @param order of the keys; two that compare as 0 are the same key
    public static <K, V> PersistentMap<K, V> empty(Comparator<? super K> order) {
        return new PersistentMap<>(order, null);
    }

    public int size() {
        return Node.sizeOf(root);
    }

    public boolean isEmpty() {
        return root == null;
    }

    public @Nullable V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int compared = order.compare(key, node.key());
            if (compared == 0) {
                return node.value();
            }
            node = compared < 0 ? node.left() : node.right();
        }
        return null;
    }

    /// The map with `value` for `key`, whether there was one or not.
    public PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(order, Node.with(root, key, value, order));
    }

    /// The map without `key`; this one when it has none.
    public PersistentMap<K, V> without(K key) {
        return get(key) == null ? this : new PersistentMap<>(order, Node.without(root, key, order));
    }

    /// All values in the order of their keys; takes time in proportion to their number.
    public List<V> values() {
        List<V> values = new ArrayList<>(size());
        forEach((_, value) -> values.add(value));
        return java.util.Collections.unmodifiableList(values);
    }

    /// Hands over all entries, in order.
    public void forEach(BiConsumer<? super K, ? super V> action) {
        forEach(root, action);
    }

    private static <K, V> void forEach(
            @Nullable Node<K, V> node, BiConsumer<? super K, ? super V> action) {
        if (node != null) {
            forEach(node.left(), action);
            action.accept(node.key(), node.value());
            forEach(node.right(), action);
        }
    }

    /// Hands over the entries from `from`, inclusive, to `to`, exclusive, in order.
    public void forEachBetween(K from, K to, BiConsumer<? super K, ? super V> action) {
        forEachBetween(root, from, to, action);
    }

    private void forEachBetween(
            @Nullable Node<K, V> node, K from, K to, BiConsumer<? super K, ? super V> action) {
        if (node == null) {
            return;
        }
        boolean reachesFrom = order.compare(from, node.key()) <= 0;
        boolean staysBelow = order.compare(node.key(), to) < 0;
        if (reachesFrom) {
            forEachBetween(node.left(), from, to, action);
        }
        if (reachesFrom && staysBelow) {
            action.accept(node.key(), node.value());
        }
        if (staysBelow) {
            forEachBetween(node.right(), from, to, action);
        }
    }

    /// A key whose values differ in two maps.
    ///
    /// @param before null when it is only in the later map
    /// @param after null when it is only in the earlier map
    public record Difference<K, V>(K key, @Nullable V before, @Nullable V after) {}

    /// What leads from one map to the other, in the order of the keys, which both have. Values are
    /// compared with `equals` where they are not in a part of the tree that both share.
    public static <K, V> List<Difference<K, V>> differences(
            PersistentMap<K, V> before, PersistentMap<K, V> after) {
        List<Difference<K, V>> found = new ArrayList<>();
        collect(before.root, after.root, before.order, found);
        return found;
    }

    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    private static <K, V> void collect(
            @Nullable Node<K, V> before,
            @Nullable Node<K, V> after,
            Comparator<? super K> order,
            List<Difference<K, V>> found) {
        if (before == after) {
            return;
        }
        if (after == null) {
            forEach(before, (key, value) -> found.add(new Difference<>(key, value, null)));
            return;
        }
        V old = before == null ? null : Node.get(before, after.key(), order);
        collect(Node.below(before, after.key(), order), after.left(), order, found);
        if (!Objects.equals(old, after.value())) {
            found.add(new Difference<>(after.key(), old, after.value()));
        }
        collect(Node.above(before, after.key(), order), after.right(), order, found);
    }

    /// A node of a weight-balanced tree: neither side of a node weighs more than three times the
    /// other, weight being size + 1 (Adams' trees with the parameters of Hirai and Yamamoto).
    private record Node<K, V>(
            K key, V value, int size, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        private static final int HEAVIER_AT_MOST = 3;
        private static final int SINGLE_ROTATION_BELOW = 2;

        static int sizeOf(@Nullable Node<?, ?> node) {
            return node == null ? 0 : node.size;
        }

        private static int weight(@Nullable Node<?, ?> node) {
            return sizeOf(node) + 1;
        }

        private static <K, V> Node<K, V> of(
                K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            return new Node<>(key, value, sizeOf(left) + sizeOf(right) + 1, left, right);
        }

        /// This entry over other sides; this node when they are its own.
        @SuppressWarnings("ReferenceEquality") // sharing is what matters
        private Node<K, V> withSides(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
            return newLeft == left && newRight == right ? this : of(key, value, newLeft, newRight);
        }

        /// This entry over two sides of which at most one is out of balance by one entry.
        private Node<K, V> balanced(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
            if (newRight != null && weight(newRight) > HEAVIER_AT_MOST * weight(newLeft)) {
                Node<K, V> inner = newRight.left;
                if (inner == null
                        || weight(inner) < SINGLE_ROTATION_BELOW * weight(newRight.right)) {
                    return newRight.withSides(withSides(newLeft, inner), newRight.right);
                }
                return inner.withSides(
                        withSides(newLeft, inner.left),
                        newRight.withSides(inner.right, newRight.right));
            }
            if (newLeft != null && weight(newLeft) > HEAVIER_AT_MOST * weight(newRight)) {
                Node<K, V> inner = newLeft.right;
                if (inner == null || weight(inner) < SINGLE_ROTATION_BELOW * weight(newLeft.left)) {
                    return newLeft.withSides(newLeft.left, withSides(inner, newRight));
                }
                return inner.withSides(
                        newLeft.withSides(newLeft.left, inner.left),
                        withSides(inner.right, newRight));
            }
            return withSides(newLeft, newRight);
        }

        static <K, V> @Nullable V get(
                @Nullable Node<K, V> root, K key, Comparator<? super K> order) {
            return new PersistentMap<>(order, root).get(key);
        }

        static <K, V> Node<K, V> with(
                @Nullable Node<K, V> node, K key, V value, Comparator<? super K> order) {
            if (node == null) {
                return of(key, value, null, null);
            }
            int compared = order.compare(key, node.key);
            if (compared < 0) {
                return node.balanced(with(node.left, key, value, order), node.right);
            }
            if (compared > 0) {
                return node.balanced(node.left, with(node.right, key, value, order));
            }
            return of(key, value, node.left, node.right);
        }

        static <K, V> @Nullable Node<K, V> without(
                @Nullable Node<K, V> node, K key, Comparator<? super K> order) {
            if (node == null) {
                return null;
            }
            int compared = order.compare(key, node.key);
            if (compared < 0) {
                return node.balanced(without(node.left, key, order), node.right);
            }
            if (compared > 0) {
                return node.balanced(node.left, without(node.right, key, order));
            }
            if (node.left == null || node.right == null) {
                return node.left == null ? node.right : node.left;
            }
            Node<K, V> next = first(node.right);
            return next.balanced(node.left, without(node.right, next.key, order));
        }

        private static <K, V> Node<K, V> first(Node<K, V> node) {
            Node<K, V> first = node;
            while (first.left != null) {
                first = first.left;
            }
            return first;
        }

        /// What is below `key`. Shares with `node` what need not be cut; not balanced.
        static <K, V> @Nullable Node<K, V> below(
                @Nullable Node<K, V> node, K key, Comparator<? super K> order) {
            if (node == null) {
                return null;
            }
            int compared = order.compare(node.key, key);
            if (compared == 0) {
                return node.left;
            }
            return compared > 0
                    ? below(node.left, key, order)
                    : node.withSides(node.left, below(node.right, key, order));
        }

        /// What is above `key`, in the same way.
        static <K, V> @Nullable Node<K, V> above(
                @Nullable Node<K, V> node, K key, Comparator<? super K> order) {
            if (node == null) {
                return null;
            }
            int compared = order.compare(node.key, key);
            if (compared == 0) {
                return node.right;
            }
            return compared < 0
                    ? above(node.right, key, order)
                    : node.withSides(above(node.left, key, order), node.right);
        }
    }
}
