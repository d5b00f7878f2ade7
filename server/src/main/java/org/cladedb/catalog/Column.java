package org.cladedb.catalog;

import java.util.Set;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A column of a table or view.
///
/// @param number 1-based slot (`attnum`), fixed for ever
/// @param notNull whether new rows may not have NULL there; whether old ones may is said by the
///   constraint ([Constraints#notNull])
/// @param defaultExpression SQL text; null for none; for GENERATED … STORED the generation
///   expression
/// @param dropped dropped columns keep their slot and read as NULL
/// @param missingValue what rows written before the column was added read as, in text form; null
///   for NULL
/// @param collation the name of an explicit collation, null for the default
/// @param defaultOid the OID of the default, 0 for none and for one that the catalog does not hold
public record Column(
        int number,
        String name,
        SqlType type,
        boolean notNull,
        @Nullable String defaultExpression,
        Generation generation,
        boolean dropped,
        @Nullable String missingValue,
        @Nullable String collation,
        int defaultOid,
        ColumnStorage storage) {

    /// The names of PostgreSQL's system columns, which no other column may have.
    public static final Set<String> SYSTEM_NAMES =
            Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    /// How values come to be when the user gives none.
    public enum Generation {
        NONE,
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT,
        STORED
    }

    /// A column whose definition says nothing of its storage.
    public Column(
            int number,
            String name,
            SqlType type,
            boolean notNull,
            @Nullable String defaultExpression,
            Generation generation,
            boolean dropped,
            @Nullable String missingValue,
            @Nullable String collation) {
        this(
                number,
                name,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                0,
                ColumnStorage.DEFAULT);
    }

    /// A plain nullable column.
    public static Column of(int number, String name, SqlType type) {
        return new Column(number, name, type, false, null, Generation.NONE, false, null, null);
    }

    public boolean isIdentity() {
        return generation == Generation.IDENTITY_ALWAYS
                || generation == Generation.IDENTITY_BY_DEFAULT;
    }

    public Column withName(String newName) {
        return new Column(
                number,
                newName,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                defaultOid,
                storage);
    }

    public Column withType(SqlType newType) {
        return new Column(
                number,
                name,
                newType,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                defaultOid,
                storage);
    }

    public Column withNotNull(boolean newNotNull) {
        return new Column(
                number,
                name,
                type,
                newNotNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                defaultOid,
                storage);
    }

    /// With the explicit collation of that name; null for the default one.
    public Column withCollation(@Nullable String newCollation) {
        return new Column(
                number,
                name,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                newCollation,
                defaultOid,
                storage);
    }

    /// With another default, which has no OID yet unless it stays the same one.
    public Column withDefault(@Nullable String expression, Generation newGeneration) {
        boolean stays = defaultExpression != null && expression != null;
        return new Column(
                number,
                name,
                type,
                notNull,
                expression,
                newGeneration,
                dropped,
                missingValue,
                collation,
                stays ? defaultOid : 0,
                storage);
    }

    Column withDefaultOid(int oid) {
        return new Column(
                number,
                name,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                oid,
                storage);
    }

    public Column withMissingValue(@Nullable String value) {
        return new Column(
                number,
                name,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                value,
                collation,
                defaultOid,
                storage);
    }

    public Column withStorage(ColumnStorage newStorage) {
        return new Column(
                number,
                name,
                type,
                notNull,
                defaultExpression,
                generation,
                dropped,
                missingValue,
                collation,
                defaultOid,
                newStorage);
    }

    /// The column after DROP COLUMN: its slot stays, under a name nobody can write, as in
    /// PostgreSQL.
    public Column asDropped() {
        return new Column(
                number,
                "........pg.dropped." + number + "........",
                type,
                false,
                null,
                Generation.NONE,
                true,
                null,
                null);
    }
}
