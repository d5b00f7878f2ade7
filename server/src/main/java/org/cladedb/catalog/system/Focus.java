package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The few objects that a search is about. Owned by the thread that searches.
final class Focus {
    private final CatalogSnapshot catalog;
    private final RelationDefinitions definitions;
    private final Lookups.Way way;
    private final Map<Integer, Table> tables = new LinkedHashMap<>();
    private final Map<Integer, View> views = new LinkedHashMap<>();
    private final Map<Integer, Sequence> sequences = new LinkedHashMap<>();
    private final Map<Integer, SystemTable> system = new LinkedHashMap<>();
    private final Set<Integer> oids = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private Focus(CatalogSnapshot catalog, RelationDefinitions definitions, Lookups.Way way) {
        this.catalog = catalog;
        this.definitions = definitions;
        this.way = way;
    }

    static Focus on(
            CatalogSnapshot catalog,
            RelationDefinitions definitions,
            Lookups.Way way,
            List<Datum> values) {
        Focus focus = new Focus(catalog, definitions, way);
        for (Datum value : values) {
            switch (way) {
                case NAME -> focus.addNamed(value.text());
                case SCHEMA_NAME -> focus.addSchema(value.text());
                case RELATION,
                        TYPE,
                        CONSTRAINT,
                        REFERENCED,
                        KEY_INDEX,
                        RULE,
                        DEPENDENT,
                        DEPENDED_ON,
                        SCHEMA ->
                        focus.add((int) value.longValue());
            }
        }
        return focus;
    }

    List<Table> tables() {
        return List.copyOf(tables.values());
    }

    List<View> views() {
        return List.copyOf(views.values());
    }

    List<Sequence> sequences() {
        return List.copyOf(sequences.values());
    }

    List<SystemTable> system() {
        return List.copyOf(system.values());
    }

    /// Whether the row of a built-in type may be meant.
    boolean hasType(int oid, String name) {
        return switch (way) {
            case TYPE -> oids.contains(oid);
            case NAME -> names.contains(name);
            case RELATION,
                    CONSTRAINT,
                    REFERENCED,
                    KEY_INDEX,
                    RULE,
                    DEPENDENT,
                    DEPENDED_ON,
                    SCHEMA,
                    SCHEMA_NAME ->
                    true;
        };
    }

    private void add(int oid) {
        oids.add(oid);
        switch (way) {
            case RELATION -> addRelation(oid);
            case TYPE -> addRowType(oid);
            case CONSTRAINT -> addOptional(catalog.tableOfConstraint(oid));
            case REFERENCED -> {
                Table target = catalog.table(oid);
                if (target != null) {
                    catalog.referencesTo(target).forEach(reference -> add(reference.table()));
                }
            }
            case KEY_INDEX -> {
                addRelation(oid);
                addReferencing();
            }
            case RULE -> addRelation(Oids.viewOfRule(oid));
            case DEPENDENT -> addParts(oid);
            case DEPENDED_ON -> {
                addParts(oid);
                addReferencing();
                addReading(oid);
                addSchema(oid);
            }
            case SCHEMA -> addSchema(oid);
            case NAME, SCHEMA_NAME -> throw new IllegalStateException("found by name");
        }
    }

    private void addRowType(int oid) {
        addRelation(Oids.relationOfRowType(oid));
        addRelation(Oids.relationOfRowArray(oid));
    }

    /// What has a part of that OID, or is it.
    private void addParts(int oid) {
        addRelation(oid);
        addRowType(oid);
        addRelation(Oids.viewOfRule(oid));
        addOptional(catalog.tableOfConstraint(oid));
        addOptional(catalog.tableOfDefault(oid));
    }

    /// The tables whose foreign keys refer to those found.
    private void addReferencing() {
        for (Table table : List.copyOf(tables.values())) {
            catalog.referencesTo(table).forEach(reference -> add(reference.table()));
        }
    }

    /// The views and defaults that read the relation, and the sequences that belong to it.
    private void addReading(int oid) {
        for (View view : catalog.views()) {
            if (view.reads(oid)) {
                views.put(view.oid(), view);
            }
        }
        for (Sequence sequence : catalog.ownedSequences(oid)) {
            sequences.put(sequence.oid(), sequence);
        }
        if (catalog.sequence(oid) != null) {
            String constant = "'" + Integer.toUnsignedString(oid) + "'";
            for (Table table : catalog.tables()) {
                for (Column column : table.columns()) {
                    String stored = column.defaultExpression();
                    if (stored != null && stored.contains(constant)) {
                        add(table);
                    }
                }
            }
        }
    }

    private void addSchema(int oid) {
        Schema schema = catalog.schema(oid);
        if (schema != null) {
            addSchema(schema.name());
        } else if (oid == Oids.PG_CATALOG) {
            addSchema("pg_catalog");
        } else if (oid == Oids.INFORMATION_SCHEMA) {
            addSchema("information_schema");
        }
    }

    private void addRelation(int oid) {
        addOptional(catalog.table(oid));
        addOptional(catalog.tableOfIndex(oid));
        View view = catalog.view(oid);
        if (view != null) {
            views.put(oid, view);
        }
        Sequence sequence = catalog.sequence(oid);
        if (sequence != null) {
            sequences.put(oid, sequence);
        }
        SystemTable relation = definitions.find(oid);
        if (relation != null) {
            system.put(oid, relation);
        }
    }

    private void addOptional(@Nullable Table table) {
        if (table != null) {
            add(table);
        }
    }

    private void add(Table table) {
        tables.put(table.oid(), table);
    }

    private void addNamed(String name) {
        names.add(name);
        // The array type of a row type has the name with underscores before it.
        List<String> wanted = new ArrayList<>(List.of(name));
        for (String rest = name; rest.startsWith("_"); ) {
            rest = rest.substring(1);
            wanted.add(rest);
        }
        for (String each : wanted) {
            catalog.objectsNamed(each).forEach(this::addObject);
            for (SystemTable relation : definitions.named(each)) {
                system.put(relation.oid(), relation);
            }
        }
    }

    private void addObject(Object object) {
        switch (object) {
            case Table table -> add(table);
            case View view -> views.put(view.oid(), view);
            case Sequence sequence -> sequences.put(sequence.oid(), sequence);
            case Index index -> addOptional(catalog.tableOfIndex(index.oid()));
            default -> throw new IllegalStateException("no object of a catalog: " + object);
        }
    }

    private void addSchema(String name) {
        catalog.tablesIn(name).forEach(this::add);
        catalog.viewsIn(name).forEach(view -> views.put(view.oid(), view));
        catalog.sequencesIn(name).forEach(each -> sequences.put(each.oid(), each));
        List<SystemTable> all = new ArrayList<>(definitions.all());
        all.removeIf(relation -> !relation.schema().equals(name));
        all.forEach(relation -> system.put(relation.oid(), relation));
    }
}
