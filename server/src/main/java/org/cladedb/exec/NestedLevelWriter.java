package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.physical.NestedLevel;
import org.cladedb.storage.group.GroupCursor;
import org.cladedb.storage.group.MemberRead;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonText;
import org.cladedb.types.JsonWriter;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one level of a nested read, and has its inner levels write theirs.
///
/// A row is written as its members come: what stands before the inner level at once, what stands
/// behind it when the row ends, so that an inner array goes into the same buffer right where it
/// belongs. Only where a level has several inner levels, whose rows come one level after the other,
/// each has a buffer of its own and the row is put together at its end.
final class NestedLevelWriter {
    private final int member;
    private final Datum[] cells;
    private final @Nullable Evaluator filter;
    private final Item[] items;
    private final NestedLevelWriter[] inner;
    private final @Nullable CellKeeper keeper;
    private final NestedBuffer own;
    private NestedBuffer buffer;
    private ByteWriter out;
    private boolean arrayOpen;
    private boolean rowOpen;

    /// A member of the JSON object: its name with punctuation, and its value or level.
    private static final class Item {
        private final byte[] name;
        private final @Nullable Evaluator value;
        private final SqlType type;
        private final @Nullable NestedLevelWriter level;
        private @Nullable JsonWriter writer;

        Item(
                byte[] name,
                @Nullable Evaluator value,
                SqlType type,
                @Nullable NestedLevelWriter level) {
            this.name = name;
            this.value = value;
            this.type = type;
            this.level = level;
        }
    }

    /// Compiles a level, adding it and its inner levels to `members` and `writers` in scan order.
    NestedLevelWriter(
            NestedLevel level,
            ExpressionCompiler expressions,
            Scope outer,
            List<MemberRead> members,
            List<NestedLevelWriter> writers) {
        own = new NestedBuffer(expressions.state());
        buffer = own;
        out = own.bytes();
        member = members.size();
        members.add(new MemberRead(level.table(), level.slots()));
        writers.add(this);
        cells = Datum.row(level.slots().size());
        Scope scope = outer.with(level.scanColumns(), cells);
        filter = expressions.compileOptionalCondition(level.filter(), scope);
        List<NestedLevelWriter> levels = new ArrayList<>();
        items = new Item[level.items().size()];
        for (int i = 0; i < items.length; i++) {
            NestedLevel.Item item = level.items().get(i);
            byte[] name = punctuated(item.name(), i == 0);
            items[i] =
                    switch (item) {
                        case NestedLevel.Value value ->
                                new Item(
                                        name,
                                        expressions.compile(value.expression(), scope),
                                        value.expression().type(),
                                        null);
                        case NestedLevel.Nested nested -> {
                            NestedLevelWriter below =
                                    new NestedLevelWriter(
                                            nested.level(), expressions, scope, members, writers);
                            levels.add(below);
                            yield new Item(name, null, SqlType.JSON, below);
                        }
                    };
        }
        inner = levels.toArray(NestedLevelWriter[]::new);
        keeper = inner.length == 0 ? null : new CellKeeper(level.scanColumns(), cells);
    }

    private static byte[] punctuated(String name, boolean first) {
        ByteWriter bytes = new ByteWriter();
        bytes.writeByte(first ? '{' : ',');
        bytes.writeBytes(JsonText.memberName(name));
        return bytes.toByteArray();
    }

    int member() {
        return member;
    }

    /// The inner levels.
    NestedLevelWriter[] inner() {
        return inner;
    }

    /// Makes the value writers for the session's settings.
    void prepare(TypeContext context) {
        for (Item item : items) {
            if (item.value != null) {
                item.writer = NestedEvaluator.writerFor(item.type, context);
            }
        }
        for (NestedLevelWriter level : inner) {
            level.prepare(context);
        }
    }

    /// Starts the array for the next row of the level above, to be written to `destination`.
    void beginArray(NestedBuffer destination) {
        buffer = destination;
        out = destination.bytes();
        arrayOpen = false;
        rowOpen = false;
    }

    /// Whether rows of inner levels are to be written: the current row passed its filter.
    boolean isRowOpen() {
        return rowOpen;
    }

    /// Writes the cursor's current row; false when the filter rejects it.
    boolean write(GroupCursor cursor, ExecutionContext context) {
        endRow(context);
        cursor.read(cells);
        if (filter != null && !isTrue(filter.evaluate(context))) {
            return false;
        }
        if (out.size() > NestedJson.BYTES_MAX) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "nested result is larger than 1 GiB");
        }
        buffer.account();
        if (arrayOpen) {
            out.writeBytes(NestedJson.ROW_SEPARATOR);
        } else {
            out.writeByte('[');
            arrayOpen = true;
        }
        if (inner.length == 0) {
            writeItems(0, items.length, context);
            out.writeByte('}');
            return true;
        }
        rowOpen = true;
        if (keeper != null) {
            keeper.keep();
        }
        if (inner.length == 1) {
            int position = positionOf(inner[0]);
            writeItems(0, position, context);
            out.writeBytes(items[position].name);
            inner[0].beginArray(buffer);
        } else {
            for (NestedLevelWriter level : inner) {
                level.own.bytes().clear();
                level.beginArray(level.own);
            }
        }
        return true;
    }

    private static boolean isTrue(Datum value) {
        return !value.isNull() && value.booleanValue();
    }

    private int positionOf(NestedLevelWriter level) {
        int position = 0;
        while (items[position].level != level) {
            position++;
        }
        return position;
    }

    private void writeItems(int from, int to, ExecutionContext context) {
        for (int i = from; i < to; i++) {
            Item item = items[i];
            out.writeBytes(item.name);
            if (item.value != null && item.writer != null) {
                item.writer.write(item.value.evaluate(context), out);
            } else if (item.level != null) {
                out.writeBytes(item.level.out.array(), 0, item.level.out.size());
            }
        }
    }

    /// Ends the current row, if there is one.
    void endRow(ExecutionContext context) {
        if (!rowOpen) {
            return;
        }
        rowOpen = false;
        for (NestedLevelWriter level : inner) {
            level.endArray(context);
        }
        int rest = inner.length == 1 ? positionOf(inner[0]) + 1 : 0;
        writeItems(rest, items.length, context);
        out.writeByte('}');
    }

    /// Ends the array: `[]` when no row came.
    void endArray(ExecutionContext context) {
        endRow(context);
        if (arrayOpen) {
            out.writeByte(']');
        } else {
            out.writeBytes(NestedJson.EMPTY_ARRAY);
        }
    }
}
