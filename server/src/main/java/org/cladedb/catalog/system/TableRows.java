package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// pg_class, pg_attribute, pg_attrdef, pg_index and pg_constraint.
final class TableRows {
    private static final int NAME_LENGTH = 64;

    private TableRows() {}

    static void classes(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            switch (relation) {
                case Table table -> {
                    relation(snapshot, rows, relation, 'r')
                            .set("relhasindex", !table.indexes().isEmpty())
                            .set("relchecks", table.constraints().checks().size())
                            .set("relhastriggers", hasForeignKeys(snapshot, table))
                            .set("relam", Oids.HEAP)
                            .set("relpersistence", persistence(table))
                            .set("reloptions", options(plain(table.storage().options())))
                            .set("relreplident", replicaIdentity(table));
                    table.indexes().forEach(index -> index(snapshot, rows, table, index));
                }
                case View view ->
                        relation(snapshot, rows, relation, 'v')
                                .set("reloptions", options(view.options()))
                                .set("relhasrules", true)
                                .set("relfilenode", 0);
                case SystemTable system ->
                        relation(snapshot, rows, system, snapshot.system().kind(system.oid()));
            }
        }
        for (Sequence sequence : snapshot.sequences()) {
            common(rows.row(), sequence.oid(), sequence.name(), 'S')
                    .set("relnamespace", snapshot.schemaOid(sequence.schema()))
                    .set("relpersistence", sequence.unlogged() ? 'u' : 'p')
                    .set("relnatts", 3);
        }
    }

    /// Whether it shows in [TriggerRows].
    static boolean hasForeignKeys(Snapshot snapshot, Table table) {
        return table.constraints().foreignKeys().stream().anyMatch(ForeignKey::enforced)
                || snapshot.catalog().referencesTo(table).stream()
                        .anyMatch(reference -> reference.foreignKey().enforced());
    }

    private static Rows relation(Snapshot snapshot, Rows rows, Relation relation, char kind) {
        return common(rows.row(), relation.oid(), relation.name(), kind)
                .set("relnamespace", snapshot.schemaOid(relation.schema()))
                .set("reltype", Oids.rowType(relation.oid()))
                .set("relnatts", relation.columns().size());
    }

    private static void index(Snapshot snapshot, Rows rows, Table table, Index index) {
        common(rows.row(), index.oid(), index.name(), 'i')
                .set("relnamespace", snapshot.schemaOid(table.schema()))
                .set("relam", Oids.method(index))
                .set("relpersistence", persistence(table))
                .set("reloptions", options(index.storage().options()))
                .set("relnatts", index.columns().size() + index.included().size());
    }

    private static char persistence(Table table) {
        return table.storage().unlogged() ? 'u' : 'p';
    }

    private static char replicaIdentity(Table table) {
        return switch (table.storage().replicaIdentity()) {
            case DEFAULT -> 'd';
            case FULL -> 'f';
            case NOTHING -> 'n';
            case INDEX -> 'i';
        };
    }

    /// Without those of the table behind long values.
    private static List<String> plain(List<String> options) {
        return options.stream().filter(option -> !option.startsWith("toast.")).toList();
    }

    private static @Nullable List<String> options(List<String> options) {
        return options.isEmpty() ? null : options;
    }

    private static Rows common(Rows rows, int oid, String name, char kind) {
        return rows.set("oid", oid)
                .set("relname", name)
                .set("reltype", 0)
                .set("reloftype", 0)
                .set("relowner", Oids.OWNER)
                .set("relam", 0)
                .set("relfilenode", oid)
                .set("reltablespace", 0)
                .set("relpages", 0)
                .set("reltuples", -1)
                .set("relallvisible", 0)
                .set("relallfrozen", 0)
                .set("reltoastrelid", 0)
                .set("relhasindex", false)
                .set("relisshared", false)
                .set("relpersistence", 'p')
                .set("relkind", kind)
                .set("relchecks", 0)
                .set("relhasrules", false)
                .set("relhastriggers", false)
                .set("relhassubclass", false)
                .set("relrowsecurity", false)
                .set("relforcerowsecurity", false)
                .set("relispopulated", true)
                .set("relreplident", 'n')
                .set("relispartition", false)
                .set("relrewrite", 0)
                .set("relfrozenxid", 0)
                .set("relminmxid", 0);
    }

    static void attributes(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            for (Column column : relation.columns()) {
                attribute(rows, relation.oid(), column);
                // What the catalogs themselves hold is compared byte by byte.
                if (relation instanceof SystemTable
                        && snapshot.system().kind(relation.oid()) == 'r'
                        && collation(column) != 0) {
                    rows.set("attcollation", Oids.C_COLLATION);
                }
            }
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    indexAttributes(table, index, rows);
                }
            }
            boolean holdsRows =
                    relation instanceof Table
                            || (relation instanceof SystemTable
                                    && snapshot.system().kind(relation.oid()) == 'r');
            if (holdsRows) {
                systemAttributes(rows, relation.oid());
            }
        }
        for (Sequence sequence : snapshot.sequences()) {
            for (Column column : sequence.relation().columns()) {
                attribute(rows, sequence.oid(), column);
            }
            systemAttributes(rows, sequence.oid());
        }
    }

    /// The columns that every table has without being told, by descending number from -1.
    private static final List<Column> SYSTEM_COLUMNS =
            List.of(
                    systemColumn(-1, "ctid", TypeKind.TID),
                    systemColumn(-2, "xmin", TypeKind.XID),
                    systemColumn(-3, "cmin", TypeKind.CID),
                    systemColumn(-4, "xmax", TypeKind.XID),
                    systemColumn(-5, "cmax", TypeKind.CID),
                    systemColumn(-6, "tableoid", TypeKind.OID));

    private static Column systemColumn(int number, String name, TypeKind kind) {
        return Column.of(number, name, SqlType.of(kind)).withNotNull(true);
    }

    private static void systemAttributes(Rows rows, int relationOid) {
        SYSTEM_COLUMNS.forEach(column -> attribute(rows, relationOid, column));
    }

    private static void indexAttributes(Table table, Index index, Rows rows) {
        List<Integer> slots = new ArrayList<>();
        index.columns().forEach(column -> slots.add(column.slot()));
        slots.addAll(index.included());
        int number = 1;
        for (int slot : slots) {
            Column source = table.column(slot);
            attribute(rows, index.oid(), Column.of(number++, source.name(), source.type()));
        }
    }

    private static void attribute(Rows rows, int relationOid, Column column) {
        SqlType type = column.type();
        TypeKind kind = type.kind();
        boolean byValue = kind.length() > 0 && kind.length() <= 8 && kind != TypeKind.TID;
        rows.row()
                .set("attrelid", relationOid)
                .set("attname", column.name())
                .set("atttypid", column.dropped() ? 0 : type.oid())
                .set("attlen", type.isArray() ? -1 : kind.length())
                .set("attnum", column.number())
                .set("attcacheoff", -1)
                .set("atttypmod", type.modifier())
                .set("attndims", type.isArray() ? 1 : 0)
                .set("attbyval", byValue)
                .set("attalign", alignment(kind))
                .set(
                        "attstorage",
                        column.storage().storage() == 0
                                ? TypeRows.storage(type)
                                : String.valueOf(column.storage().storage()))
                .set("attcompression", compression(column))
                .set("attstattarget", column.storage().statisticsTarget())
                .set("attoptions", options(column.storage().options()))
                .set("attnotnull", column.notNull())
                .set("atthasdef", column.defaultExpression() != null)
                .set("atthasmissing", column.missingValue() != null)
                .set("attidentity", identity(column))
                .set("attgenerated", column.generation() == Column.Generation.STORED ? "s" : "")
                .set("attisdropped", column.dropped())
                .set("attislocal", true)
                .set("attinhcount", 0)
                .set("attcollation", collation(column));
    }

    private static String compression(Column column) {
        String method = column.storage().compression();
        return method.isEmpty() ? "" : method.substring(0, 1);
    }

    private static char alignment(TypeKind kind) {
        if (kind == TypeKind.UUID) {
            return 'c';
        }
        if (kind == TypeKind.TID) {
            return 's';
        }
        return switch (kind.length()) {
            case 1, NAME_LENGTH -> 'c';
            case 2 -> 's';
            case 8, 16 -> 'd';
            default -> 'i';
        };
    }

    private static String identity(Column column) {
        return switch (column.generation()) {
            case IDENTITY_ALWAYS -> "a";
            case IDENTITY_BY_DEFAULT -> "d";
            case NONE, STORED -> "";
        };
    }

    static int collation(Column column) {
        return collation(column, column.collation());
    }

    /// @param own a collation by name; null for that of the database
    private static int collation(Column column, @Nullable String own) {
        SqlType type =
                column.type() instanceof SqlType.Array array ? array.element() : column.type();
        return switch (type.kind()) {
            case TEXT, VARCHAR, BPCHAR ->
                    own == null ? Oids.DEFAULT_COLLATION : Oids.collation(own);
            case NAME -> Oids.C_COLLATION;
            default -> 0;
        };
    }

    static void defaults(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Column column : table.columns()) {
                if (!column.dropped() && column.defaultExpression() != null) {
                    rows.row()
                            .set("oid", column.defaultOid())
                            .set("adrelid", table.oid())
                            .set("adnum", column.number())
                            .set("adbin", column.defaultExpression());
                }
            }
        }
    }

    static void indexes(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Index index : table.indexes()) {
                List<Integer> key = new ArrayList<>();
                List<Integer> options = new ArrayList<>();
                List<Integer> collations = new ArrayList<>();
                List<Integer> classes = new ArrayList<>();
                for (Index.IndexColumn column : index.columns()) {
                    Column source = table.column(column.slot());
                    key.add(column.slot());
                    options.add((column.descending() ? 1 : 0) | (column.nullsFirst() ? 2 : 0));
                    collations.add(
                            collation(
                                    source,
                                    column.collation() == null
                                            ? source.collation()
                                            : column.collation()));
                    classes.add(
                            column.operatorClass() != 0
                                    ? column.operatorClass()
                                    : OperatorFacts.defaultClass(
                                            source.type(), Oids.method(index)));
                }
                int keyColumns = key.size();
                key.addAll(index.included());
                rows.row()
                        .set("indexrelid", index.oid())
                        .set("indrelid", table.oid())
                        .set("indnatts", key.size())
                        .set("indnkeyatts", keyColumns)
                        .set("indisunique", index.unique())
                        .set("indnullsnotdistinct", false)
                        .set("indisprimary", index.primary())
                        .set("indisexclusion", false)
                        .set("indimmediate", true)
                        .set("indisclustered", index.oid() == table.storage().clusteredIndexOid())
                        .set("indisvalid", true)
                        .set("indcheckxmin", false)
                        .set("indisready", true)
                        .set("indislive", true)
                        .set("indisreplident", index.oid() == table.storage().replicaIndexOid())
                        .set("indkey", key)
                        .set("indcollation", collations)
                        .set("indclass", classes)
                        .set("indoption", options)
                        .set("indpred", index.predicate());
            }
        }
    }

    static void constraints(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            Constraints constraints = table.constraints();
            for (Constraints.KeyConstraint key : constraints.keys()) {
                for (Index index : table.indexes()) {
                    if (index.oid() == key.indexOid()) {
                        List<Integer> slots =
                                index.columns().stream().map(Index.IndexColumn::slot).toList();
                        constraint(snapshot, rows, table, key.oid(), key.name())
                                .set("contype", key.primary() ? 'p' : 'u')
                                .set("conindid", index.oid())
                                .set("conkey", slots);
                    }
                }
            }
            for (Constraints.CheckConstraint check : constraints.checks()) {
                constraint(snapshot, rows, table, check.oid(), check.name())
                        .set("contype", 'c')
                        .set("conenforced", check.enforced())
                        .set("convalidated", check.validated())
                        .set("connoinherit", check.noInherit())
                        .set("conkey", snapshot.session().checkedColumns(table, check))
                        .set("conbin", check.expression());
            }
            for (ForeignKey key : constraints.foreignKeys()) {
                foreignKey(snapshot, rows, table, key);
            }
            for (Constraints.NotNullConstraint notNull : constraints.notNulls()) {
                constraint(snapshot, rows, table, notNull.oid(), notNull.name())
                        .set("contype", 'n')
                        .set("convalidated", notNull.validated())
                        .set("connoinherit", notNull.noInherit())
                        .set("conkey", List.of(notNull.column()));
            }
        }
    }

    /// The index of the key that a foreign key refers to; 0 when there is none.
    static int referencedIndex(Snapshot snapshot, ForeignKey key) {
        Table referenced = snapshot.catalog().table(key.referencedTableOid());
        int index = 0;
        if (referenced != null) {
            for (Index candidate : referenced.indexes()) {
                List<Integer> slots =
                        candidate.columns().stream().map(Index.IndexColumn::slot).toList();
                if (candidate.unique()
                        && slots.size() == key.referencedColumns().size()
                        && slots.containsAll(key.referencedColumns())) {
                    index = candidate.oid();
                }
            }
        }
        return index;
    }

    private static void foreignKey(Snapshot snapshot, Rows rows, Table table, ForeignKey key) {
        constraint(snapshot, rows, table, key.oid(), key.name())
                .set("contype", 'f')
                .set("condeferrable", key.deferrable())
                .set("condeferred", key.initiallyDeferred())
                .set("conenforced", key.enforced())
                .set("convalidated", key.validated())
                .set("conindid", referencedIndex(snapshot, key))
                .set("confrelid", key.referencedTableOid())
                .set("confupdtype", action(key.onUpdate()))
                .set("confdeltype", action(key.onDelete()))
                .set("confmatchtype", 's')
                .set("conkey", key.columns())
                .set("confkey", key.referencedColumns());
        Table referenced = snapshot.catalog().table(key.referencedTableOid());
        if (referenced != null) {
            List<SqlType> own = types(table, key.columns());
            List<SqlType> others = types(referenced, key.referencedColumns());
            rows.set("conpfeqop", equalities(others, own))
                    .set("conppeqop", equalities(others, others))
                    .set("conffeqop", equalities(own, own));
        }
    }

    private static List<SqlType> types(Table table, List<Integer> slots) {
        return slots.stream().map(slot -> table.column(slot).type()).toList();
    }

    private static List<Integer> equalities(List<SqlType> left, List<SqlType> right) {
        List<Integer> operators = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            operators.add(OperatorFacts.equality(left.get(i), right.get(i)));
        }
        return operators;
    }

    private static char action(ForeignKey.Action action) {
        return switch (action) {
            case NO_ACTION -> 'a';
            case RESTRICT -> 'r';
            case CASCADE -> 'c';
            case SET_NULL -> 'n';
            case SET_DEFAULT -> 'd';
        };
    }

    private static Rows constraint(
            Snapshot snapshot, Rows rows, Table table, int oid, String name) {
        return rows.row()
                .set("oid", oid)
                .set("conname", name)
                .set("connamespace", snapshot.schemaOid(table.schema()))
                .set("condeferrable", false)
                .set("condeferred", false)
                .set("conenforced", true)
                .set("convalidated", true)
                .set("conrelid", table.oid())
                .set("contypid", 0)
                .set("conindid", 0)
                .set("conparentid", 0)
                .set("confrelid", 0)
                .set("confupdtype", " ")
                .set("confdeltype", " ")
                .set("confmatchtype", " ")
                .set("conislocal", true)
                .set("coninhcount", 0)
                .set("connoinherit", true)
                .set("conperiod", false);
    }
}
