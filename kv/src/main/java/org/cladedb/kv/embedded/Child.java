package org.cladedb.kv.embedded;

/// A page as its parent refers to it.
///
/// @param separator no key below is smaller; the parent's first child leaves it out
/// @param tags what occurs below, as a [TagSet]
record Child(byte[] separator, long reference, long tags) {
    /// The same with another lower bound.
    Child from(byte[] newSeparator) {
        return new Child(newSeparator, reference, tags);
    }

    /// The same with known tags: those of a root are not.
    Child withTags(long newTags) {
        return new Child(separator, reference, newTags);
    }

    /// The child `index` of a page whose own lower bound is `lower`.
    static Child of(byte[] lower, byte[] page, int index) {
        return new Child(
                index == 0 ? lower : InnerPage.separator(page, index),
                InnerPage.child(page, index),
                InnerPage.tags(page, index));
    }

    /// A root, which has no parent.
    static Child root(long reference) {
        return new Child(new byte[0], reference, TagSet.ALL);
    }
}
