package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;

/// The sequences that defaults of columns draw from.
///
/// In stored text a sequence is a constant, `nextval('16390'::regclass)`: its OID.
final class SequenceReferences {
    private final DdlContext context;

    SequenceReferences(DdlContext context) {
        this.context = context;
    }

    /// A default that draws from a sequence.
    record Use(Table table, Column column, Sequence sequence) {
        String described(Names names) {
            return "default value for column %s of table %s"
                    .formatted(column.name(), names.shown(table));
        }

        String dependency(Names names) {
            return described(names) + " depends on sequence " + names.shown(sequence);
        }
    }

    /// How a sequence is written in a stored expression.
    static String written(Sequence sequence) {
        return "'" + Integer.toUnsignedString(sequence.oid()) + "'::regclass";
    }

    /// The defaults that draw from the sequences.
    List<Use> usesOf(List<Sequence> sequences) {
        List<Use> uses = new ArrayList<>();
        if (sequences.isEmpty()) {
            return uses;
        }
        for (Table table : context.catalog().tables()) {
            for (Column column : table.columns()) {
                String stored = column.dropped() ? null : column.defaultExpression();
                if (stored == null || !stored.contains("regclass")) {
                    continue;
                }
                List<ObjectReference> references = StoredSql.references(stored, table.oid());
                for (Sequence sequence : sequences) {
                    if (references.contains(new ObjectReference(sequence.oid(), 0))) {
                        uses.add(new Use(table, column, sequence));
                    }
                }
            }
        }
        return uses;
    }

    /// Takes the defaults away.
    static void drop(CatalogSnapshot.Builder builder, List<Use> uses) {
        for (Use use : uses) {
            Table table = builder.build().table(use.table().oid());
            if (table != null) {
                TableDraft draft = new TableDraft(table);
                Column column = draft.columns.get(use.column().number() - 1);
                draft.replace(column.withDefault(null, column.generation()));
                builder.put(draft.build());
            }
        }
    }
}
