package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The rows of an input with the values of keys computed over them, for being written to disk and
/// read again: into the cells of the input, which must have ended by then. Keys are kept because
/// computing them again might give other values.
final class KeyedRows {
    private final List<SqlType> types;
    private final Datum[] stored;
    private final Datum[] read;
    private final int width;

    KeyedRows(Datum[] input, List<SqlType> inputTypes, List<SqlType> keyTypes) {
        width = input.length;
        types = Stream.concat(inputTypes.stream(), keyTypes.stream()).toList();
        stored = Arrays.copyOf(input, types.size());
        read = Arrays.copyOf(input, types.size());
        for (int i = width; i < read.length; i++) {
            read[i] = new Datum();
        }
    }

    /// The types of what is stored of a row.
    List<SqlType> types() {
        return types;
    }

    /// What is stored of the current row of the input.
    Datum[] stored(Datum[] keyValues) {
        System.arraycopy(keyValues, 0, stored, width, stored.length - width);
        return stored;
    }

    /// The cells that a row is read to.
    Datum[] cells() {
        return read;
    }

    /// The keys of the row read last.
    void takeKeys(Datum[] keyValues) {
        System.arraycopy(read, width, keyValues, 0, stored.length - width);
    }
}
