package org.cladedb.exec;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.ValueForm;
import org.cladedb.types.ValueSize;
import org.jspecify.annotations.Nullable;

/// Counts the large results of one function call in a plan: the cell keeps each until the next. At
/// the end of the execution it is let go.
///
/// What is made of large arguments is taken to be as large before it is made; functions that make
/// much of little ask for themselves.
final class LargeResults {
    /// Smaller values are not counted.
    private static final int LARGE_BYTES = 1 << 16;

    private final PlanState state;
    private final List<SqlType> argumentTypes;
    private final ValueForm form;
    private final boolean resultIsJson;
    private @Nullable MemoryAccount memory;
    private @Nullable Datum result;

    private LargeResults(PlanState state, List<SqlType> argumentTypes, SqlType type) {
        this.state = state;
        this.argumentTypes = argumentTypes;
        this.form = type.form();
        this.resultIsJson = isJson(type);
    }

    /// Null when results of this type are never large.
    static @Nullable LargeResults of(
            PlanState state, List<SqlType> argumentTypes, SqlType resultType) {
        return switch (resultType.form()) {
            case BYTES, ARRAY, ROW -> new LargeResults(state, argumentTypes, resultType);
            case LONG, DOUBLE, NUMERIC, INTERVAL, NONE -> null;
        };
    }

    void beforeCall(Datum[] values) {
        for (Datum value : values) {
            if (value.length() > LARGE_BYTES || value.object() != null) {
                check(values);
                return;
            }
        }
    }

    private void check(Datum[] values) {
        long bytes = 0;
        for (int i = 0; i < values.length; i++) {
            SqlType type = argumentTypes.get(Math.min(i, argumentTypes.size() - 1));
            if (isRead(type)) {
                bytes += ValueSize.ofListText(values[i]);
            } else {
                bytes += ValueSize.content(values[i], type.form());
            }
        }
        if (bytes > LARGE_BYTES) {
            account().check(bytes);
        }
    }

    /// Whether text becomes a tree or a list of cells for a while.
    private boolean isRead(SqlType type) {
        return type.form() == ValueForm.BYTES
                && (form == ValueForm.ARRAY || isJson(type) || resultIsJson);
    }

    private static boolean isJson(SqlType type) {
        return type.kind() == TypeKind.JSON || type.kind() == TypeKind.JSONB;
    }

    void afterCall(Datum[] values, Datum out) {
        boolean isLarge = out.length() > LARGE_BYTES || out.object() != null;
        if (isLarge || memory != null) {
            settle(values, out);
        }
    }

    private void settle(Datum[] values, Datum out) {
        long bytes = sharesWithArgument(values, out) ? 0 : ValueSize.content(out, form);
        if (bytes > LARGE_BYTES || memory != null) {
            account().resize(bytes > LARGE_BYTES ? bytes : 0);
            result = out;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same bytes or object
    private static boolean sharesWithArgument(Datum[] values, Datum out) {
        for (Datum value : values) {
            boolean same =
                    out.object() == null
                            ? value.bytes() == out.bytes()
                            : value.object() == out.object();
            if (same) {
                return true;
            }
        }
        return false;
    }

    private MemoryAccount account() {
        MemoryAccount account = memory;
        if (account == null) {
            account = state.operatorMemory();
            memory = account;
            state.whenClosed(this::forget);
        }
        return account;
    }

    private void forget() {
        if (memory != null) {
            memory.releaseAll();
        }
        if (result != null) {
            result.clear();
            result = null;
        }
    }
}
