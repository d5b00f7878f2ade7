package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether what a page says of itself can be true, so that no reader ever leaves its bounds.
/// Checksums find what changed by accident; this finds what was written wrongly or on purpose.
///
/// Each check returns what is wrong, or null.
final class PageCheck {
    private PageCheck() {}

    /// The layout of a page of any kind.
    static @Nullable String layout(byte[] page) {
        int used = PageFormat.used(page);
        if (used < PageFormat.HEADER_BYTES || used > page.length) {
            return "page claims to use " + used + " of " + page.length + " bytes";
        }
        return switch (PageFormat.kind(page)) {
            case PageFormat.KIND_LEAF -> leaf(page);
            case PageFormat.KIND_INNER -> inner(page);
            case PageFormat.KIND_VALUE, PageFormat.KIND_FREE_SPACE -> null;
            default -> "page of unknown kind " + PageFormat.kind(page);
        };
    }

    private static @Nullable String leaf(byte[] page) {
        int count = PageFormat.entries(page);
        if (count == 0 || PageFormat.level(page) != 0) {
            return "leaf with %d entries at level %d".formatted(count, PageFormat.level(page));
        }
        int insert = PageFormat.insertPosition(page);
        if (insert >= count && insert != PageFormat.NO_INSERT_POSITION) {
            return "leaf whose newest entry is none of its entries";
        }
        int used = PageFormat.used(page);
        int position = LeafPage.prefixStart(page) + PageFormat.prefixLength(page);
        for (int index = 0; index < count; index++) {
            // Nothing of a slot is read beyond the page's end.
            if (position > used || LeafPage.keyStart(page, index) != position) {
                return "leaf whose entry " + index + " is not where it should be";
            }
            position += LeafPage.suffixLength(page, index);
            if (LeafPage.isLarge(page, index)) {
                if (position + LeafPage.LARGE_REFERENCE_BYTES > used
                        || !isLargeValue(page, position)) {
                    return "leaf whose entry " + index + " refers to no value";
                }
            }
            if (tag(page, index, position) != page[LeafPage.tagsStart(page) + index]) {
                return "leaf whose entry " + index + " has a wrong tag";
            }
            position += LeafPage.storedValueLength(page, index);
        }
        return position == used ? null : "leaf whose entries have another length than it says";
    }

    private static byte tag(byte[] page, int index, int valueStart) {
        int length = LeafPage.rawValueLength(page, index);
        boolean hasTag = length > 0 && length != LeafPage.LARGE && valueStart < page.length;
        return hasTag ? page[valueStart] : LeafPage.NO_TAG;
    }

    private static boolean isLargeValue(byte[] page, int position) {
        LargeValue value = LargeValue.read(page, position);
        return isReference(value.reference())
                && value.length() >= 0
                && (long) PageFormat.HEADER_BYTES + value.length()
                        <= PageReference.byteCount(value.reference());
    }

    private static @Nullable String inner(byte[] page) {
        int count = PageFormat.entries(page);
        if (count == 0 || PageFormat.level(page) == 0) {
            return "inner page with %d children at level %d"
                    .formatted(count, PageFormat.level(page));
        }
        int used = PageFormat.used(page);
        int position = InnerPage.prefixStart(count) + PageFormat.prefixLength(page);
        for (int index = 0; index < count; index++) {
            if (position > used || InnerPage.suffixStart(page, count, index) != position) {
                return "inner page whose separator " + index + " is not where it should be";
            }
            if (!isReference(InnerPage.child(page, index))) {
                return "inner page whose child " + index + " is no page";
            }
            position += InnerPage.suffixLength(page, count, index);
        }
        return position == used ? null : "inner page with another length than it says";
    }

    private static boolean isReference(long reference) {
        return reference > 0 && PageReference.block(reference) >= DataHeader.SLOTS;
    }

    /// Whether the keys of a sound page ascend and, in a leaf, are what their fingerprints say.
    static @Nullable String order(byte[] page) {
        boolean isLeaf = PageFormat.kind(page) == PageFormat.KIND_LEAF;
        byte[] before = null;
        for (int index = isLeaf ? 0 : 1; index < PageFormat.entries(page); index++) {
            byte[] key = isLeaf ? LeafPage.copyKey(page, index) : InnerPage.separator(page, index);
            if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
                return "page whose key " + index + " is not above the one before";
            }
            if (isLeaf
                    && page[LeafPage.fingerprintsStart(page) + index]
                            != LeafFingerprints.of(key, 0, key.length)) {
                return "leaf whose entry " + index + " has a wrong fingerprint";
            }
            before = key;
        }
        return null;
    }
}
