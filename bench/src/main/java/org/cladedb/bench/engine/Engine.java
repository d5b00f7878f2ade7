package org.cladedb.bench.engine;

import java.nio.file.Path;
import java.util.List;

/// An ordered store of byte arrays under test. Safe for several threads; readers are not.
interface Engine extends AutoCloseable {
    /// How to open one in a directory that may hold data already.
    interface Factory {
        /// @param cacheBytes memory for pages, where the engine has a setting for it
        /// @param durable whether commits that ask for it must reach the disk
        Engine open(Path directory, long cacheBytes, boolean durable) throws Exception;
    }

    /// Reads at one state of the store. Owned by one thread.
    interface Reader extends AutoCloseable {
        /// Reads up to `entriesMax` entries from `start` on, every key and value of them; returns
        /// how many there were.
        long scan(byte[] start, long entriesMax);

        /// Reads the rows of the root table, and nothing else where the engine can.
        long scanRoots();

        /// The length of the value of `key`, or -1.
        int get(byte[] key);

        @Override
        void close();
    }

    /// One commit. `durable` asks for it to be on disk when this returns.
    void commit(List<Entry> entries, boolean durable) throws Exception;

    /// Deletes all rows from `start` up to but without `end` in one durable commit.
    void deleteRange(byte[] start, byte[] end) throws Exception;

    Reader reader();

    /// Brings everything into the files, in the shape that the engine wants to have for reading.
    void settle() throws Exception;

    @Override
    void close();

    /// A key and its value.
    record Entry(byte[] key, byte[] value) {}
}
