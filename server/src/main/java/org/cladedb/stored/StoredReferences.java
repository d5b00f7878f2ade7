package org.cladedb.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// What stored text depends on.
public final class StoredReferences {
    private final Map<Integer, Integer> relations = new HashMap<>();
    private final TreeSet<ObjectReference> found = new TreeSet<>();

    private StoredReferences() {}

    /// The relations that a query reads, their columns that it names, and the relations that are
    /// constants in it (`'s'::regclass`); in order, each once.
    public static List<ObjectReference> of(SelectStatement query) {
        StoredReferences references = new StoredReferences();
        StoredTree.forEach(query, part -> {}, references::table);
        StoredTree.forEach(query, references::expression, references::merged);
        return List.copyOf(references.found);
    }

    /// The columns of its own table that an expression names, and the relations that are constants
    /// in it.
    ///
    /// @param tableOid the table
    public static List<ObjectReference> of(Expression expression, int tableOid) {
        StoredReferences references = new StoredReferences();
        references.relations.put(1, tableOid);
        StoredTree.forEach(expression, references::expression);
        return List.copyOf(references.found);
    }

    /// The slots of its own table that an expression names, each once, in the order they stand.
    public static List<Integer> slots(Expression expression) {
        List<Integer> slots = new ArrayList<>();
        StoredTree.forEach(
                expression,
                part -> {
                    if (part instanceof Expression.ColumnReference reference
                            && reference.name().last().matches("c[0-9]+")) {
                        int slot = StoredNames.columnNumber(reference.name().last());
                        if (!slots.contains(slot)) {
                            slots.add(slot);
                        }
                    }
                });
        return slots;
    }

    private void table(TableExpression table) {
        if (table instanceof TableExpression.NamedTable named) {
            int oid = StoredNames.relationOid(named.name());
            if (oid != 0 && named.alias() != null) {
                relations.put(StoredNames.rangeNumber(named.alias().name()), oid);
                found.add(new ObjectReference(oid, 0));
            }
        }
    }

    private void merged(TableExpression table) {
        if (table instanceof TableExpression.Join join) {
            for (String spelled : join.using()) {
                StoredNames.Using using = StoredNames.Using.of(spelled);
                column(using.leftRange(), using.leftColumn());
                column(using.rightRange(), using.rightColumn());
            }
        }
    }

    private void column(int range, int number) {
        Integer oid = relations.get(range);
        if (oid != null) {
            found.add(new ObjectReference(oid, number));
        }
    }

    private void expression(Expression expression) {
        switch (expression) {
            case Expression.ColumnReference reference -> {
                List<String> parts = reference.name().parts();
                if (parts.size() == 2 && parts.getLast().matches("c[0-9]+")) {
                    column(
                            StoredNames.rangeNumber(parts.getFirst()),
                            StoredNames.columnNumber(parts.getLast()));
                }
            }
            case Expression.Cast(Expression.StringLiteral literal, var type, _)
                    when type.name().last().equals("regclass") -> {
                Integer oid = oid(literal.value());
                if (oid != null) {
                    found.add(new ObjectReference(oid, 0));
                }
            }
            default -> {}
        }
    }

    private static @Nullable Integer oid(String text) {
        return text.matches("[0-9]{1,10}") ? Integer.valueOf(Integer.parseUnsignedInt(text)) : null;
    }
}
