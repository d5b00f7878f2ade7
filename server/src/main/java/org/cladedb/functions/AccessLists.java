package org.cladedb.functions;

import static org.cladedb.functions.SystemFunctions.oid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Privileges as lists of `grantee=letters/grantor`.
final class AccessLists {
    /// By letter, in the order that PostgreSQL lists them.
    private static final String LETTERS = "arwdDxtXUCTcsAm";

    private static final List<String> NAMES =
            List.of(
                    "INSERT",
                    "SELECT",
                    "UPDATE",
                    "DELETE",
                    "TRUNCATE",
                    "REFERENCES",
                    "TRIGGER",
                    "EXECUTE",
                    "USAGE",
                    "CREATE",
                    "TEMPORARY",
                    "CONNECT",
                    "SET",
                    "ALTER SYSTEM",
                    "MAINTAIN");

    /// What the owner of an object has, by the letter of its kind, and before a slash what
    /// everybody has.
    private static final Map<Character, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry('c', ""),
                    Map.entry('r', "arwdDxtm"),
                    Map.entry('s', "rwU"),
                    Map.entry('d', "Tc/CTc"),
                    Map.entry('f', "X/X"),
                    Map.entry('l', "U/U"),
                    Map.entry('L', "rw"),
                    Map.entry('n', "UC"),
                    Map.entry('p', "sA"),
                    Map.entry('t', "C"),
                    Map.entry('F', "U"),
                    Map.entry('S', "U"),
                    Map.entry('T', "U/U"));

    private AccessLists() {}

    static void define(Definitions define) {
        define.function(
                "acldefault(char, oid) aclitem[]",
                (in, out, context) ->
                        out.setObject(
                                defaults(in[0].text(), context.catalog().userName(oid(in[1])))));
        define.set(
                "aclexplode(aclitem[]) setof (grantor oid, grantee oid, privilege_type text,"
                        + " is_grantable bool) stable",
                (_, _) -> (in, context) -> explode(in[0].arrayValue(), context.types().names()));
    }

    private static ArrayValue defaults(String kind, String owner) {
        String letters = kind.isEmpty() ? null : DEFAULTS.get(kind.charAt(0));
        if (letters == null) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "unrecognized object type abbreviation: " + kind);
        }
        List<Datum> items = new ArrayList<>();
        int slash = letters.indexOf('/');
        if (slash >= 0) {
            items.add(item("=" + letters.substring(0, slash) + "/" + owner));
        }
        if (!letters.isEmpty()) {
            items.add(item(owner + "=" + letters.substring(slash + 1) + "/" + owner));
        }
        return ArrayValue.of(SqlType.of(TypeKind.ACLITEM), items);
    }

    private static Datum item(String text) {
        Datum item = new Datum();
        item.setText(text);
        return item;
    }

    private static SetFunction.Rows explode(ArrayValue list, ObjectNames names) {
        List<Datum[]> rows = new ArrayList<>();
        for (Datum item : list.elements()) {
            if (!item.isNull()) {
                explode(item.text(), names, rows);
            }
        }
        int[] next = {0};
        return out -> {
            if (next[0] == rows.size()) {
                return false;
            }
            Datum[] row = rows.get(next[0]++);
            for (int i = 0; i < row.length; i++) {
                out[i].copyFrom(row[i]);
            }
            return true;
        };
    }

    private static void explode(String item, ObjectNames names, List<Datum[]> rows) {
        int equals = item.indexOf('=');
        int slash = item.indexOf('/', equals);
        String letters = item.substring(equals + 1, slash);
        for (int i = 0; i < LETTERS.length(); i++) {
            int at = letters.indexOf(LETTERS.charAt(i));
            if (at >= 0) {
                Datum[] row = Datum.row(4);
                row[0].setLong(role(names, item.substring(slash + 1)));
                row[1].setLong(equals == 0 ? 0 : role(names, item.substring(0, equals)));
                row[2].setText(NAMES.get(i));
                row[3].setBoolean(letters.startsWith("*", at + 1));
                rows.add(row);
            }
        }
    }

    private static long role(ObjectNames names, String name) {
        int oid = names.oid(TypeKind.REGROLE, name);
        if (oid == -1) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
        }
        return oid;
    }
}
