package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;

/// What the columns of an index contribute to its name.
final class IndexNames {
    private IndexNames() {}

    /// Their names, joined; one that is there already gets a number.
    static String part(List<String> columns, List<String> included) {
        List<String> names = new ArrayList<>();
        List<String> all = new ArrayList<>(columns);
        all.addAll(included);
        for (String column : all) {
            String name = column;
            for (int i = 1; names.contains(name); i++) {
                name = column + i;
            }
            names.add(name);
        }
        return String.join("_", names);
    }
}
