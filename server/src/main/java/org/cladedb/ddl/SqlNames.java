package org.cladedb.ddl;

import java.util.regex.Pattern;
import org.cladedb.catalog.Relation;

/// Writes names as SQL.
final class SqlNames {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private SqlNames() {}

    /// The name, in double quotes where it is more than lower-case letters, digits and underscores.
    static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : always(name);
    }

    /// The name in double quotes.
    static String always(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// The qualified name of a relation, in quotes.
    static String of(Relation relation) {
        return always(relation.schema()) + "." + always(relation.name());
    }
}
