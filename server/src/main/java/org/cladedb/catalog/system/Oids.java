package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.catalog.Index;
import org.jspecify.annotations.Nullable;

/// OIDs of objects that have no entry of their own in the catalog, and of the fixed ones.
///
/// Derived OIDs set high bits above the object's OID, so they never meet those of the catalog,
/// which counts up from 16384.
final class Oids {
    static final int PG_CATALOG = 11;
    static final int PUBLIC = 2200;
    static final int INFORMATION_SCHEMA = 13_000;
    static final int OWNER = 10;
    static final int HEAP = 2;
    static final int BTREE = 403;
    static final int HASH = 405;

    static final int DEFAULT_COLLATION = 100;
    static final int C_COLLATION = 950;
    static final int TABLESPACE_DEFAULT = 1663;
    static final int TABLESPACE_GLOBAL = 1664;

    /// The role that stands for whoever owns the database.
    static final int DATABASE_OWNER = 6171;

    /// The roles that every PostgreSQL has besides its superuser: OID and name.
    static final List<String[]> PREDEFINED_ROLES = TabSeparated.read("roles.tsv");

    private static final int ROW_TYPE = 0x4000_0000;
    private static final int ROW_ARRAY = 0x5000_0000;
    private static final int RULE = 0x3000_0000;
    private static final int TRIGGER = 0x6000_0000;

    private Oids() {}

    /// The access method of an index.
    static int method(Index index) {
        return index.storage().method().equals("hash") ? HASH : BTREE;
    }

    /// The OID of a collation that a column may have.
    static int collation(String name) {
        FixedRows facts = FixedRows.of("pg_collation");
        for (String[] line : facts.lines()) {
            if (line[facts.position("collname")].equals(name)) {
                return Integer.parseInt(line[facts.position("oid")]);
            }
        }
        throw new IllegalStateException("no collation " + name);
    }

    /// The name of a role; null when there is none.
    static @Nullable String roleName(int oid) {
        if (oid == OWNER) {
            return "postgres";
        }
        for (String[] line : PREDEFINED_ROLES) {
            if (Integer.parseInt(line[0]) == oid) {
                return line[1];
            }
        }
        return null;
    }

    /// The OID of a role; -1 when there is none.
    static int role(String name) {
        if (name.equals("postgres")) {
            return OWNER;
        }
        for (String[] line : PREDEFINED_ROLES) {
            if (line[1].equals(name)) {
                return Integer.parseInt(line[0]);
            }
        }
        return -1;
    }

    /// Of one of the triggers that a foreign key shows as, numbered from 0 to 3.
    static int trigger(int number, int constraintOid) {
        return TRIGGER + (number << 28) | constraintOid;
    }

    /// Of the rule that makes a view a query.
    static int rule(int viewOid) {
        return RULE | viewOid;
    }

    /// The view of a rule; some other number when it is none.
    static int viewOfRule(int ruleOid) {
        return ruleOid ^ RULE;
    }

    static int rowType(int relationOid) {
        return ROW_TYPE | relationOid;
    }

    /// The relation of a row type; some other number when it is none.
    static int relationOfRowType(int typeOid) {
        return typeOid ^ ROW_TYPE;
    }

    /// The relation of an array type of rows; some other number when it is none.
    static int relationOfRowArray(int typeOid) {
        return typeOid ^ ROW_ARRAY;
    }

    static int rowArray(int relationOid) {
        return ROW_ARRAY | relationOid;
    }
}
