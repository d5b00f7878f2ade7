package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cladedb.catalog.Relation;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A FROM item as names see it: a range variable with its columns, or the columns of a join.
///
/// The flags are those of PostgreSQL's namespace items: an item may be visible by its own name, by
/// the unqualified names of its columns, or by neither; while FROM is being analysed it is visible
/// to LATERAL items only.
final class RangeItem {
    private final @Nullable String alias;
    private final @Nullable Relation relation;
    private final boolean aliased;
    private List<ScopeColumn> columns;
    private boolean relationVisible;
    private boolean columnsVisible = true;
    private boolean lateralOnly;
    private boolean lateralAllowed = true;
    private @Nullable Supplier<TypedExpression> presenceReader;
    private boolean nullable;
    private boolean isScalar;
    private boolean isTarget;
    private List<String> fieldNames;

    /// @param alias null for joins without a name
    /// @param relation what it stands for, where it is a relation
    /// @param aliased whether the alias hides the relation's own name
    RangeItem(
            @Nullable String alias,
            @Nullable Relation relation,
            boolean aliased,
            List<ScopeColumn> columns) {
        this.alias = alias;
        this.relation = relation;
        this.aliased = aliased;
        this.columns = List.copyOf(columns);
        this.relationVisible = alias != null;
        this.fieldNames = columns.stream().map(ScopeColumn::name).toList();
    }

    /// Says what the fields of the whole row are called, where columns are named by number.
    void fieldNames(List<String> names) {
        fieldNames = List.copyOf(names);
    }

    @Nullable String alias() {
        return alias;
    }

    @Nullable Relation relation() {
        return relation;
    }

    /// Whether a qualified `schema.table` may mean this item.
    boolean isNamedAsRelation() {
        return !aliased && relation != null;
    }

    List<ScopeColumn> columns() {
        return columns;
    }

    void columns(List<ScopeColumn> newColumns) {
        columns = List.copyOf(newColumns);
        fieldNames = columns.stream().map(ScopeColumn::name).toList();
    }

    boolean relationVisible() {
        return relationVisible;
    }

    boolean columnsVisible() {
        return columnsVisible;
    }

    boolean lateralOnly() {
        return lateralOnly;
    }

    boolean lateralAllowed() {
        return lateralAllowed;
    }

    void hideRelation() {
        relationVisible = false;
    }

    void hideColumns() {
        columnsVisible = false;
    }

    void lateral(boolean only, boolean allowed) {
        lateralOnly = only;
        lateralAllowed = allowed;
    }

    /// How to read what is NULL exactly when an outer join filled this item with NULLs.
    void presence(Supplier<TypedExpression> reader) {
        presenceReader = reader;
    }

    /// Says that an outer join may fill this item with NULLs.
    void makeNullable() {
        nullable = true;
    }

    /// Says that this is a function that returns no rows but values: its name means the value.
    void makeScalar() {
        isScalar = true;
    }

    /// Says that UPDATE or DELETE writes to this.
    void makeTarget() {
        isTarget = true;
    }

    boolean isTarget() {
        return isTarget;
    }

    /// The row of all columns; NULL where an outer join found none.
    TypedExpression wholeRow() {
        if (isScalar) {
            return columns.getFirst().read();
        }
        List<TypedExpression> fields = new ArrayList<>();
        List<SqlType.Field> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypedExpression value = columns.get(i).read();
            fields.add(value);
            String name = i < fieldNames.size() ? fieldNames.get(i) : columns.get(i).name();
            types.add(new SqlType.Field(name, TypeText.asValue(value.type())));
        }
        SqlType.Row type = new SqlType.Row(types);
        TypedExpression row = new TypedExpression.RowConstructor(fields, type);
        if (!nullable || presenceReader == null) {
            return row;
        }
        TypedExpression present = new TypedExpression.IsNull(presenceReader.get(), true);
        return new TypedExpression.Case(
                List.of(new TypedExpression.When(present, row)), null, type);
    }
}
