package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;

/// Who may do what, and the roles, in `information_schema`.
///
/// There are no grants but those of the owner to himself, and what everybody may read.
final class InformationPrivileges {
    private static final String OWNER = "postgres";
    private static final String EVERYBODY = "PUBLIC";
    private static final String READ = "SELECT";
    private static final List<String> OF_TABLES =
            List.of("INSERT", READ, "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER");
    private static final List<String> OF_COLUMNS = List.of("INSERT", READ, "UPDATE", "REFERENCES");

    private InformationPrivileges() {}

    private static Rows grant(Rows rows, String grantee, String privilege) {
        return rows.row()
                .set("grantor", OWNER)
                .set("grantee", grantee)
                .set("privilege_type", privilege)
                .set("is_grantable", grantee.equals(OWNER) ? "YES" : "NO");
    }

    private static void table(Rows rows, Snapshot snapshot, Relation relation) {
        rows.set("table_catalog", snapshot.session().databaseName())
                .set("table_schema", relation.schema())
                .set("table_name", relation.name());
    }

    static void tables(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            if (relation instanceof SystemTable) {
                tableGrant(snapshot, rows, relation, OWNER, READ);
                tableGrant(snapshot, rows, relation, EVERYBODY, READ);
            } else {
                for (String privilege : OF_TABLES) {
                    tableGrant(snapshot, rows, relation, OWNER, privilege);
                }
            }
        }
    }

    private static void tableGrant(
            Snapshot snapshot, Rows rows, Relation relation, String grantee, String privilege) {
        grant(rows, grantee, privilege)
                .set("with_hierarchy", privilege.equals(READ) ? "YES" : "NO");
        table(rows, snapshot, relation);
    }

    static void columns(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            for (Column column : relation.columns()) {
                if (column.dropped()) {
                    continue;
                }
                if (relation instanceof SystemTable) {
                    columnGrant(snapshot, rows, relation, column, OWNER, READ);
                    columnGrant(snapshot, rows, relation, column, EVERYBODY, READ);
                } else {
                    for (String privilege : OF_COLUMNS) {
                        columnGrant(snapshot, rows, relation, column, OWNER, privilege);
                    }
                }
            }
        }
    }

    private static void columnGrant(
            Snapshot snapshot,
            Rows rows,
            Relation relation,
            Column column,
            String grantee,
            String privilege) {
        grant(rows, grantee, privilege).set("column_name", column.name());
        table(rows, snapshot, relation);
    }

    static void rowTypes(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            for (String grantee : List.of(EVERYBODY, OWNER)) {
                grant(rows, grantee, "TYPE USAGE")
                        .set("udt_catalog", snapshot.session().databaseName())
                        .set("udt_schema", relation.schema())
                        .set("udt_name", relation.name());
            }
        }
    }

    static void routines(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_proc");
        int oid = facts.position("oid");
        int name = facts.position("proname");
        int schema = facts.position("pronamespace");
        for (String[] line : facts.linesOf("pg_proc", snapshot.system().available())) {
            for (String grantee : List.of(EVERYBODY, OWNER)) {
                grant(rows, grantee, "EXECUTE");
                InformationRoutines.named(
                        snapshot, rows, line[schema], line[name], line[name] + "_" + line[oid]);
            }
        }
    }

    static void usage(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_collation");
        for (String[] line : facts.lines()) {
            grant(rows, EVERYBODY, "USAGE")
                    .set("object_catalog", snapshot.session().databaseName())
                    .set("object_schema", "pg_catalog")
                    .set("object_name", line[facts.position("collname")])
                    .set("object_type", "COLLATION");
        }
    }

    static void enabledRoles(Snapshot snapshot, Rows rows) {
        rows.row().set("role_name", OWNER);
        for (String[] line : Oids.PREDEFINED_ROLES) {
            rows.row().set("role_name", line[1]);
        }
    }

    /// Memberships, and that of the owner of the database.
    static void applicableRoles(Snapshot snapshot, Rows rows) {
        rows.row()
                .set("grantee", OWNER)
                .set("role_name", Oids.roleName(Oids.DATABASE_OWNER))
                .set("is_grantable", "NO");
        FixedRows facts = FixedRows.of("pg_auth_members");
        for (String[] line : facts.lines()) {
            rows.row()
                    .set("grantee", role(line[facts.position("member")]))
                    .set("role_name", role(line[facts.position("roleid")]))
                    .set("is_grantable", "NO");
        }
    }

    private static String role(String oid) {
        String name = Oids.roleName(Integer.parseInt(oid));
        return name == null ? oid : name;
    }
}
