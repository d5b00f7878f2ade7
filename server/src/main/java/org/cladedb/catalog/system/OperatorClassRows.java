package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// pg_am and pg_opclass.
final class OperatorClassRows {
    private static final List<String[]> CLASSES = TabSeparated.read("operator-classes.tsv");
    private static final int ARRAY_OPS = 10000;

    private OperatorClassRows() {}

    /// The default btree operator class of a type; 0 when there is none.
    static int defaultClass(SqlType type) {
        if (type.isArray()) {
            return ARRAY_OPS;
        }
        int wanted = type.kind() == TypeKind.VARCHAR ? TypeKind.TEXT.oid() : type.oid();
        for (String[] line : CLASSES) {
            if (Integer.parseInt(line[4]) == wanted) {
                return Integer.parseInt(line[0]);
            }
        }
        return 0;
    }

    static void classes(Rows rows) {
        for (String[] line : CLASSES) {
            rows.row()
                    .set("oid", Integer.parseInt(line[0]))
                    .set("opcname", line[1])
                    .set("opcmethod", Integer.parseInt(line[2]))
                    .set("opcnamespace", Oids.PG_CATALOG)
                    .set("opcowner", Oids.OWNER)
                    .set("opcfamily", Integer.parseInt(line[3]))
                    .set("opcintype", Integer.parseInt(line[4]))
                    .set("opcdefault", line[5].equals("t"))
                    .set("opckeytype", Integer.parseInt(line[6]));
        }
    }

    static void accessMethods(Rows rows) {
        rows.row()
                .set("oid", Oids.HEAP)
                .set("amname", "heap")
                .set("amhandler", 3)
                .set("amtype", 't');
        rows.row()
                .set("oid", Oids.BTREE)
                .set("amname", "btree")
                .set("amhandler", 330)
                .set("amtype", 'i');
    }
}
