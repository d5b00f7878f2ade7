package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.sql.ast.TableStatement;

/// CREATE SCHEMA, COMMENT and TRUNCATE.
final class SchemaStatements {
    private final DdlContext context;

    SchemaStatements(DdlContext context) {
        this.context = context;
    }

    void create(SchemaStatement.CreateSchema statement) {
        String name = statement.name() == null ? context.currentUser() : statement.name();
        if (!statement.elements().isEmpty()) {
            throw ConstraintAdder.unsupported(
                    "CREATE SCHEMA with objects inside", statement.position());
        }
        if (name.startsWith("pg_")) {
            throw new DatabaseException(
                            SqlState.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
                    .withDetail("The prefix \"pg_\" is reserved for system schemas.");
        }
        if (context.catalog().schema(name) != null || name.equals("information_schema")) {
            String message = "schema \"" + name + "\" already exists";
            if (!statement.ifNotExists()) {
                throw new DatabaseException(SqlState.DUPLICATE_SCHEMA, message);
            }
            context.notice(SqlState.DUPLICATE_SCHEMA, message + ", skipping");
            return;
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        context.change(builder.put(new Schema(builder.newOid(), name)));
    }

    void comment(SchemaStatement.Comment statement) {
        int[] target = target(statement);
        if (target.length == 0) {
            return;
        }
        context.change(
                context.catalog().toBuilder().comment(target[0], target[1], statement.text()));
    }

    /// OID and sub-object of what is commented; empty where comments are accepted and forgotten.
    private int[] target(SchemaStatement.Comment statement) {
        ObjectName object = statement.object();
        QualifiedName name = object.name();
        return switch (statement.kind()) {
            case TABLE, VIEW, INDEX, SEQUENCE -> {
                Object found = context.names().find(name);
                if (found == null) {
                    throw Names.undefined("relation", name);
                }
                RelationKinds.require(statement.kind(), found, name);
                yield new int[] {oid(found), 0};
            }
            case COLUMN -> {
                QualifiedName owner = new QualifiedName(name.qualifier(), name.position());
                Object found = context.names().find(owner);
                if (!(found instanceof Relation relation)) {
                    throw Names.undefined("relation", owner);
                }
                Column column =
                        relation.columns().stream()
                                .filter(candidate -> !candidate.dropped())
                                .filter(candidate -> candidate.name().equals(name.last()))
                                .findFirst()
                                .orElseThrow(() ->
                                        new DatabaseException(
                                                SqlState.UNDEFINED_COLUMN,
                                                "column \""
                                                        + name.last()
                                                        + "\" of relation \""
                                                        + relation.name()
                                                        + "\" does not exist"));
                yield new int[] {relation.oid(), column.number()};
            }
            case SCHEMA -> {
                Schema schema = context.catalog().schema(name.last());
                if (schema == null) {
                    throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"" + name.last() + "\" does not exist");
                }
                yield new int[] {schema.oid(), 0};
            }
            case CONSTRAINT -> constraint(object);
            case ROLE -> {
                new Roles(context).require(new RoleName(RoleName.Kind.NAMED, name.last(), -1));
                yield new int[0];
            }
            case EXTENSION, TABLESPACE -> {
                new NamedObjects(context).require(statement.kind(), object);
                yield new int[0];
            }
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> {
                new NamedObjects(context).require(statement.kind(), object);
                throw ConstraintAdder.unsupported(
                        "COMMENT ON " + statement.kind().words(), statement.position());
            }
            default ->
                    throw ConstraintAdder.unsupported(
                            "COMMENT ON " + statement.kind().words(), statement.position());
        };
    }

    private int[] constraint(ObjectName object) {
        QualifiedName tableName = object.table();
        String missing = "";
        if (tableName != null) {
            missing = " for table \"" + tableName.last() + "\"";
            Table table = context.names().table(tableName);
            Constraints all = table.constraints();
            String name = object.name().last();
            for (Constraints.KeyConstraint key : all.keys()) {
                if (key.name().equals(name)) {
                    return new int[] {key.oid(), 0};
                }
            }
            for (Constraints.CheckConstraint check : all.checks()) {
                if (check.name().equals(name)) {
                    return new int[] {check.oid(), 0};
                }
            }
            for (ForeignKey key : all.foreignKeys()) {
                if (key.name().equals(name)) {
                    return new int[] {key.oid(), 0};
                }
            }
            for (Constraints.NotNullConstraint notNull : all.notNulls()) {
                if (notNull.name().equals(name)) {
                    return new int[] {notNull.oid(), 0};
                }
            }
        }
        throw new DatabaseException(
                SqlState.UNDEFINED_OBJECT,
                "constraint \"" + object.name().last() + "\"" + missing + " does not exist");
    }

    private static int oid(Object object) {
        return switch (object) {
            case Table table -> table.oid();
            case View view -> view.oid();
            case SystemTable table -> table.oid();
            case Index index -> index.oid();
            case Sequence sequence -> sequence.oid();
            default -> throw new IllegalStateException("no relation: " + object);
        };
    }

    void truncate(TableStatement.Truncate statement) {
        Map<Integer, Table> tables = new LinkedHashMap<>();
        for (TableStatement.TruncatedTable named : statement.tables()) {
            Table table = context.names().table(named.name());
            tables.put(table.oid(), table);
        }
        List<Table> pending = new ArrayList<>(tables.values());
        while (!pending.isEmpty()) {
            Table table = pending.removeFirst();
            for (CatalogSnapshot.Reference reference : context.catalog().referencesTo(table)) {
                Table referencing = reference.table();
                if (tables.containsKey(referencing.oid())) {
                    continue;
                }
                if (statement.behavior() == DropBehavior.RESTRICT) {
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "cannot truncate a table referenced in a foreign key"
                                            + " constraint")
                            .withDetail(
                                    "Table \""
                                            + referencing.name()
                                            + "\" references \""
                                            + table.name()
                                            + "\".")
                            .withHint(
                                    "Truncate table \""
                                            + referencing.name()
                                            + "\" at the same time, or use TRUNCATE ... CASCADE.");
                }
                context.notice("truncate cascades to table \"" + referencing.name() + "\"");
                tables.put(referencing.oid(), referencing);
                pending.add(referencing);
            }
        }
        for (Table table : tables.values()) {
            context.transaction().truncate(table);
        }
        if (statement.restartIdentity()) {
            for (int oid : tables.keySet()) {
                for (Sequence sequence : context.catalog().ownedSequences(oid)) {
                    context.sequences().restart(context.transaction(), sequence, sequence.start());
                }
            }
        }
    }
}
