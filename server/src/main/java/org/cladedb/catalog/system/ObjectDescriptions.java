package org.cladedb.catalog.system;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.functions.ObjectIdentity;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// What `pg_describe_object` and `pg_identify_object` say of an object.
final class ObjectDescriptions {
    private final CatalogSnapshot catalog;
    private final SystemNames names;

    ObjectDescriptions(CatalogSnapshot catalog, SystemNames names) {
        this.catalog = catalog;
        this.names = names;
    }

    /// Null when there is no such object, or none of the kinds that are described.
    @Nullable ObjectIdentity find(int classOid, int oid, int part) {
        return switch (classOid) {
            case CatalogIds.CLASS -> relation(oid, part);
            case CatalogIds.TYPE -> type(oid);
            case CatalogIds.CONSTRAINT -> constraint(oid);
            case CatalogIds.DEFAULT -> columnDefault(oid);
            case CatalogIds.RULE -> rule(oid);
            case CatalogIds.NAMESPACE -> schema(oid);
            default -> new FixedDescriptions(names).find(classOid, oid);
        };
    }

    private @Nullable ObjectIdentity schema(int oid) {
        String name = names.schemaName(oid);
        if (name == null) {
            return null;
        }
        String quoted = Definitions.quoted(name);
        return new ObjectIdentity("schema", null, quoted, quoted, "schema " + name);
    }

    /// A relation as messages call it: `table t`, with its schema where the search path does not
    /// find it.
    private String shown(int oid) {
        return kind(oid) + " " + names.name(TypeKind.REGCLASS, oid);
    }

    private String kind(int oid) {
        if (catalog.sequence(oid) != null) {
            return "sequence";
        }
        if (catalog.tableOfIndex(oid) != null) {
            return "index";
        }
        return catalog.view(oid) != null || names.isSystemView(oid) ? "view" : "table";
    }

    private @Nullable ObjectIdentity relation(int oid, int part) {
        SystemNames.Named named = names.relation(oid);
        if (named == null) {
            return null;
        }
        String schema = Definitions.quoted(named.schema());
        String name = Definitions.quoted(named.name());
        String identity = schema + "." + name;
        if (part == 0) {
            return new ObjectIdentity(kind(oid), schema, name, identity, shown(oid));
        }
        String column = columnName(oid, part);
        return column == null
                ? null
                : new ObjectIdentity(
                        kind(oid) + " column",
                        schema,
                        name,
                        identity + "." + Definitions.quoted(column),
                        "column " + column + " of " + shown(oid));
    }

    private @Nullable String columnName(int oid, int part) {
        Sequence sequence = catalog.sequence(oid);
        for (Column column :
                sequence == null
                        ? new StoredDisplay(catalog, names).columns(oid)
                        : sequence.relation().columns()) {
            if (column.number() == part && !column.dropped()) {
                return column.name();
            }
        }
        return null;
    }

    private @Nullable ObjectIdentity type(int oid) {
        Relation relation = names.relationOfRowType(oid);
        if (relation == null) {
            return new FixedDescriptions(names).find(CatalogIds.TYPE, oid);
        }
        boolean isArray = Oids.rowArray(relation.oid()) == oid;
        String schema = Definitions.quoted(relation.schema());
        String name = Definitions.quoted(relation.name());
        String suffix = isArray ? "[]" : "";
        return new ObjectIdentity(
                "type",
                schema,
                isArray ? Definitions.quoted(TypeRows.arrayName(catalog, relation)) : name,
                schema + "." + name + suffix,
                "type " + names.name(TypeKind.REGCLASS, relation.oid()) + suffix);
    }

    private @Nullable ObjectIdentity constraint(int oid) {
        Table table = catalog.tableOfConstraint(oid);
        String name = table == null ? null : constraintName(table, oid);
        if (table == null || name == null) {
            return null;
        }
        return new ObjectIdentity(
                "table constraint",
                Definitions.quoted(table.schema()),
                null,
                Definitions.quoted(name) + " on " + qualified(table),
                "constraint " + name + " on table " + names.name(TypeKind.REGCLASS, table.oid()));
    }

    private static @Nullable String constraintName(Table table, int oid) {
        for (Constraints.KeyConstraint key : table.constraints().keys()) {
            if (key.oid() == oid) {
                return key.name();
            }
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            if (check.oid() == oid) {
                return check.name();
            }
        }
        for (ForeignKey key : table.constraints().foreignKeys()) {
            if (key.oid() == oid) {
                return key.name();
            }
        }
        for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
            if (notNull.oid() == oid) {
                return notNull.name();
            }
        }
        return null;
    }

    private static String qualified(Relation relation) {
        return Definitions.quoted(relation.schema()) + "." + Definitions.quoted(relation.name());
    }

    private @Nullable ObjectIdentity columnDefault(int oid) {
        Table table = catalog.tableOfDefault(oid);
        if (table == null) {
            return null;
        }
        for (Column column : table.columns()) {
            if (column.defaultOid() == oid) {
                return new ObjectIdentity(
                        "default value",
                        null,
                        null,
                        "for " + qualified(table) + "." + Definitions.quoted(column.name()),
                        "default value for column " + column.name() + " of " + shown(table.oid()));
            }
        }
        return null;
    }

    private @Nullable ObjectIdentity rule(int oid) {
        View view = catalog.view(Oids.viewOfRule(oid));
        return view == null || Oids.rule(view.oid()) != oid
                ? null
                : new ObjectIdentity(
                        "rule",
                        null,
                        null,
                        Definitions.quoted(RuleRows.NAME) + " on " + qualified(view),
                        "rule " + RuleRows.NAME + " on " + shown(view.oid()));
    }
}
