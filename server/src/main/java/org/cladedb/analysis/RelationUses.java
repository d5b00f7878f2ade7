package org.cladedb.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/// The tables and views that a statement names, and those that views which it names read: what is
/// to be locked for it. The analysis fills it, also where it fails. Owned by one thread.
public final class RelationUses {
    private final Map<Integer, Integer> read = new LinkedHashMap<>();
    private final Map<Integer, Integer> written = new LinkedHashMap<>();

    void read(int oid, int position) {
        read.putIfAbsent(oid, position);
    }

    void written(int oid, int position) {
        written.putIfAbsent(oid, position);
    }

    /// By OID of what is read: where in the statement that is named, -1 when it is not.
    public Map<Integer, Integer> read() {
        return read;
    }

    /// The same of the tables whose rows are written.
    public Map<Integer, Integer> written() {
        return written;
    }
}
