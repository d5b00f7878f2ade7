package org.cladedb.session;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillHost;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// A statement with its parameters, being run. Owned by the session's thread.
final class Portal implements AutoCloseable {
    private final String name;
    private final PreparedStatement prepared;
    private final List<Datum> parameters;
    private final @Nullable ResultShape shape;
    private final int savepointDepth;
    private final boolean holdable;
    private @Nullable RowSource rows;
    private TypeContext types = TypeContext.DEFAULT;
    private String tag = "";
    private boolean counted;
    private long position;
    private long createdMicros;
    private boolean started;
    private boolean done;

    /// @param shape null when it returns no rows
    /// @param savepointDepth how many savepoints there were when it was made
    /// @param holdable whether it outlives the transaction
    Portal(
            String name,
            PreparedStatement prepared,
            List<Datum> parameters,
            @Nullable ResultShape shape,
            int savepointDepth,
            boolean holdable) {
        this.name = name;
        this.prepared = prepared;
        this.parameters = parameters;
        this.shape = shape;
        this.savepointDepth = savepointDepth;
        this.holdable = holdable;
    }

    String name() {
        return name;
    }

    PreparedStatement prepared() {
        return prepared;
    }

    List<Datum> parameters() {
        return parameters;
    }

    @Nullable ResultShape shape() {
        return shape;
    }

    int savepointDepth() {
        return savepointDepth;
    }

    /// It is entered under its name at that time.
    void enter(long nowMicros) {
        createdMicros = nowMicros;
    }

    ListedCursor listed() {
        boolean binary = shape != null && shape.formats().contains(1);
        return new ListedCursor(name, prepared.text(), holdable, binary, createdMicros);
    }

    boolean isHoldable() {
        return holdable;
    }

    boolean isStarted() {
        return started;
    }

    boolean isDone() {
        return done;
    }

    /// The command tag, without the number of rows when counted.
    String tag() {
        return tag;
    }

    @Nullable RowSource rows() {
        return rows;
    }

    /// How its values convert.
    TypeContext types() {
        return types;
    }

    /// Takes the conversions of the cursor whose rows this portal sends.
    void convertAs(TypeContext conversions) {
        types = conversions;
    }

    /// How many rows a cursor gave.
    long position() {
        return position;
    }

    /// A cursor gave a row.
    void advance() {
        position++;
    }

    /// Whether the number of rows sent is part of the command tag.
    boolean isCounted() {
        return counted;
    }

    /// The statement runs; its rows, if any, come from `source`.
    ///
    /// @param countRows whether the number of rows sent is appended to the tag
    void start(String commandTag, boolean countRows, @Nullable RowSource source) {
        started = true;
        tag = commandTag;
        counted = countRows;
        rows = source;
    }

    /// Whether rows are still being computed.
    boolean isLive() {
        return rows instanceof LiveRows;
    }

    /// Reads the rest of the rows and keeps them, because the statement's snapshot is about to go.
    void detach(MemoryAccount memory, SpillHost host) {
        RowSource source = rows;
        ResultShape described = shape;
        if (source instanceof LiveRows && described != null) {
            StoredRows stored = new StoredRows(described.columns(), memory, host);
            try {
                stored.addAll(source);
            } finally {
                source.close();
            }
            rows = stored;
        }
    }

    void finish() {
        done = true;
        close();
    }

    @Override
    public void close() {
        RowSource source = rows;
        rows = null;
        if (source != null) {
            source.close();
        }
    }
}
