package org.cladedb.types;

import java.util.Arrays;
import org.cladedb.common.Cancellation;

/// Equality and order of bytes, as numbers without a sign; in pieces between which the statement
/// can be stopped.
public final class ByteOrder {
    private ByteOrder() {}

    public static boolean equal(Datum left, Datum right) {
        return left.length() == right.length()
                && equal(left.bytes(), left.offset(), right.bytes(), right.offset(), left.length());
    }

    /// Whether `length` bytes are the same from both offsets on.
    public static boolean equal(
            byte[] left, int leftOffset, byte[] right, int rightOffset, int length) {
        int at = 0;
        while (at < length) {
            int piece = Cancellation.pieceEnd(at, length);
            if (!Arrays.equals(
                    left,
                    leftOffset + at,
                    leftOffset + piece,
                    right,
                    rightOffset + at,
                    rightOffset + piece)) {
                return false;
            }
            at = piece;
        }
        return true;
    }

    public static int compare(Datum left, Datum right) {
        return compare(
                left.bytes(),
                left.offset(),
                left.offset() + left.length(),
                right.bytes(),
                right.offset(),
                right.offset() + right.length());
    }

    /// Compares two ranges of bytes.
    static int compare(
            byte[] left, int leftStart, int leftEnd, byte[] right, int rightStart, int rightEnd) {
        int common = Math.min(leftEnd - leftStart, rightEnd - rightStart);
        int at = 0;
        while (at < common) {
            int piece = Cancellation.pieceEnd(at, common);
            int order =
                    Arrays.compareUnsigned(
                            left,
                            leftStart + at,
                            leftStart + piece,
                            right,
                            rightStart + at,
                            rightStart + piece);
            if (order != 0) {
                return order;
            }
            at = piece;
        }
        return Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
    }
}
