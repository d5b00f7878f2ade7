package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// What the analysis of a definition found out about its syntax tree, node by node, so that the
/// definition can be written down without names ([StoredQueryWriter]). All keys are compared by
/// identity. Used by one thread, for one statement.
final class Resolutions {
    private final IdentityHashMap<Expression, TypedExpression> values = new IdentityHashMap<>();
    private final IdentityHashMap<TypedExpression, TypedExpression> conversions =
            new IdentityHashMap<>();
    private final IdentityHashMap<QualifiedName, Reference> references = new IdentityHashMap<>();
    private final IdentityHashMap<TableExpression, RangeItem> ranges = new IdentityHashMap<>();
    private final IdentityHashMap<TableExpression, List<MergedColumn>> merged =
            new IdentityHashMap<>();
    private final IdentityHashMap<QueryBody, List<String>> targetNames = new IdentityHashMap<>();
    private final IdentityHashMap<Expression, Integer> targets = new IdentityHashMap<>();
    private final IdentityHashMap<RangeItem, Integer> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<ScopeColumn, Reference> places = new IdentityHashMap<>();
    private final IdentityHashMap<TableExpression, Integer> joinNumbers = new IdentityHashMap<>();
    private final IdentityHashMap<Expression, List<Reference>> stars = new IdentityHashMap<>();
    private final Set<Integer> neededKeys = new HashSet<>();
    private int lastNumber;

    /// What a name means.
    sealed interface Reference {
        /// The number of the range variable.
        int range();
    }

    /// A column: a table's slot, else a position, from 1.
    record ColumnPlace(int range, int column) implements Reference {}

    /// The whole row.
    record WholeRow(int range) implements Reference {}

    /// A system column.
    record SystemColumn(int range, String name) implements Reference {}

    /// A column of USING or NATURAL.
    record MergedColumn(String name, ColumnPlace left, ColumnPlace right) {}

    void value(Expression expression, TypedExpression value) {
        values.put(expression, value);
    }

    /// What the expression is by itself, before its surroundings converted it; null when it was
    /// never looked at.
    @Nullable TypedExpression value(Expression expression) {
        return values.get(expression);
    }

    void conversion(TypedExpression from, TypedExpression to) {
        if (!from.equals(to)) {
            conversions.put(from, to);
        }
    }

    /// What became of a value; itself when it was not converted.
    TypedExpression converted(TypedExpression value) {
        return conversions.getOrDefault(value, value);
    }

    /// Gives a range variable its number.
    void range(RangeItem item) {
        int number = nextNumber();
        numbers.put(item, number);
        Relation relation = item.relation();
        boolean bySlot = relation instanceof Table || relation instanceof SystemTable;
        for (int i = 0; i < item.columns().size(); i++) {
            ScopeColumn column = item.columns().get(i);
            places.putIfAbsent(
                    column, new ColumnPlace(number, bySlot ? column.columnNumber() : i + 1));
        }
    }

    private int nextNumber() {
        return ++lastNumber;
    }

    /// Gives the row of a table, in the table's own expressions, its number.
    void row(RangeItem item) {
        int number = nextNumber();
        numbers.put(item, number);
        for (ScopeColumn column : item.columns()) {
            places.putIfAbsent(column, new ColumnPlace(number, column.columnNumber()));
        }
    }

    void table(TableExpression table, RangeItem item) {
        ranges.put(table, item);
    }

    /// The range variable of a FROM item; null for joins without an alias.
    @Nullable RangeItem table(TableExpression table) {
        return ranges.get(table);
    }

    int number(RangeItem item) {
        Integer number = numbers.get(item);
        if (number == null) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "whole rows of joins with an alias are not supported in views");
        }
        return number;
    }

    /// The merged columns of a join.
    void merge(
            TableExpression join,
            List<ScopeColumn> left,
            List<ScopeColumn> right,
            List<ScopeColumn> shared) {
        int number = nextNumber();
        joinNumbers.put(join, number);
        List<MergedColumn> columns = new ArrayList<>();
        for (int i = 0; i < shared.size(); i++) {
            columns.add(
                    new MergedColumn(
                            shared.get(i).name(), place(left.get(i)), place(right.get(i))));
            places.putIfAbsent(shared.get(i), new ColumnPlace(number, i + 1));
        }
        merged.put(join, columns);
    }

    /// The columns of a join with an alias, beside those that they are.
    void join(TableExpression join, RangeItem item, List<ScopeColumn> originals) {
        ranges.put(join, item);
        for (int i = 0; i < originals.size(); i++) {
            places.putIfAbsent(item.columns().get(i), place(originals.get(i)));
        }
    }

    List<MergedColumn> merged(TableExpression join) {
        return merged.getOrDefault(join, List.of());
    }

    /// The number under which the merged columns of a join can be named.
    int joinNumber(TableExpression join) {
        return joinNumbers.getOrDefault(join, 0);
    }

    ColumnPlace place(ScopeColumn column) {
        if (places.get(column) instanceof ColumnPlace place) {
            return place;
        }
        throw new IllegalStateException("no place for column " + column.name());
    }

    void column(QualifiedName name, ScopeColumn column) {
        references.put(name, place(column));
    }

    void row(QualifiedName name, RangeItem item) {
        references.put(name, new WholeRow(number(item)));
    }

    void systemColumn(QualifiedName name, RangeItem item) {
        references.put(name, new SystemColumn(number(item), name.last()));
    }

    Reference reference(QualifiedName name) {
        Reference reference = references.get(name);
        if (reference == null) {
            throw new IllegalStateException("no meaning of " + name.dotted());
        }
        return reference;
    }

    void star(Expression star, List<ScopeColumn> columns) {
        stars.put(star, columns.stream().<Reference>map(this::place).toList());
    }

    /// The columns that a star stands for.
    List<Reference> star(Expression star) {
        return stars.getOrDefault(star, List.of());
    }

    void targets(QueryBody body, List<TargetItem> items) {
        targetNames.put(body, items.stream().map(TargetItem::name).toList());
    }

    /// The names of the columns of a SELECT.
    List<String> targetNames(QueryBody body) {
        return targetNames.getOrDefault(body, List.of());
    }

    /// Says that the query is right only as long as the key is there.
    void needKey(int constraintOid) {
        neededKeys.add(constraintOid);
    }

    Set<Integer> neededKeys() {
        return Set.copyOf(neededKeys);
    }

    void target(Expression entry, int index) {
        targets.put(entry, index);
    }

    /// The column of the select list, from 0, that an entry of ORDER BY, GROUP BY or DISTINCT ON
    /// means; null when it is an expression of its own.
    @Nullable Integer target(Expression entry) {
        return targets.get(entry);
    }
}
