package org.cladedb.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type of an expression or column.
public sealed interface SqlType {
    SqlType BOOLEAN = of(TypeKind.BOOLEAN);
    SqlType SMALLINT = of(TypeKind.SMALLINT);
    SqlType INTEGER = of(TypeKind.INTEGER);
    SqlType BIGINT = of(TypeKind.BIGINT);
    SqlType REAL = of(TypeKind.REAL);
    SqlType DOUBLE = of(TypeKind.DOUBLE);
    SqlType NUMERIC = of(TypeKind.NUMERIC);
    SqlType TEXT = of(TypeKind.TEXT);
    SqlType VARCHAR = of(TypeKind.VARCHAR);
    SqlType BPCHAR = of(TypeKind.BPCHAR);
    SqlType NAME = of(TypeKind.NAME);
    SqlType CHAR = of(TypeKind.CHAR);
    SqlType BYTEA = of(TypeKind.BYTEA);
    SqlType DATE = of(TypeKind.DATE);
    SqlType TIME = of(TypeKind.TIME);
    SqlType TIMESTAMP = of(TypeKind.TIMESTAMP);
    SqlType TIMESTAMPTZ = of(TypeKind.TIMESTAMPTZ);
    SqlType INTERVAL = of(TypeKind.INTERVAL);
    SqlType UUID = of(TypeKind.UUID);
    SqlType JSON = of(TypeKind.JSON);
    SqlType JSONB = of(TypeKind.JSONB);
    SqlType OID = of(TypeKind.OID);
    SqlType REGCLASS = of(TypeKind.REGCLASS);
    SqlType REGTYPE = of(TypeKind.REGTYPE);
    SqlType UNKNOWN = of(TypeKind.UNKNOWN);
    SqlType VOID = of(TypeKind.VOID);

    /// A type without modifier.
    static SqlType of(TypeKind kind) {
        return new Scalar(kind, -1);
    }

    /// An array of `element`, of any number of dimensions.
    static SqlType arrayOf(SqlType element) {
        return new Array(element);
    }

    /// The built-in type or array type with this OID, null when there is none.
    static @Nullable SqlType byOid(int oid) {
        TypeKind kind = TypeKind.byOid(oid);
        if (kind != null) {
            return of(kind);
        }
        for (TypeKind element : TypeKind.values()) {
            if (oid != 0 && element.arrayOid() == oid) {
                return arrayOf(of(element));
            }
        }
        return null;
    }

    TypeKind kind();

    /// The OID sent to clients. Nested results and anonymous records are `record`; their arrays
    /// `record[]`.
    int oid();

    /// PostgreSQL's type modifier (`atttypmod`), -1 for none.
    int modifier();

    /// This type without its modifier.
    SqlType withoutModifier();

    default boolean isArray() {
        return kind() == TypeKind.ARRAY;
    }

    /// Whether it is the type of a nested result, whose values are JSON text. Other arrays of rows
    /// have anonymous records for elements.
    default boolean isNestedResult() {
        return this instanceof Array array && array.element() instanceof Row;
    }

    default ValueForm form() {
        return kind().form();
    }

    /// A plain type.
    ///
    /// @param kind any but [TypeKind#ARRAY]
    /// @param modifier as PostgreSQL's: length + 4 for varchar and char; ((precision << 16) |
    ///   scale) + 4 for numeric; fractional digits for times; -1 for none
    record Scalar(TypeKind kind, int modifier) implements SqlType {
        @Override
        public int oid() {
            return kind.oid();
        }

        @Override
        public SqlType withoutModifier() {
            return modifier == -1 ? this : new Scalar(kind, -1);
        }
    }

    /// An array type.
    record Array(SqlType element) implements SqlType {
        @Override
        public TypeKind kind() {
            return TypeKind.ARRAY;
        }

        @Override
        public int oid() {
            return element.kind().arrayOid();
        }

        @Override
        public int modifier() {
            return element.modifier();
        }

        @Override
        public SqlType withoutModifier() {
            return element.modifier() == -1 ? this : new Array(element.withoutModifier());
        }
    }

    /// A row with named, typed fields: a table's row, a ROW(…) or one row of a nested result.
    record Row(List<Field> fields) implements SqlType {
        public Row {
            fields = List.copyOf(fields);
        }

        @Override
        public TypeKind kind() {
            return TypeKind.RECORD;
        }

        @Override
        public int oid() {
            return TypeKind.RECORD.oid();
        }

        @Override
        public int modifier() {
            return -1;
        }

        @Override
        public SqlType withoutModifier() {
            return this;
        }
    }

    /// A field of a [Row].
    record Field(String name, SqlType type) {}
}
